#include "mta/identity/person_map.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <boost/pending/disjoint_sets.hpp>
#include <limits>
#include <utility>

#include "identity/file_format.hpp"
#include "identity/make_person_map.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

std::vector<PersonKey> identifiers_of(std::span<const Link> links) {
  std::vector<PersonKey> identifiers;
  identifiers.reserve(links.size() * 2);
  for (const Link& link : links) {
    identifiers.push_back(link.a);
    identifiers.push_back(link.b);
  }
  std::sort(identifiers.begin(), identifiers.end());
  identifiers.erase(std::unique(identifiers.begin(), identifiers.end()), identifiers.end());
  return identifiers;
}

constexpr std::size_t side_by_side = 64;

constexpr FileFormat format{0x5041'544D, 1, "MTAP"};  // "MTAP", as bytes in the file

}  // namespace

PersonMap::PersonMap(const Links& links)
    : PersonMap(identifiers_of(links.pairs()), links.pairs()) {}

PersonMap::PersonMap(std::vector<PersonKey> identifiers, std::span<const Link> links)
    : identifiers_(std::move(identifiers)) {
  if (identifiers_.size() >= std::numeric_limits<std::uint32_t>::max() - 1) {
    throw Error(Errc::overflow, "more than 2^32 - 2 linked identifiers");
  }
  if (identifiers_.empty()) return;
  index_identifiers();
  join(links);
}

PersonKey PersonMap::person(const PersonKey& identifier) const noexcept {
  if (empty()) return identifier;
  const std::uint32_t found = slots_[slot_of(identifier)];
  return found == 0 ? identifier : identifiers_[person_[found - 1]];
}

void PersonMap::replace_by_persons(std::span<PersonKey> identifiers) const noexcept {
  if (empty()) return;
  while (!identifiers.empty()) {
    const std::size_t count = std::min(identifiers.size(), side_by_side);
    replace_some(identifiers.first(count));
    identifiers = identifiers.subspan(count);
  }
}

/// One step for all, then the next: each reads what the one before has asked for.
void PersonMap::replace_some(std::span<PersonKey> identifiers) const noexcept {
  std::array<std::uint32_t, side_by_side> found;
  const std::size_t mask = slots_.size() - 1;
  for (const PersonKey& key : identifiers) __builtin_prefetch(&slots_[key.high & mask]);
  for (const PersonKey& key : identifiers) {
    const std::uint32_t first = slots_[key.high & mask];
    if (first == 0) continue;
    __builtin_prefetch(&identifiers_[first - 1]);
    __builtin_prefetch(&person_[first - 1]);
  }
  for (std::size_t i = 0; i < identifiers.size(); ++i) {
    const std::uint32_t at = slots_[slot_of(identifiers[i])];
    found[i] = at == 0 ? 0 : person_[at - 1] + 1;
    if (at != 0) __builtin_prefetch(&identifiers_[person_[at - 1]]);
  }
  for (std::size_t i = 0; i < identifiers.size(); ++i) {
    if (found[i] != 0) identifiers[i] = identifiers_[found[i] - 1];
  }
}

std::size_t PersonMap::slot_of(const PersonKey& identifier) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = identifier.high & mask;  // a key is a hash already
  while (slots_[slot] != 0 && identifiers_[slots_[slot] - 1] != identifier) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

void PersonMap::index_identifiers() {
  slots_.assign(std::bit_ceil(identifiers_.size() * 2), 0);
  for (std::size_t i = 0; i < identifiers_.size(); ++i) {
    slots_[slot_of(identifiers_[i])] = static_cast<std::uint32_t>(i + 1);
  }
}

void PersonMap::join(std::span<const Link> links) {
  std::vector<std::uint32_t> rank(identifiers_.size()), parent(identifiers_.size());
  boost::disjoint_sets sets(rank.data(), parent.data());
  for (std::uint32_t i = 0; i < identifiers_.size(); ++i) sets.make_set(i);
  for (const Link& link : links) {
    sets.union_set(slots_[slot_of(link.a)] - 1, slots_[slot_of(link.b)] - 1);
  }
  // In rising order, so that the first identifier of a person is its smallest.
  constexpr std::uint32_t unseen = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> smallest(identifiers_.size(), unseen);
  person_.resize(identifiers_.size());
  for (std::uint32_t i = 0; i < identifiers_.size(); ++i) {
    std::uint32_t& first = smallest[sets.find_set(i)];
    if (first == unseen) {
      first = i;
      ++persons_;
    }
    person_[i] = first;
  }
}

PersonMap make_person_map(std::vector<PersonKey> identifiers, std::vector<std::uint32_t> person) {
  PersonMap map;
  if (identifiers.empty()) return map;
  map.identifiers_ = std::move(identifiers);
  map.person_ = std::move(person);
  for (std::uint32_t i = 0; i < map.person_.size(); ++i)
    map.persons_ += map.person_[i] == i ? 1U : 0U;
  map.index_identifiers();
  return map;
}

void PersonMap::add_links(std::vector<Link>& links) const {
  for (std::size_t i = 0; i < identifiers_.size(); ++i) {
    links.push_back({identifiers_[i], identifiers_[person_[i]]});
  }
}

void PersonMap::merge(const PersonMap& other) {
  std::vector<Link> links;
  add_links(links);
  other.add_links(links);
  *this = PersonMap(identifiers_of(links), links);
}

std::string PersonMap::save() const {
  ByteWriter writer;
  format.write(writer);
  writer.u64(identifiers_.size());
  for (std::size_t i = 0; i < identifiers_.size(); ++i) {
    writer.u64(identifiers_[i].high);
    writer.u32(identifiers_[i].low);
    writer.u32(person_[i]);
  }
  return writer.seal();
}

PersonMap PersonMap::load(std::string_view bytes) {
  ByteReader reader(bytes);
  format.read(reader);
  std::vector<PersonKey> identifiers(reader.count(16));
  std::vector<std::uint32_t> person(identifiers.size());
  for (std::size_t i = 0; i < identifiers.size(); ++i) {
    identifiers[i].high = reader.u64();
    identifiers[i].low = reader.u32();
    person[i] = reader.u32();
    if (i > 0 && identifiers[i] <= identifiers[i - 1]) corrupt("identifiers must rise");
    if (person[i] > i || person[person[i]] != person[i]) {
      corrupt("a person is its smallest identifier");
    }
  }
  reader.expect_end();
  return make_person_map(std::move(identifiers), std::move(person));
}

}  // namespace mta

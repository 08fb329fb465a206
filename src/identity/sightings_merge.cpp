#include <algorithm>

#include "mta/core/error.hpp"
#include "mta/identity/sightings.hpp"

namespace mta {
namespace {

/// The members of a sighting in another numbering, rising.
void renumber(std::span<const std::uint32_t> members, std::span<const std::uint32_t> numbers,
              std::vector<std::uint32_t>& into) {
  into.clear();
  for (const std::uint32_t member : members) {
    if (numbers[member] != Sightings::unknown) into.push_back(numbers[member]);
  }
  std::sort(into.begin(), into.end());
}

[[noreturn]] void refuse(const std::string& what) {
  throw Error(Errc::foreign_state,
              "sightings to subtract must be among those they are taken from, " + what);
}

}  // namespace

void Sightings::merge(const Sightings& other) {
  if (this == &other) return merge(Sightings(other));
  std::vector<KindId> kinds;
  for (const std::string& name : other.kinds_) {
    kinds.push_back(kind(name));
    refused(kinds.back()).blocked += other.refused_[kinds.size() - 1].blocked;
    refused(kinds.back()).malformed += other.refused_[kinds.size() - 1].malformed;
  }
  std::vector<std::uint32_t> numbers(other.entries_.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const Entry& entry = other.entries_[i];
    numbers[i] = number_of({{entry.high, entry.low}, kinds[entry.kind]});
    entries_[numbers[i]].alone |= entry.alone;
    if (!other.text(i).empty())
      keep_text({{entry.high, entry.low}, kinds[entry.kind]}, other.text(i));
  }
  for (std::size_t i = 0; i < other.size(); ++i) {
    const Sighting seen = other.sighting(i);
    renumber(seen.identifiers, numbers, scratch_);
    add_numbers(scratch_, seen);
  }
}

/// The numbers that this gives to the identifiers of another; `unknown` where it has them not.
std::vector<std::uint32_t> Sightings::numbers_in(const Sightings& other) const {
  std::vector<std::uint32_t> numbers(other.entries_.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = find(other.identifier(i).key);
  return numbers;
}

void Sightings::expect_contains(const Sightings& other) const {
  const std::vector<std::uint32_t> numbers = numbers_in(other);
  std::vector<std::uint32_t> rising;
  for (std::size_t i = 0; i < other.size(); ++i) {
    const Sighting seen = other.sighting(i);
    renumber(seen.identifiers, numbers, rising);
    const std::uint32_t found = rising.size() < seen.identifiers.size() || record_slots_.empty()
                                    ? 0
                                    : record_slots_[record_slot(rising)];
    const std::uint64_t events = found == 0 ? 0 : records_[found - 1].events;
    if (events < seen.events) {
      refuse("got " + std::to_string(seen.events) + " events of one where there are " +
             std::to_string(events));
    }
  }
  for (std::size_t k = 0; k < other.kinds_.size(); ++k) {
    const auto at = std::find(kinds_.begin(), kinds_.end(), other.kinds_[k]);
    const RefusedTexts mine = at == kinds_.end()
                                  ? RefusedTexts{}
                                  : refused_[static_cast<std::size_t>(at - kinds_.begin())];
    const RefusedTexts& theirs = other.refused_[k];
    if (mine.blocked < theirs.blocked || mine.malformed < theirs.malformed) {
      refuse("got more refused texts of kind '" + other.kinds_[k] + "' than there are");
    }
  }
}

void Sightings::subtract(const Sightings& other) {
  expect_contains(other);
  if (this == &other) return subtract(Sightings(other));
  const std::vector<std::uint32_t> numbers = numbers_in(other);
  for (std::size_t i = 0; i < other.size(); ++i) {
    const Sighting seen = other.sighting(i);
    renumber(seen.identifiers, numbers, scratch_);
    records_[record_slots_[record_slot(scratch_)] - 1].events -= seen.events;
  }
  for (std::size_t k = 0; k < other.kinds_.size(); ++k) {
    RefusedTexts& mine = refused(kind(other.kinds_[k]));
    mine.blocked -= other.refused_[k].blocked;
    mine.malformed -= other.refused_[k].malformed;
  }
  *this = without(std::vector<std::uint8_t>(entries_.size()));
}

void Sightings::erase(std::span<const PersonKey> keys) {
  std::vector<std::uint8_t> erased(entries_.size());
  for (const PersonKey& key : keys) {
    if (const std::uint32_t number = find(key); number != unknown) erased[number] = 1;
  }
  *this = without(erased);
}

Sightings Sightings::without(std::span<const std::uint8_t> erased) const {
  Sightings result(keep_texts_);
  result.kinds_ = kinds_;
  result.refused_ = refused_;
  std::vector<std::uint8_t> kept(entries_.size());
  for (std::size_t i = 0; i < entries_.size(); ++i) kept[i] = entries_[i].alone != 0;
  for (const Record& record : records_) {
    if (record.events == 0) continue;
    for (const std::uint32_t member : members(record)) kept[member] = 1;
  }
  std::vector<std::uint32_t> numbers(entries_.size(), unknown);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (kept[i] == 0 || erased[i] != 0) continue;
    numbers[i] = result.number_of(identifier(i));
    result.entries_[numbers[i]].alone = entries_[i].alone;
    if (!text(i).empty()) result.keep_text(identifier(i), text(i));
  }
  std::vector<std::uint32_t> rising;
  for (std::size_t i = 0; i < size(); ++i) {
    const Sighting seen = sighting(i);
    if (seen.events == 0) continue;
    renumber(seen.identifiers, numbers, rising);
    if (rising.size() > 1) result.add_numbers(rising, seen);
    if (rising.size() == 1) result.entries_[rising.front()].alone = 1;
  }
  return result;
}

}  // namespace mta

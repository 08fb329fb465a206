#include "mta/identity/sightings.hpp"

#include <algorithm>
#include <cassert>

#include "core/key_hash.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

constexpr std::size_t most = (std::size_t{1} << 31) - 2;

void expect_room(std::size_t size, const char* what) {
  if (size >= most) throw Error(Errc::overflow, std::string("more than 2^31 - 2 ") + what);
}

/// Tables are at most two thirds full.
bool is_full(std::size_t entries, std::size_t slots) noexcept { return entries * 3 >= slots * 2; }

std::uint64_t hash_of(std::span<const std::uint32_t> members) noexcept {
  std::uint64_t hash = 0;
  for (const std::uint32_t member : members) hash = mix64(hash ^ member);
  return hash;
}

}  // namespace

KindId Sightings::kind(std::string_view name) {
  const auto found = std::find(kinds_.begin(), kinds_.end(), name);
  const auto number = static_cast<std::size_t>(found - kinds_.begin());
  if (found != kinds_.end()) return static_cast<KindId>(number);
  if (number > 65'000) throw Error(Errc::overflow, "more than 65000 kinds of identifiers");
  kinds_.emplace_back(name);
  refused_.emplace_back();
  return static_cast<KindId>(number);
}

void Sightings::add(TimePoint time, std::span<const Identifier> together, std::uint64_t events) {
  scratch_.clear();
  assert(events > 0);
  // Their places miss the cache at the same time, not one by one.
  for (const Identifier& identifier : together) prefetch_slot(identifier.key);
  for (const Identifier& identifier : together) scratch_.push_back(number_of(identifier));
  if (scratch_.size() == 2 && scratch_[0] > scratch_[1]) std::swap(scratch_[0], scratch_[1]);
  if (scratch_.size() > 2) std::sort(scratch_.begin(), scratch_.end());
  scratch_.erase(std::unique(scratch_.begin(), scratch_.end()), scratch_.end());
  if (scratch_.size() == 1) entries_[scratch_.front()].alone = 1;
  if (scratch_.size() > 1) add_numbers(scratch_, {{}, time, time, events});
}

void Sightings::add(const Links& links, TimePoint time) {
  const KindId visitor = kind(visitor_kind);
  for (const Link& link : links.pairs()) {
    const Identifier pair[] = {{link.a, visitor}, {link.b, visitor}};
    add(time, pair);
  }
}

void Sightings::keep_text(const Identifier& identifier, std::string_view text) {
  if (keep_texts_ == KeepTexts::no) return;
  const std::uint32_t number = number_of(identifier);
  texts_.resize(entries_.size());
  // One text a key; were there two, the smaller, whatever the order.
  if (texts_[number].empty() || text < texts_[number]) texts_[number] = text;
}

void Sightings::prefetch_slot(const PersonKey& key) const noexcept {
  if (entry_slots_.empty()) return;
  __builtin_prefetch(&entry_slots_[key.high & (entry_slots_.size() - 1)]);
}

void Sightings::prefetch_entry(const PersonKey& key) const noexcept {
  if (entry_slots_.empty()) return;
  const std::uint32_t number = entry_slots_[key.high & (entry_slots_.size() - 1)];
  if (number != 0) __builtin_prefetch(&entries_[number - 1]);
}

std::uint32_t Sightings::number_of(const Identifier& identifier) {
  assert(index(identifier.kind) < kinds_.size());
  if (is_full(entries_.size() + 1, entry_slots_.size())) grow_entries();
  const std::size_t slot = entry_slot(identifier.key);
  if (entry_slots_[slot] != 0) return entry_slots_[slot] - 1;
  expect_room(entries_.size(), "identifiers");
  entries_.push_back(
      {identifier.key.high, identifier.key.low, static_cast<std::uint16_t>(identifier.kind), 0});
  entry_slots_[slot] = static_cast<std::uint32_t>(entries_.size());
  return entry_slots_[slot] - 1;
}

std::size_t Sightings::entry_slot(const PersonKey& key) const noexcept {
  const std::size_t mask = entry_slots_.size() - 1;
  std::size_t slot = key.high & mask;  // a key is a hash already
  for (; entry_slots_[slot] != 0; slot = (slot + 1) & mask) {
    const Entry& entry = entries_[entry_slots_[slot] - 1];
    if (entry.high == key.high && entry.low == key.low) break;
  }
  return slot;
}

std::size_t Sightings::record_slot(std::span<const std::uint32_t> of) const noexcept {
  const std::size_t mask = record_slots_.size() - 1;
  std::size_t slot = hash_of(of) & mask;
  for (; record_slots_[slot] != 0; slot = (slot + 1) & mask) {
    if (std::ranges::equal(members(records_[record_slots_[slot] - 1]), of)) break;
  }
  return slot;
}

std::span<const std::uint32_t> Sightings::members(const Record& record) const noexcept {
  if ((record.pair[1] & many) == 0) return record.pair;
  return std::span(members_).subspan(record.pair[0], record.pair[1] & ~many);
}

void Sightings::add_numbers(std::span<const std::uint32_t> rising, const Sighting& seen) {
  if (is_full(records_.size() + 1, record_slots_.size())) grow_records();
  std::uint32_t& slot = record_slots_[record_slot(rising)];
  if (slot != 0) {
    Record& record = records_[slot - 1];
    record.first = std::min(record.first, seen.first);
    record.last = std::max(record.last, seen.last);
    record.events += seen.events;
    return;
  }
  expect_room(records_.size(), "sightings");
  Record record{{rising[0], rising[1]}, seen.first, seen.last, seen.events};
  if (rising.size() > 2) {
    expect_room(members_.size() + rising.size(), "members of sightings of three and more");
    record.pair = {static_cast<std::uint32_t>(members_.size()),
                   static_cast<std::uint32_t>(rising.size()) | many};
    members_.insert(members_.end(), rising.begin(), rising.end());
  }
  records_.push_back(record);
  slot = static_cast<std::uint32_t>(records_.size());
}

void Sightings::grow_entries() {
  entry_slots_.assign(std::max<std::size_t>(64, entry_slots_.size() * 2), 0);
  const std::size_t mask = entry_slots_.size() - 1;
  for (std::size_t i = 0; i < entries_.size(); ++i) {  // all differ: no need to compare
    std::size_t slot = entries_[i].high & mask;
    while (entry_slots_[slot] != 0) slot = (slot + 1) & mask;
    entry_slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

void Sightings::grow_records() {
  record_slots_.assign(std::max<std::size_t>(64, record_slots_.size() * 2), 0);
  const std::size_t mask = record_slots_.size() - 1;
  for (std::size_t i = 0; i < records_.size(); ++i) {
    std::size_t slot = hash_of(members(records_[i])) & mask;
    while (record_slots_[slot] != 0) slot = (slot + 1) & mask;
    record_slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

Sighting Sightings::sighting(std::size_t i) const noexcept {
  const Record& record = records_[i];
  return {members(record), record.first, record.last, record.events};
}

Identifier Sightings::identifier(std::size_t i) const noexcept {
  const Entry& entry = entries_[i];
  return {{entry.high, entry.low}, static_cast<KindId>(entry.kind)};
}

std::string_view Sightings::text(std::size_t i) const noexcept {
  return i < texts_.size() ? std::string_view(texts_[i]) : std::string_view();
}

std::uint32_t Sightings::find(const PersonKey& key) const noexcept {
  if (entry_slots_.empty()) return unknown;
  const std::uint32_t found = entry_slots_[entry_slot(key)];
  return found == 0 ? unknown : found - 1;
}

std::size_t Sightings::bytes() const noexcept {
  std::size_t sum = entries_.capacity() * sizeof(Entry) + records_.capacity() * sizeof(Record) +
                    (members_.capacity() + entry_slots_.capacity() + record_slots_.capacity()) * 4 +
                    texts_.capacity() * sizeof(std::string);
  for (const std::string& text : texts_) {
    if (text.capacity() > std::string().capacity()) sum += text.capacity() + 1;
  }
  return sum;
}

}  // namespace mta

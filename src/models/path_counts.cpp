#include "mta/models/path_counts.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <string>

#include "mta/core/error.hpp"

namespace mta {
namespace {

std::uint64_t hash_of(std::span<const std::uint32_t> path) noexcept {
  constexpr std::uint64_t golden = 0x9E3779B97F4A7C15u;
  std::uint64_t hash = path.size();
  for (const std::uint32_t touch : path) {
    hash = (hash ^ touch) * golden;
    hash ^= hash >> 29;
  }
  return hash * golden;
}

std::uint64_t size_of(std::int64_t value) noexcept {
  const auto bits = static_cast<std::uint64_t>(value);
  return value < 0 ? 0 - bits : bits;
}

void expect_no_overflow(std::uint64_t seen) {
  if (seen >> 63 != 0) {
    throw Error(
        Errc::overflow,
        "a count of journeys or a sum of |value| must stay below 2^63 micro-units, and did not");
  }
}

[[noreturn]] void corrupt(const char* why) {
  throw Error(Errc::corrupt_state, std::string("not the bytes of a state of paths: ") + why);
}

bool is_zero(const PathCounts::Counts& counts) noexcept { return counts == PathCounts::Counts{}; }

}  // namespace

PathCounts::PathCounts(std::size_t channels, PathKey key)
    : channels_(channels), key_(key), slots_(64) {}

std::size_t PathCounts::slot_of(std::span<const std::uint32_t> wanted) const noexcept {
  std::size_t slot = hash_of(wanted) >> (64 - std::countr_zero(slots_.size()));
  while (slots_[slot] != 0 && !std::ranges::equal(path(slots_[slot] - 1), wanted)) {
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return slot;
}

void PathCounts::grow() {
  slots_.assign(2 * slots_.size(), 0);
  for (std::size_t i = 0; i < size(); ++i)
    slots_[slot_of(path(i))] = static_cast<std::uint32_t>(i + 1);
}

std::size_t PathCounts::intern(std::span<const std::uint32_t> wanted) {
  std::size_t slot = slot_of(wanted);
  if (slots_[slot] != 0) return slots_[slot] - 1;
  assert(size() + 1 < ~std::uint32_t{0});
  if (2 * (size() + 1) > slots_.size()) {
    grow();
    slot = slot_of(wanted);
  }
  touches_.insert(touches_.end(), wanted.begin(), wanted.end());
  begin_.push_back(touches_.size());
  counts_.emplace_back();
  slots_[slot] = static_cast<std::uint32_t>(size());
  return size() - 1;
}

PathCounts::Counts PathCounts::of(std::span<const std::uint32_t> wanted) const noexcept {
  const std::uint32_t number = slots_[slot_of(wanted)];
  return number == 0 ? Counts{} : counts_[number - 1];
}

std::vector<std::size_t> PathCounts::sorted() const {
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < size(); ++i) {
    if (!is_zero(counts_[i])) numbers.push_back(i);
  }
  std::ranges::sort(numbers, [this](std::size_t a, std::size_t b) {
    return std::ranges::lexicographical_compare(path(a), path(b));
  });
  return numbers;
}

std::uint64_t PathCounts::count(std::size_t path, const Counts& added) noexcept {
  Counts& counts = counts_[path];
  counts.value = (Micros{counts.value} + Micros{added.value}).units;
  return (counts.conversions += added.conversions) | (counts.nulls += added.nulls) |
         (value_size_ += size_of(added.value));
}

void PathCounts::add(std::span<const std::uint32_t> path, const Counts& counts) {
  expect_no_overflow(count(intern(path), counts));
}

void PathCounts::add(JourneysView journeys) {
  for (std::size_t i = 0; i < journeys.size(); ++i) {
    const Journey journey = journeys[i];
    room_.clear();
    for (const ChannelId channel : journey.channel) {
      room_.push_back(static_cast<std::uint32_t>(index(channel)));
    }
    if (key_ == PathKey::channels) {
      std::ranges::sort(room_);
      room_.erase(std::ranges::unique(room_).begin(), room_.end());
    }
    const auto count = static_cast<std::uint64_t>(journey.count.units);
    Counts counts{0, 0, journey.worth.value.units};
    if (journey.outcome == Outcome::converted) counts.conversions = count;
    if (journey.outcome == Outcome::null) counts.nulls = count;
    add(room_, counts);
  }
}

void merge(PathCounts& state, const PathCounts& other) {
  assert(state.channels_ == other.channels_ && state.key_ == other.key_);
  const std::uint64_t size = state.value_size_;
  for (std::size_t i = 0; i < other.size(); ++i) state.add(other.path(i), other.counts_[i]);
  state.value_size_ = size + other.value_size_;  // not that of the sums
  expect_no_overflow(state.value_size_);
}

bool PathCounts::contains(const PathCounts& other) const {
  if (value_size_ < other.value_size_) return false;
  for (std::size_t i = 0; i < other.size(); ++i) {
    const Counts mine = of(other.path(i)), &theirs = other.counts_[i];
    if (mine.conversions < theirs.conversions || mine.nulls < theirs.nulls) return false;
  }
  return true;
}

void subtract(PathCounts& state, const PathCounts& other) {
  assert(state.channels_ == other.channels_ && state.key_ == other.key_);
  if (!state.contains(other)) {
    throw Error(Errc::foreign_state,
                "a state that is subtracted must have been added before, and holds more");
  }
  for (std::size_t i = 0; i < other.size(); ++i) {
    PathCounts::Counts& mine = state.counts_[state.intern(other.path(i))];
    const PathCounts::Counts& theirs = other.counts_[i];
    mine.conversions -= theirs.conversions;
    mine.nulls -= theirs.nulls;
    mine.value = (Micros{mine.value} - Micros{theirs.value}).units;
  }
  state.value_size_ -= other.value_size_;
}

bool operator==(const PathCounts& a, const PathCounts& b) {
  if (a.channels_ != b.channels_ || a.key_ != b.key_ || a.value_size_ != b.value_size_)
    return false;
  const auto holds_all = [](const PathCounts& in, const PathCounts& of) {
    for (std::size_t i = 0; i < of.size(); ++i) {
      if (in.of(of.path(i)) != of.counts_[i]) return false;
    }
    return true;
  };
  return holds_all(a, b) && holds_all(b, a);
}

void PathCounts::write(ByteWriter& writer) const {
  const std::vector<std::size_t> numbers = sorted();
  writer.u64(value_size_);
  writer.u64(numbers.size());
  for (const std::size_t i : numbers) {
    writer.u64(path(i).size());
    for (const std::uint32_t touch : path(i)) writer.u32(touch);
    writer.u64(counts_[i].conversions);
    writer.u64(counts_[i].nulls);
    writer.i64(counts_[i].value);
  }
}

void PathCounts::read(ByteReader& reader, std::span<const std::uint32_t> numbers) {
  const std::uint64_t value_size = reader.u64();
  if (value_size >> 63 != 0) corrupt("a sum of 2^63 or more");
  for (std::size_t left = reader.count(8 + 4 + 3 * 8); left > 0; --left) {
    std::vector<std::uint32_t> path(reader.count(4));
    if (path.empty()) corrupt("a path without touches");
    for (std::uint32_t& touch : path) {
      touch = reader.u32();
      if (touch >= numbers.size()) corrupt("a touch of no channel");
      touch = numbers[touch];
    }
    const bool rises = std::ranges::adjacent_find(path, std::greater_equal<>()) == path.end();
    if (key_ == PathKey::channels && !rises) corrupt("channels out of order");
    Counts counts{reader.u64(), reader.u64(), 0};
    counts.value = reader.i64();
    if ((counts.conversions | counts.nulls) >> 63 != 0) corrupt("a count of 2^63 or more");
    const std::size_t before = size();
    if (intern(path) != before) corrupt("a path twice");
    if (count(before, counts) >> 63 != 0) corrupt("a sum of 2^63 or more");
  }
  if (value_size_ > value_size) corrupt("values beyond the sum of their sizes");
  value_size_ = value_size;
}

}  // namespace mta

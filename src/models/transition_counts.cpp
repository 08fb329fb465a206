#include "mta/models/transition_counts.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <utility>

#include "core/golden_ratio.hpp"

namespace mta {
namespace {

constexpr std::uint64_t pair_of(std::uint32_t from, std::uint32_t to) noexcept {
  return std::uint64_t{from} << 32 | to;
}

using Transition = TransitionCounts::Transition;

/// Transitions in the order of one of their ends, equal ones as they were.
std::vector<Transition> ordered_by(std::uint32_t Transition::*end, std::size_t channels,
                                   const std::vector<Transition>& transitions) {
  std::vector<std::size_t> next(channels + 1);
  for (const Transition& transition : transitions) ++next[transition.*end + 1];
  for (std::size_t c = 0; c < channels; ++c) next[c + 1] += next[c];
  std::vector<Transition> ordered(transitions.size());
  for (const Transition& transition : transitions) ordered[next[transition.*end]++] = transition;
  return ordered;
}

}  // namespace

TransitionCounts::TransitionCounts(std::size_t channels) : channels_(channels) {
  if (channels <= largest_table) {
    table_.resize(channels * channels);
  } else {
    slots_.resize(1024);
  }
}

std::size_t TransitionCounts::slot_of(std::uint64_t pair) const noexcept {
  const int shift = 64 - std::countr_zero(slots_.size());
  std::size_t slot = (pair * golden_ratio) >> shift;
  while (slots_[slot].count != 0 && slots_[slot].pair != pair)
    slot = (slot + 1) & (slots_.size() - 1);
  return slot;
}

void TransitionCounts::grow_to(std::size_t slots) {
  if (slots <= slots_.size()) return;
  const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots));
  for (const Slot& slot : old) {
    if (slot.count != 0) slots_[slot_of(slot.pair)] = slot;
  }
}

std::uint64_t TransitionCounts::add(std::uint32_t from, std::uint32_t to, std::uint64_t count) {
  assert(from < channels_ && to < channels_ && from != to);
  if (slots_.empty()) return table_[from * channels_ + to] += count;
  if (count == 0) return 0;
  Slot& slot = slots_[slot_of(pair_of(from, to))];
  if (slot.count != 0) return slot.count += count;
  slot = {pair_of(from, to), count};
  if (++used_ * 2 > slots_.size()) grow_to(2 * slots_.size());
  return count;
}

std::uint64_t TransitionCounts::count(std::uint32_t from, std::uint32_t to) const noexcept {
  if (slots_.empty()) return table_[from * channels_ + to];
  return slots_[slot_of(pair_of(from, to))].count;
}

std::vector<TransitionCounts::Transition> TransitionCounts::sorted() const {
  std::vector<Transition> all;
  all.reserve(table_.size() -
              static_cast<std::size_t>(std::count(table_.begin(), table_.end(), std::uint64_t{0})));
  const std::uint64_t* cell = table_.data();
  const auto rows = static_cast<std::uint32_t>(table_.empty() ? 0 : channels_);
  for (std::uint32_t from = 0; from < rows; ++from) {
    for (std::uint32_t to = 0; to < rows; ++to, ++cell) {
      if (*cell != 0) all.push_back({from, to, *cell});
    }
  }
  all.reserve(all.size() + used_);
  for (const Slot& slot : slots_) {
    if (slot.count == 0) continue;
    all.push_back({static_cast<std::uint32_t>(slot.pair >> 32),
                   static_cast<std::uint32_t>(slot.pair), slot.count});
  }
  if (slots_.empty()) return all;
  return ordered_by(&Transition::from, channels_, ordered_by(&Transition::to, channels_, all));
}

std::uint64_t TransitionCounts::merge(const TransitionCounts& other) {
  assert(channels_ == other.channels_);
  std::uint64_t seen = 0;
  for (std::size_t cell = 0; cell < table_.size(); ++cell)
    seen |= table_[cell] += other.table_[cell];
  // Slots come in the order of their hash: in a smaller table they would pile up in one place.
  grow_to(other.slots_.size());
  for (const Slot& slot : other.slots_) {
    if (slot.count == 0) continue;
    seen |= add(static_cast<std::uint32_t>(slot.pair >> 32), static_cast<std::uint32_t>(slot.pair),
                slot.count);
  }
  return seen;
}

bool TransitionCounts::contains(const TransitionCounts& other) const {
  assert(channels_ == other.channels_);
  for (std::size_t cell = 0; cell < table_.size(); ++cell) {
    if (table_[cell] < other.table_[cell]) return false;
  }
  return std::all_of(other.slots_.begin(), other.slots_.end(), [&](const Slot& slot) {
    return slot.count == 0 || slots_[slot_of(slot.pair)].count >= slot.count;
  });
}

void TransitionCounts::subtract(const TransitionCounts& other) {
  assert(contains(other));
  for (std::size_t cell = 0; cell < table_.size(); ++cell) table_[cell] -= other.table_[cell];
  if (slots_.empty()) return;
  TransitionCounts rest(channels_);  // a pair that falls to 0 leaves: built anew, no gap in a chain
  rest.grow_to(slots_.size());
  for (const Slot& slot : slots_) {
    if (slot.count == 0) continue;
    const auto from = static_cast<std::uint32_t>(slot.pair >> 32);
    const auto to = static_cast<std::uint32_t>(slot.pair);
    rest.add(from, to, slot.count - other.count(from, to));
  }
  *this = std::move(rest);
}

bool operator==(const TransitionCounts& a, const TransitionCounts& b) {
  return a.channels_ == b.channels_ && a.table_ == b.table_ && a.used_ == b.used_ && a.contains(b);
}

}  // namespace mta

#include "mta/models/gram_counts.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <numeric>
#include <utility>

namespace mta {
namespace {

constexpr std::uint64_t golden = 0x9E3779B97F4A7C15u;

std::uint64_t key_of(std::uint32_t from, std::uint32_t channel) noexcept {
  return std::uint64_t{from} << 32 | channel;
}

std::size_t first_slot(std::uint64_t hash, std::size_t slots) noexcept {
  return static_cast<std::size_t>((hash * golden) >> (64 - std::countr_zero(slots)));
}

std::uint64_t hash_of(std::span<const std::uint32_t> gram) noexcept {
  std::uint64_t hash = 0;
  for (const std::uint32_t channel : gram) {
    hash = (hash ^ channel) * golden;
    hash ^= hash >> 29;
  }
  return hash;
}

bool is_zero(const StateEnds& ends) noexcept { return ends == StateEnds{}; }

}  // namespace

GramCounts::GramCounts(std::size_t order)
    : order_(order), index_(64), slots_(64), first_(order), next_(order) {
  assert(order >= 1);
}

std::size_t GramCounts::slot_of(std::uint64_t key) const noexcept {
  std::size_t slot = first_slot(key, slots_.size());
  while (slots_[slot].key != key && slots_[slot].key != ~std::uint64_t{0}) {
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return slot;
}

std::size_t GramCounts::index_of(std::span<const std::uint32_t> wanted) const noexcept {
  std::size_t at = first_slot(hash_of(wanted), index_.size());
  for (; index_[at] != 0; at = (at + 1) & (index_.size() - 1)) {
    if (std::ranges::equal(gram(index_[at] - 1), wanted)) break;
  }
  return at;
}

std::uint32_t GramCounts::find(std::span<const std::uint32_t> wanted) const noexcept {
  return index_[index_of(wanted)] - 1;  // none where it is not there
}

void GramCounts::grow_index() {
  index_.assign(2 * index_.size(), 0);
  for (std::uint32_t state = 0; state < size(); ++state) index_[index_of(gram(state))] = state + 1;
}

void GramCounts::grow_steps() {
  const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(2 * slots_.size()));
  for (const Slot& slot : old) {
    if (slot.key != ~std::uint64_t{0}) slots_[slot_of(slot.key)] = slot;
  }
}

std::uint32_t GramCounts::intern(std::span<const std::uint32_t> wanted) {
  const std::uint32_t state = find(wanted);
  return state != none ? state : add_gram(wanted);
}

std::uint32_t GramCounts::add_gram(std::span<const std::uint32_t> added) {
  assert(added.size() == order_ && size() + 1 < none);
  if (2 * (size() + 1) > index_.size()) grow_index();
  grams_.insert(grams_.end(), added.begin(), added.end());
  ends_.emplace_back();
  const auto state = static_cast<std::uint32_t>(size() - 1);
  index_[index_of(gram(state))] = state + 1;
  return state;
}

std::uint64_t GramCounts::add_ends(std::uint32_t state, const StateEnds& added) noexcept {
  StateEnds& ends = ends_[state];
  ends.value = (Micros{ends.value} + Micros{added.value}).units;
  return (ends.first += added.first) | (ends.conversions += added.conversions) |
         (ends.nulls += added.nulls);
}

GramCounts::Slot& GramCounts::new_slot(std::uint64_t key) {
  if (2 * (used_ + 1) > slots_.size()) grow_steps();
  ++used_;
  const auto from = static_cast<std::uint32_t>(key >> 32);
  std::ranges::copy(gram(from).subspan(1), next_.begin());
  next_.back() = static_cast<std::uint32_t>(key);
  const std::uint32_t to = intern(next_);
  Slot& slot = slots_[slot_of(key)];
  slot = {key, 0, to};
  return slot;
}

std::uint32_t GramCounts::step(std::uint32_t from, std::uint32_t channel, std::uint64_t count,
                               std::uint64_t& seen) {
  const std::uint64_t key = key_of(from, channel);
  Slot* slot = &slots_[slot_of(key)];
  if (slot->key != key) slot = &new_slot(key);
  seen |= slot->count += count;
  return slot->to;
}

void GramCounts::expect_step(std::uint32_t from, std::uint32_t channel) const noexcept {
  __builtin_prefetch(&slots_[first_slot(key_of(from, channel), slots_.size())], 1);
}

std::uint32_t GramCounts::begin(std::span<const ChannelId> path, std::uint64_t count,
                                std::uint64_t& seen) {
  const std::size_t begun = std::min(path.size(), order_);
  std::fill(first_.begin(), first_.end() - static_cast<std::ptrdiff_t>(begun), none);
  std::transform(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(begun),
                 first_.end() - static_cast<std::ptrdiff_t>(begun),
                 [](ChannelId channel) { return static_cast<std::uint32_t>(index(channel)); });
  const std::uint32_t state = intern(first_);
  seen |= ends_[state].first += count;
  return state;
}

std::uint64_t GramCounts::end(std::uint32_t state, Outcome outcome, std::uint64_t count,
                              Micros value) noexcept {
  StateEnds& ends = ends_[state];
  ends.value = (Micros{ends.value} + value).units;
  return (outcome == Outcome::null ? ends.nulls : ends.conversions) += count;
}

std::uint64_t GramCounts::count(std::span<const ChannelId> path, Outcome outcome,
                                std::uint64_t count, Micros value) {
  std::uint64_t seen = 0;
  std::uint32_t state = begin(path, count, seen);
  for (const ChannelId channel : path.subspan(std::min(path.size(), order_))) {
    state = step(state, static_cast<std::uint32_t>(index(channel)), count, seen);
  }
  return seen | end(state, outcome, count, value);
}

/// A journey that begins with these channels, its end apart.
std::uint64_t GramCounts::walk(std::span<const std::uint32_t> channels, std::uint64_t count) {
  const std::size_t begun = std::min(channels.size(), order_);
  std::fill(first_.begin(), first_.end() - static_cast<std::ptrdiff_t>(begun), none);
  std::ranges::copy(channels.first(begun), first_.end() - static_cast<std::ptrdiff_t>(begun));
  std::uint32_t state = intern(first_);
  std::uint64_t seen = ends_[state].first += count;
  for (const std::uint32_t channel : channels.subspan(begun))
    state = step(state, channel, count, seen);
  return seen;
}

std::vector<GramCounts::Step> GramCounts::steps() const {
  std::vector<Step> all;
  for (const Slot& slot : slots_) {
    if (slot.count == 0) continue;
    all.push_back({static_cast<std::uint32_t>(slot.key >> 32), slot.to,
                   static_cast<std::uint32_t>(slot.key), slot.count});
  }
  return all;
}

std::vector<std::uint32_t> GramCounts::sorted_grams() const {
  std::vector<char> counted(size());
  for (std::uint32_t state = 0; state < size(); ++state) counted[state] = !is_zero(ends_[state]);
  for (const Step& step : steps()) counted[step.from] = counted[step.to] = 1;
  std::vector<std::uint32_t> sorted;
  for (std::uint32_t state = 0; state < size(); ++state) {
    if (counted[state]) sorted.push_back(state);
  }
  std::ranges::sort(sorted, [this](std::uint32_t a, std::uint32_t b) {
    const auto x = gram(a), y = gram(b);
    return std::lexicographical_compare(x.rbegin(), x.rend(), y.rbegin(), y.rend());
  });
  return sorted;
}

GramCounts GramCounts::shortened(std::size_t order) const {
  assert(order >= 1 && order <= order_);
  GramCounts shorter(order);
  std::uint64_t seen = 0;  // sums of what was counted: no more than the whole, which was checked
  for (std::uint32_t state = 0; state < size(); ++state) {
    const auto all = gram(state);
    const StateEnds& ends = ends_[state];
    const auto begin = std::ranges::find_if(all, [](std::uint32_t c) { return c != none; });
    const auto length = static_cast<std::size_t>(all.end() - begin);
    if (ends.first != 0) shorter.walk(all.last(length), ends.first);
    if (ends.conversions == 0 && ends.nulls == 0 && ends.value == 0) continue;
    shorter.add_ends(shorter.intern(all.last(order)),
                     {0, ends.conversions, ends.nulls, ends.value});
  }
  for (const Step& step : steps()) {
    shorter.step(shorter.intern(gram(step.from).last(order)), step.channel, step.count, seen);
  }
  return shorter;
}

/// What another's grams are called here; none where one is not.
std::vector<std::uint32_t> GramCounts::numbers_in(const GramCounts& other) const {
  std::vector<std::uint32_t> numbers(other.size());
  for (std::uint32_t state = 0; state < other.size(); ++state) {
    numbers[state] = find(other.gram(state));
  }
  return numbers;
}

std::uint64_t GramCounts::merge(const GramCounts& other) {
  assert(order_ == other.order_);
  std::uint64_t seen = 0;
  // Steps come in the order of their hash: in a smaller table they would pile up in one place.
  while (slots_.size() < other.slots_.size()) grow_steps();
  for (std::uint32_t state = 0; state < other.size(); ++state) {
    seen |= add_ends(intern(other.gram(state)), other.ends_[state]);
  }
  const std::vector<std::uint32_t> numbers = numbers_in(other);
  for (const Step& taken : other.steps())
    step(numbers[taken.from], taken.channel, taken.count, seen);
  return seen;
}

bool GramCounts::contains(const GramCounts& other) const {
  assert(order_ == other.order_);
  const std::vector<std::uint32_t> numbers = numbers_in(other);
  for (std::uint32_t state = 0; state < other.size(); ++state) {
    if (is_zero(other.ends_[state])) continue;
    if (numbers[state] == none) return false;
    const StateEnds &mine = ends_[numbers[state]], &theirs = other.ends_[state];
    if (mine.first < theirs.first || mine.conversions < theirs.conversions ||
        mine.nulls < theirs.nulls) {
      return false;
    }
  }
  return std::ranges::all_of(other.steps(), [&](const Step& step) {
    if (numbers[step.from] == none) return false;
    const Slot& slot = slots_[slot_of(key_of(numbers[step.from], step.channel))];
    return slot.count >= step.count;  // a free slot counts 0
  });
}

void GramCounts::subtract(const GramCounts& other) {
  assert(contains(other));
  const std::vector<std::uint32_t> numbers = numbers_in(other);
  for (std::uint32_t state = 0; state < other.size(); ++state) {
    if (numbers[state] == none) continue;  // without a count
    StateEnds& mine = ends_[numbers[state]];
    const StateEnds& theirs = other.ends_[state];
    mine.first -= theirs.first;
    mine.conversions -= theirs.conversions;
    mine.nulls -= theirs.nulls;
    mine.value = (Micros{mine.value} - Micros{theirs.value}).units;
  }
  for (const Step& step : other.steps()) {
    slots_[slot_of(key_of(numbers[step.from], step.channel))].count -= step.count;
  }
}

bool operator==(const GramCounts& a, const GramCounts& b) {
  if (a.order_ != b.order_ || !a.contains(b) || !b.contains(a)) return false;
  const std::vector<std::uint32_t> numbers = a.numbers_in(b);
  for (std::uint32_t state = 0; state < b.size(); ++state) {
    const std::int64_t value =
        numbers[state] == GramCounts::none ? 0 : a.ends_[numbers[state]].value;
    if (value != b.ends_[state].value) return false;
  }
  return true;
}

}  // namespace mta

#include "mta/models/worth_batch.hpp"

#include <cassert>
#include <limits>

#include "simd/split_block.hpp"

namespace mta {
namespace {

constexpr std::uint8_t others_group = WorthBatch::longest + 1;

bool fits(Micros amount) noexcept {
  // One comparison: what is below -largest_amount wraps round to the far end.
  const auto above = static_cast<std::uint64_t>((amount + Micros{simd::largest_amount}).units);
  return above <= 2 * static_cast<std::uint64_t>(simd::largest_amount);
}

std::uint8_t group_of(const Worth& worth, std::uint64_t touches) noexcept {
  const bool blocked = static_cast<int>(touches <= WorthBatch::longest) &
                       static_cast<int>(fits(worth.conversions)) &
                       static_cast<int>(fits(worth.value));
  return blocked ? static_cast<std::uint8_t>(touches) : others_group;
}

}  // namespace

void WorthBatch::assign(JourneysView journeys) {
  assert(journeys.size() <= std::numeric_limits<std::uint32_t>::max());
  journeys_ = journeys;
  if (journeys.size() == 0) {
    count_ = 0;
    first_.fill(0);
    return;
  }
  find_worth();
  place();
}

void WorthBatch::find_worth() {
  if (with_worth_.size() < journeys_.size()) {
    with_worth_.resize(journeys_.size());
    group_.resize(journeys_.size());
  }
  // Held in registers: what is written might be of this object, for all the compiler knows.
  std::uint32_t* const with_worth = with_worth_.data();
  std::size_t count = 0;
  const std::size_t journeys = journeys_.size();
  for (std::size_t i = 0; i < journeys; ++i) {  // no branch: nothing tells which have worth
    const Worth& worth = journeys_.end_of(i).worth;
    with_worth[count] = static_cast<std::uint32_t>(i);
    count += (worth.conversions.units | worth.value.units) != 0 ? 1 : 0;
  }
  count_ = count;
  std::uint8_t* const groups = group_.data();
  std::array<std::size_t, longest + 3> first{};
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t i = with_worth[k];
    const JourneyEnd& end = journeys_.end_of(i);
    const std::uint8_t group = group_of(end.worth, end.end_of_touches - journeys_.begin_of(i));
    groups[k] = group;
    ++first[group + std::size_t{1}];
  }
  for (std::size_t group = 1; group < first.size(); ++group) first[group] += first[group - 1];
  first_ = first;
}

void WorthBatch::place() {
  journey_.resize(count_);
  begin_.resize(count_);
  conversions_.resize(count_ + simd::most_lanes);
  value_.resize(count_ + simd::most_lanes);
  std::uint32_t* const journey = journey_.data();
  std::uint64_t* const begin = begin_.data();
  std::int64_t* const conversions = conversions_.data();
  std::int64_t* const value = value_.data();
  const std::uint32_t* const with_worth = with_worth_.data();
  const std::uint8_t* const groups = group_.data();
  auto next = first_;
  for (std::size_t k = 0, count = count_; k < count; ++k) {
    const std::size_t at = next[groups[k]]++;
    const Worth& worth = journeys_.end_of(with_worth[k]).worth;
    journey[at] = with_worth[k];
    begin[at] = journeys_.begin_of(with_worth[k]);
    conversions[at] = worth.conversions.units;
    value[at] = worth.value.units;
  }
}

JourneyBlock WorthBatch::block(std::size_t touches, std::size_t at, std::size_t count) const {
  constexpr std::size_t lanes = simd::most_lanes;
  return {.journeys = journeys_,
          .touches = touches,
          .stride = (count + lanes - 1) / lanes * lanes,
          .journey = std::span(journey_).subspan(at, count),
          .begin = std::span(begin_).subspan(at, count),
          .conversions = std::span(conversions_).subspan(at, count),
          .value = std::span(value_).subspan(at, count)};
}

}  // namespace mta

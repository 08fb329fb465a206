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
  first_.fill(0);
  count_ = 0;
  std::uint64_t begin = journeys_.begin_of(0);
  for (std::size_t i = 0; i < journeys_.size(); ++i) {  // no branch: nothing tells which have worth
    const JourneyEnd& end = journeys_.end_of(i);
    const bool worthy = (end.worth.conversions.units | end.worth.value.units) != 0;
    const std::uint8_t group = group_of(end.worth, end.end_of_touches - begin);
    with_worth_[count_] = static_cast<std::uint32_t>(i);
    group_[count_] = group;
    count_ += worthy ? 1 : 0;
    first_[group + std::size_t{1}] += worthy ? 1 : 0;
    begin = end.end_of_touches;
  }
  for (std::size_t group = 1; group < first_.size(); ++group) first_[group] += first_[group - 1];
}

void WorthBatch::place() {
  journey_.resize(count_);
  begin_.resize(count_);
  conversions_.resize(count_ + simd::most_lanes);
  value_.resize(count_ + simd::most_lanes);
  auto next = first_;
  for (std::size_t k = 0; k < count_; ++k) {
    const std::size_t at = next[group_[k]]++;
    const Worth& worth = journeys_.end_of(with_worth_[k]).worth;
    journey_[at] = with_worth_[k];
    begin_[at] = journeys_.begin_of(with_worth_[k]);
    conversions_[at] = worth.conversions.units;
    value_[at] = worth.value.units;
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

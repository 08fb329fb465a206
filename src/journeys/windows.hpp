#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "journeys/zone_days.hpp"
#include "mta/journeys/lookback.hpp"
#include "mta/journeys/vocabulary.hpp"

namespace mta {

/// A goal's lookback, compiled against a vocabulary: which window a kind of touch has, and its
/// rank. One worker's: it remembers the days of its zone.
///
///   Cost  construction: O(kinds x names) where windows have names; asking: O(1), and a day of the
///         calendar for each of two times where days are asked for
class Windows {
 public:
  static constexpr std::uint32_t no_rank = std::numeric_limits<std::uint32_t>::max();

  Windows(const Lookback& lookback, const Vocabulary& vocabulary);

  /// Whether there is one window by elapsed time for all touches, and nothing else.
  [[nodiscard]] bool are_plain() const noexcept { return !zone_ && of_kind_.empty() && !ranks(); }
  /// Whether a touch of that kind and time is in its window of an end at or after it.
  [[nodiscard]] bool admit(std::uint32_t kind, std::int64_t time, std::int64_t end) {
    return admits(of_kind_.empty() ? bounds_.front() : of_kind_[kind], time, end);
  }
  /// Whether any window reaches so far. What it says of a time it says of all up to `end`.
  [[nodiscard]] bool any_admits(std::int64_t time, std::int64_t end) {
    for (const Bound& bound : bounds_) {
      if (admits(bound, time, end)) return true;
    }
    return false;
  }
  [[nodiscard]] bool ranks() const noexcept { return !ranks_.empty(); }
  /// The smaller, the higher; no_rank: it neither outranks nor gives way. @pre ranks()
  [[nodiscard]] std::uint32_t rank(std::uint32_t kind) const noexcept { return ranks_[kind]; }

 private:
  struct Bound {
    std::int64_t microseconds;
    std::int64_t days;  // their largest number: unlimited
  };
  // Differences of event times fit 64 bits; a time less any lookback may not.
  [[nodiscard]] bool admits(const Bound& bound, std::int64_t time, std::int64_t end) {
    if (end - time > bound.microseconds) return false;
    return bound.days == Lookback::unlimited ||
           zone_->day_of(end) - zone_->day_of(time) <= bound.days;
  }
  [[nodiscard]] Bound add_bound(std::int64_t microseconds, std::optional<std::uint32_t> days);
  void name_windows(const Lookback& lookback, const Vocabulary& vocabulary);
  void name_ranks(const Lookback& lookback, const Vocabulary& vocabulary);

  std::optional<ZoneDays> zone_;  // where any window is by days
  std::vector<Bound> bounds_;     // the goal's own, then those with a name
  std::vector<Bound> of_kind_;    // of each kind; empty: the goal's own for all
  std::vector<std::uint32_t> ranks_;
};

}  // namespace mta

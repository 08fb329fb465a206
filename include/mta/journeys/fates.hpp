#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mta/core/export.hpp"
#include "mta/core/worth_total.hpp"

namespace mta {

/// What became of an event for one goal: exactly one of these (law 4). Rejected rows are in the
/// IngestReport.
enum class Fate : std::uint8_t {
  in_journey,                 ///< a touch of at least one journey
  conversion,                 ///< a conversion that counts
  refund,                     ///< a conversion row with negative value that counts
  not_a_touch,                ///< no conversion; no channel, or not among the goal's `touches`
  outside_window,             ///< a touch older than every conversion's lookback
  removed_by_transform,       ///< a touch that a transform or the Direct policy took out
  censored,                   ///< a touch of a null journey whose window was still open at the end
  of_uncounted_conversion,    ///< a touch of a conversion that does not count
  duplicate_conversion,       ///< another row with its id counts, or the same refund again
  conversion_outside_period,  ///< a conversion or refund
  conversion_not_first,       ///< `per_person` is "first", and this is a later one, or its refund
  outranked,                  ///< a touch in its window, where one of higher precedence was as well
  of_session,                 ///< it might be a touch, but another event of its session is
  not_engaged,                ///< it might be a touch, but its session was not engaged
};
inline constexpr std::size_t fates = 14;
/// "in_journey": the fate as reports spell it.
[[nodiscard]] MTA_EXPORT std::string_view name_of(Fate fate) noexcept;

/// What a goal's journeys were made of. Merging adds.
struct MTA_EXPORT GoalCounts {
  std::array<std::uint64_t, fates> events{};
  std::uint64_t converting_journeys = 0;
  std::uint64_t null_journeys = 0;
  std::uint64_t unattributed_conversions = 0;  ///< conversions without a touch in their window
  std::uint64_t over_refunded_orders = 0;      ///< orders that gave back more than they brought
  std::uint64_t sessions = 0;                  ///< 0 where the goal makes none
  std::uint64_t engaged_sessions = 0;
  WorthTotal booked;        ///< all that counts, unattributed included
  WorthTotal unattributed;  ///< of that, what no touch can take

  void merge(const GoalCounts& other) noexcept;
};

}  // namespace mta

#include "mta/journeys/fates.hpp"

namespace mta {

std::string_view name_of(Fate fate) noexcept {
  constexpr std::array<std::string_view, fates> names = {"in_journey",
                                                         "conversion",
                                                         "refund",
                                                         "not_a_touch",
                                                         "outside_window",
                                                         "removed_by_transform",
                                                         "censored",
                                                         "of_uncounted_conversion",
                                                         "duplicate_conversion",
                                                         "conversion_outside_period",
                                                         "conversion_not_first",
                                                         "outranked",
                                                         "of_session",
                                                         "not_engaged"};
  return names[static_cast<std::size_t>(fate)];
}

void GoalCounts::merge(const GoalCounts& other) noexcept {
  for (std::size_t i = 0; i < fates; ++i) events[i] += other.events[i];
  converting_journeys += other.converting_journeys;
  null_journeys += other.null_journeys;
  unattributed_conversions += other.unattributed_conversions;
  over_refunded_orders += other.over_refunded_orders;
  sessions += other.sessions;
  engaged_sessions += other.engaged_sessions;
  booked.merge(other.booked);
  unattributed.merge(other.unattributed);
}

}  // namespace mta

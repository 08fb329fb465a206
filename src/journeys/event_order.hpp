#pragma once
#include <compare>
#include <cstddef>
#include <vector>

#include "journeys/goal_plan.hpp"

namespace mta {

/// The order of a person's events for a goal, where times leave it open.
///
///   Promises  touches before conversions, and these before refunds; then by content or in order of
///             input, as the goal's ties say
///   Cost      O(events), and a sort of those that have the same time
class EventOrder {
 public:
  EventOrder(const GoalPlan& plan, const BucketEvents& bucket) : plan_(plan), bucket_(bucket) {}

  /// @pre the events are one person's, by time
  void sort(std::vector<BucketEvent>& events) const;

 private:
  void order_ties(std::vector<BucketEvent>::iterator begin,
                  std::vector<BucketEvent>::iterator end) const;
  [[nodiscard]] std::strong_ordering compare_content(const BucketEvent& a, const BucketEvent& b,
                                                     Role role) const noexcept;

  const GoalPlan& plan_;
  const BucketEvents& bucket_;
};

}  // namespace mta

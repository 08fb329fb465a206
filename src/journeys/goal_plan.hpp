#pragma once
#include <cstdint>
#include <span>

#include "journeys/goal_rules.hpp"
#include "journeys/order_index.hpp"
#include "journeys/session_rules.hpp"
#include "journeys/transforms.hpp"
#include "journeys/windows.hpp"

namespace mta {

/// What all persons' journeys of a goal share.
struct GoalPlan {
  const Goal& goal;
  const GoalRules& rules;
  const Windows& windows;
  const SessionRules* sessions;  ///< nothing where the goal makes none
  const PathTransforms& transforms;
  const OrderIndex* orders;      ///< nothing where the goal does not deduplicate
  std::int64_t last_event_time;  ///< of all events of the run: where the data end
  std::span<const GoalRules> stages;
};

}  // namespace mta

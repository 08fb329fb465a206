#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "mta/ingest/time_parser.hpp"
#include "mta/journeys/goal.hpp"

namespace mta {

/// A goal from its JSON object; `times` reads the bounds of its period, and days are those of
/// `zone` unless the goal names another.
[[nodiscard]] Goal parse_goal(const std::string& place, const nlohmann::json& object,
                              TimeParser& times, const std::string& zone);

}  // namespace mta

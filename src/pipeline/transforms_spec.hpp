#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "mta/journeys/goal.hpp"

namespace mta {

/// A goal's `transforms` (docs/formats/spec.md), by our names or by those of fractribution.
/// @throws Error{Errc::invalid_spec} naming the place, the rule and the value given
[[nodiscard]] std::vector<Transform> parse_transforms(const std::string& place,
                                                      const nlohmann::json& given);

}  // namespace mta

#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "mta/journeys/lookback.hpp"

namespace mta {

/// A goal's `lookback` (docs/formats/spec.md); days are those of `zone` unless it names another.
/// @throws Error{Errc::invalid_spec} naming the place, the rule and the value given
[[nodiscard]] Lookback parse_lookback(const std::string& place, const nlohmann::json& given,
                                      const std::string& zone);

}  // namespace mta

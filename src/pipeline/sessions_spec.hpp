#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "mta/journeys/sessions.hpp"

namespace mta {

/// A goal's `sessions` (docs/formats/spec.md): the name of a preset, or an object; a preset's
/// midnight is that of `zone` unless the object names another.
/// @throws Error{Errc::invalid_spec} naming the place, the rule and the value given
[[nodiscard]] Sessions parse_sessions(const std::string& place, const nlohmann::json& given,
                                      const std::string& zone);

}  // namespace mta

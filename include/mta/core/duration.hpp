#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mta/core/export.hpp"
#include "mta/core/units.hpp"

namespace mta {

/// "30d", "12h", "1.5w", "90 m", "10s": a number >= 0 and a unit, in whole microseconds.
/// Nothing where the text is no such duration or exceeds 200,000 years.
[[nodiscard]] MTA_EXPORT std::optional<std::int64_t> parse_duration(std::string_view text) noexcept;

/// The shortest spelling that parse_duration reads back: the largest unit that divides it.
[[nodiscard]] MTA_EXPORT std::string format_duration(std::int64_t microseconds);

}  // namespace mta

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

/// The spelling in the largest unit up to days that divides it ("7d", never "1w"), else in seconds
/// with a fraction; parse_duration reads it back.
[[nodiscard]] MTA_EXPORT std::string format_duration(std::int64_t microseconds);

}  // namespace mta

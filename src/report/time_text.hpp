#pragma once
#include <string>

#include "mta/core/units.hpp"

namespace mta::report {

/// "2026-11-22T08:30:00Z", with six digits of a second's fraction where it has one.
[[nodiscard]] std::string iso_time(TimePoint time);

}  // namespace mta::report

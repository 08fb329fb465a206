#pragma once
#include <string>

#include "mta/core/hash.hpp"
#include "mta/core/units.hpp"

namespace mta::report {

/// "2026-11-22T08:30:00Z", with six digits of a second's fraction where it has one.
[[nodiscard]] std::string iso_time(TimePoint time);

/// A person's key as 24 hexadecimal digits.
[[nodiscard]] std::string person_text(const PersonKey& person);

}  // namespace mta::report

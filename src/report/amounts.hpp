#pragma once
#include <cstdint>
#include <string>

#include "mta/core/units.hpp"

namespace mta::report {

/// "1,234,567".
[[nodiscard]] std::string grouped(std::uint64_t count);

/// "-1,234.57": two places, halves away from zero.
[[nodiscard]] std::string rounded(Micros amount);

/// "1,234.5": every digit that is not a trailing zero, but at least `places` of them (at most six).
[[nodiscard]] std::string exact(Micros amount, std::size_t places);

/// "12.3%" of the whole, halves away from zero; "-" where the whole is not positive.
[[nodiscard]] std::string share(Micros part, Micros whole);

/// "+5.20", "-3.10", "0.00": rounded, with a sign unless it is 0 exactly.
[[nodiscard]] std::string difference(Micros amount, Micros reference);

}  // namespace mta::report

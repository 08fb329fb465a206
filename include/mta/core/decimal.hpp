#pragma once
#include <string>
#include <string_view>

#include "mta/core/export.hpp"
#include "mta/core/units.hpp"

namespace mta {

enum class DecimalStatus {
  ok,
  empty,       ///< nothing but blanks
  malformed,   ///< no decimal number
  not_finite,  ///< "nan", "inf", "infinity" in any case
  overflow,    ///< beyond 2^63 - 1 micro-units
};

struct ParsedMicros {
  Micros value;
  DecimalStatus status = DecimalStatus::empty;
};

/// Decimal text to micro-units, exactly; never through a double.
///
///   Grammar   blanks? [+-]? (digits ["." digits?] | "." digits) ([eE] [+-]? digits)? blanks?
///   Promises  digits beyond the sixth decimal place are rounded half away from zero; "1e-7" is 0
///   Errors    by status, value is then 0
///   Cost      O(text), no allocation
[[nodiscard]] MTA_EXPORT ParsedMicros parse_micros(std::string_view text) noexcept;

/// The micro-units of a double as its shortest decimal text has them, so that a column of doubles
/// and the same column written to a file agree.
[[nodiscard]] MTA_EXPORT ParsedMicros micros_from(double amount) noexcept;

/// "-12.345000": always six places. parse_micros reads it back exactly, but for -2^63 micro-units,
/// which no sum of worth reaches.
[[nodiscard]] MTA_EXPORT std::string format_micros(Micros amount);

}  // namespace mta

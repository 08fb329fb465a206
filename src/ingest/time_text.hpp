#pragma once
// Pieces of times in text, shared by the ISO-8601 reader and the patterns.
#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "core/ascii.hpp"
#include "ingest/civil_time.hpp"

namespace mta {

/// A time as it is written: a date, a time of day, and perhaps an offset.
struct WrittenTime {
  static constexpr std::int64_t no_offset = std::numeric_limits<std::int64_t>::min();
  int year = 0, month = 0, day = 0;
  int hour = 0, minute = 0, second = 0;
  std::int64_t micros = 0;
  std::int64_t offset = no_offset;  ///< microseconds east of UTC

  [[nodiscard]] constexpr bool is_valid() const noexcept {
    return is_date(year, month, day) && hour <= 23 && minute <= 59 && second <= 59;
  }
  /// Microseconds since 1970 as if the zone were UTC.
  [[nodiscard]] constexpr std::int64_t local() const noexcept {
    const std::int64_t seconds =
        days_from_civil(year, month, day) * seconds_per_day + hour * 3'600 + minute * 60 + second;
    return seconds * micros_per_second + micros;
  }
};

/// Takes pieces off the front of a text. Each `take` says whether the piece was there.
class TimeText {
 public:
  explicit constexpr TimeText(std::string_view text) noexcept : rest_(text) {}

  [[nodiscard]] constexpr bool at_end() const noexcept { return rest_.empty(); }
  [[nodiscard]] constexpr char front() const noexcept {
    return rest_.empty() ? '\0' : rest_.front();
  }

  constexpr bool take(char c) noexcept {
    if (front() != c || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// One or more blanks.
  constexpr bool take_blanks() noexcept {
    if (rest_.empty() || !is_blank(rest_.front())) return false;
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
    return true;
  }

  /// A number of `least` to `most` digits, as many as there are.
  constexpr bool take_number(std::size_t least, std::size_t most, int& number) noexcept {
    std::size_t digits = 0;
    int sum = 0;
    while (digits < most && digits < rest_.size() && is_digit(rest_[digits])) {
      sum = sum * 10 + (rest_[digits] - '0');
      ++digits;
    }
    if (digits < least) return false;
    number = sum;
    rest_.remove_prefix(digits);
    return true;
  }

  /// One or more digits after a decimal point; those beyond the sixth only have to be digits.
  constexpr bool take_fraction(std::int64_t& micros) noexcept {
    std::size_t digits = 0;
    std::int64_t sum = 0, scale = micros_per_second;
    for (; digits < rest_.size() && is_digit(rest_[digits]); ++digits) {
      if (scale == 1) continue;
      scale /= 10;
      sum += (rest_[digits] - '0') * scale;
    }
    rest_.remove_prefix(digits);
    micros = sum;
    return digits > 0;
  }

  /// "Z", "UTC", "+hh", "+hhmm" or "+hh:mm".
  constexpr bool take_offset(std::int64_t& offset) noexcept {
    offset = 0;
    if (rest_.substr(0, 3) == "UTC") {
      rest_.remove_prefix(3);
      return true;
    }
    if (take('Z') || take('z')) return true;
    const bool west = front() == '-';
    int hours = 0, minutes = 0;
    if (!(take('+') || take('-')) || !take_number(2, 2, hours)) return false;
    if (take(':') ? !take_number(2, 2, minutes)
                  : is_digit(front()) && !take_number(2, 2, minutes)) {
      return false;
    }
    const std::int64_t size = (hours * 3'600 + minutes * 60) * micros_per_second;
    offset = west ? -size : size;
    return hours <= 23 && minutes <= 59;
  }

 private:
  std::string_view rest_;
};

}  // namespace mta

#pragma once
// The proleptic Gregorian calendar in integers (Howard Hinnant, "chrono-Compatible Low-Level Date
// Algorithms"), and the bounds of the times that mta reads.
#include <cstdint>

namespace mta {

inline constexpr std::int64_t micros_per_second = 1'000'000;
inline constexpr std::int64_t seconds_per_day = 86'400;
inline constexpr std::int64_t micros_per_day = seconds_per_day * micros_per_second;

/// Days from 1970-01-01 to a date of the years -399 to 10^6; month and day in range.
constexpr std::int64_t days_from_civil(int year, int month, int day) noexcept {
  // Years begin in March and are counted from -400, so that all divisions are of unsigned numbers.
  const auto y = static_cast<std::uint32_t>(year + 400 - (month <= 2 ? 1 : 0));
  const auto m = static_cast<std::uint32_t>(month > 2 ? month - 3 : month + 9);
  const std::uint32_t day_of_year = (153 * m + 2) / 5 + static_cast<std::uint32_t>(day) - 1;
  const std::uint32_t days = 365 * y + y / 4 - y / 100 + y / 400 + day_of_year;
  return static_cast<std::int64_t>(days) - 146'097 - 719'468;
}
static_assert(days_from_civil(1970, 1, 1) == 0 && days_from_civil(2000, 3, 1) == 11'017);

struct CivilDate {
  std::int64_t year;
  int month, day;
};

constexpr CivilDate civil_from_days(std::int64_t days) noexcept {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const std::int64_t doe = days - era * 146'097;
  const std::int64_t yoe = (doe - doe / 1'460 + doe / 36'524 - doe / 146'096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t shifted_month = (5 * doy + 2) / 153;
  const int day = static_cast<int>(doy - (153 * shifted_month + 2) / 5 + 1);
  const int month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  return {yoe + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

constexpr bool is_leap_year(int year) noexcept {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

constexpr bool is_date(int year, int month, int day) noexcept {
  if (month < 1 || month > 12 || day < 1) return false;
  if (month == 2) return day <= (is_leap_year(year) ? 29 : 28);
  const bool is_short = month == 4 || month == 6 || month == 9 || month == 11;
  return day <= (is_short ? 30 : 31);
}

/// Times of the years 0000 to 9999, the only ones that a reader gives out.
inline constexpr std::int64_t earliest_time = days_from_civil(0, 1, 1) * micros_per_day;
inline constexpr std::int64_t latest_time = days_from_civil(10'000, 1, 1) * micros_per_day - 1;

constexpr bool is_time_in_range(std::int64_t micros) noexcept {
  return micros >= earliest_time && micros <= latest_time;
}

/// The quotient rounded towards minus infinity; divisor > 0.
constexpr std::int64_t floor_divide(std::int64_t dividend, std::int64_t divisor) noexcept {
  const std::int64_t quotient = dividend / divisor;
  return quotient - (dividend % divisor < 0 ? 1 : 0);
}

}  // namespace mta

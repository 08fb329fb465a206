#include "report/time_text.hpp"

#include <array>
#include <cinttypes>
#include <cstdio>

#include "ingest/civil_time.hpp"

namespace mta::report {

std::string iso_time(TimePoint time) {
  std::int64_t days = time.micros / micros_per_day, rest = time.micros % micros_per_day;
  if (rest < 0) --days, rest += micros_per_day;
  const CivilDate date = civil_from_days(days);
  const std::int64_t seconds = rest / micros_per_second, micros = rest % micros_per_second;
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(),
                "%04" PRId64 "-%02d-%02dT%02" PRId64 ":%02" PRId64 ":%02" PRId64, date.year,
                date.month, date.day, seconds / 3600, seconds / 60 % 60, seconds % 60);
  std::string iso = text.data();
  if (micros != 0) {
    std::snprintf(text.data(), text.size(), ".%06" PRId64, micros);
    iso += text.data();
  }
  return iso + 'Z';
}

}  // namespace mta::report

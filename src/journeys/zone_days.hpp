#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "ingest/civil_time.hpp"

namespace mta {

/// Days of the calendar in one zone: a fixed offset, or an IANA zone whose offsets are looked up
/// once per stretch between two changes of the clock. One worker's: it remembers what it found.
class ZoneDays {
 public:
  /// @throws Error{Errc::invalid_option} where the zone is neither an offset nor a known name.
  explicit ZoneDays(std::string_view zone);

  /// Number of the local day, since 1970, that a moment (microseconds UTC) falls on.
  [[nodiscard]] std::int64_t day_of(std::int64_t utc) {
    if (utc < stretch_.begin || utc >= stretch_.end) stretch_ = find(utc);
    return floor_divide(utc + stretch_.offset, micros_per_day);
  }

 private:
  struct Stretch {
    std::int64_t begin, end;  // microseconds UTC [begin, end) that `offset` applies to
    std::int64_t offset;
  };
  [[nodiscard]] Stretch find(std::int64_t utc);

  const void* zone_ = nullptr;  // a date::time_zone of the process-wide database
  Stretch stretch_;
  std::vector<Stretch> known_;
};

}  // namespace mta

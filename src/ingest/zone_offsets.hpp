#pragma once
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace mta {

/// Local times of one zone to UTC: a fixed offset, or an IANA zone whose offsets are looked up once
/// per stretch between two changes of the clock, never per row.
class ZoneOffsets {
 public:
  /// @throws Error{Errc::invalid_option} where the zone is neither an offset nor a known name.
  explicit ZoneOffsets(std::string_view zone);

  /// Microseconds of local time, counted as if it were UTC, to microseconds UTC.
  [[nodiscard]] std::int64_t to_utc(std::int64_t local) {
    if (local < stretch_.begin || local >= stretch_.end) stretch_ = find(local);
    return local - stretch_.offset;
  }

 private:
  struct Stretch {
    std::int64_t begin, end;  // local microseconds [begin, end) that `offset` applies to
    std::int64_t offset;
  };
  [[nodiscard]] Stretch find(std::int64_t local);

  const void* zone_ = nullptr;  // a date::time_zone of the process-wide database
  Stretch stretch_;
  std::vector<Stretch> known_;
};

}  // namespace mta

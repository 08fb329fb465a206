#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "ingest/civil_time.hpp"
#include "ingest/common_time.hpp"
#include "ingest/time_pattern.hpp"
#include "ingest/time_text.hpp"
#include "ingest/zone_offsets.hpp"
#include "mta/core/units.hpp"

namespace mta {

/// What TimeParser promises, for loops over the rows of a file: the common spelling is read where
/// it is called.
class TextTimes {
 public:
  /// @throws Error{Errc::invalid_option} for a bad pattern or unknown zone
  TextTimes(std::string_view format, std::string_view zone);

  /// False where the text is no time of years 0000 to 9999. (An optional that comes back in two
  /// parts of different width costs as much as reading the text.)
  [[nodiscard]] bool read(std::string_view text, TimePoint& time) {
    if (text.size() == utc_size_ && common_.read_utc(text.data(), time.micros)) return true;
    return read_other(text, time);
  }

 private:
  enum class EpochUnit : std::uint8_t { by_digits, seconds, milliseconds, microseconds };

  static std::optional<TimePoint> read_epoch(std::string_view text, EpochUnit unit) noexcept;
  static std::int64_t micros_per_unit(EpochUnit unit, std::size_t digits) noexcept;
  bool read_other(std::string_view text, TimePoint& time);
  std::optional<TimePoint> parse_other(std::string_view text);
  std::optional<TimePoint> parse_pattern(std::string_view text);
  std::optional<TimePoint> to_utc(const WrittenTime& time);

  CommonTime common_;
  ZoneOffsets zone_;
  EpochUnit unit_ = EpochUnit::by_digits;
  bool reads_iso_ = true;                        // where a text has the form of it
  std::size_t utc_size_ = CommonTime::utc_size;  // or of no text, where it does not
  std::optional<TimePattern> pattern_;
};

}  // namespace mta

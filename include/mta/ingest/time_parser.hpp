#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "mta/core/export.hpp"
#include "mta/core/units.hpp"

namespace mta {

/// Reads times in one format and zone. Not shared between threads: it caches the last day.
///
///   Accepts   ISO-8601 "YYYY-MM-DD" alone (midnight) or with 'T', 't' or blanks and
///             H[H]:MM[:SS[.fff]], then nothing, or 'Z', "UTC" or +hh[[:]mm], blanks before it
///             or none; epoch seconds, ms, us; or the pattern given (docs/formats/times.md)
///   Promises  digits beyond the microsecond are cut off (towards the past); a time that a zone
///             skips or repeats is read as the earlier of its offsets says (docs/formats/times.md)
///   Errors    construction: @throws Error{Errc::invalid_option} for a bad pattern or unknown zone;
///             parse: nothing for text that is no time of years 0000 to 9999
class MTA_EXPORT TimeParser {
 public:
  explicit TimeParser(std::string_view format = "", std::string_view zone = "UTC");
  TimeParser(TimeParser&&) noexcept;
  TimeParser& operator=(TimeParser&&) noexcept;
  ~TimeParser();

  [[nodiscard]] std::optional<TimePoint> parse(std::string_view text) {
    TimePoint time;
    return read(text, time) ? std::optional(time) : std::nullopt;
  }
  /// The same for loops: false where `parse` gives nothing. (An optional that comes back in two
  /// parts of different width costs as much as reading the text.)
  [[nodiscard]] bool read(std::string_view text, TimePoint& time);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// "2024-03-01T12:00:00.000000Z": microseconds always shown.
[[nodiscard]] MTA_EXPORT std::string format_time(TimePoint time);

}  // namespace mta

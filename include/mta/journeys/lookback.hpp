#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace mta {

/// A window for touches of one name: elapsed time, whole days of the calendar, or both, inclusive.
struct NamedWindow {
  std::string name;
  std::int64_t microseconds = std::numeric_limits<std::int64_t>::max();
  std::optional<std::uint32_t> days = {};
  friend bool operator==(const NamedWindow&, const NamedWindow&) = default;
};

/// How far back a touch may lie and still count. It must be inside every bound that concerns it;
/// each is inclusive.
///
///   microseconds  elapsed time between touch and conversion
///   days          how many days of the calendar in `zone` the touch's day is before the
///                 conversion's: 0 is the same day, however many hours that has
///   by_event      the window of touches of one event name, by_channel of one channel: it takes
///                 the place of microseconds and days for them. Where a touch has both, it must be
///                 inside both
///   precedence    names of events, a rank each, the highest first. Where a touch of a listed event
///                 is inside its window, those of lower ranks do not count for that conversion, be
///                 they later or earlier: a click outranks a view. Events that are not listed
///                 neither outrank nor give way
///   touches       of what is left, the last so many
struct Lookback {
  static constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();
  std::int64_t microseconds = 30LL * 86'400 * 1'000'000;
  std::uint64_t touches = std::numeric_limits<std::uint64_t>::max();
  std::optional<std::uint32_t> days = {};
  std::string zone = "UTC";  ///< of days: an IANA name, or an offset such as "+02:00"
  std::vector<NamedWindow> by_event = {};
  std::vector<NamedWindow> by_channel = {};
  std::vector<std::vector<std::string>> precedence = {};
  friend bool operator==(const Lookback&, const Lookback&) = default;
};

}  // namespace mta

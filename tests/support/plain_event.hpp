#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mta::test {

/// An event as a person would write it down.
struct PlainEvent {
  std::string visitor;
  std::int64_t time = 0;  ///< microseconds since 1970
  std::string event;
  std::string channel;
  std::int64_t value = 0;  ///< micro-units
  std::string order;
  std::map<std::string, std::string> dimensions;
};

/// "3d", "1d+12h", "-2h": a duration, or a sum of them, since 1970.
[[nodiscard]] std::int64_t plain_time(std::string_view text);

/// Events, one a line: "ann 1d click search", "ann 3d buy - 20 order=o1 campaign=spring". A channel
/// of "-" is none; value and dimensions may be left out.
[[nodiscard]] std::vector<PlainEvent> plain_events(std::string_view text);

/// A dimension of an event by the name that a breakdown or filter gives it; empty where it has
/// none.
[[nodiscard]] std::string dimension_of(const PlainEvent& event, const std::string& name);

}  // namespace mta::test

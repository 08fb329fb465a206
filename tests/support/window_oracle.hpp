#pragma once
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "mta/journeys/lookback.hpp"
#include "support/plain_event.hpp"

namespace mta::test {

/// Days of the calendar where clocks are never set: "UTC", or an offset such as "+05:30".
inline std::int64_t plain_day(const std::string& zone, std::int64_t time) {
  std::int64_t minutes = 0;
  if (zone != "UTC") {
    minutes = std::stoll(zone.substr(1, 2)) * 60 + std::stoll(zone.substr(4, 2));
    if (zone[0] == '-') minutes = -minutes;
  }
  const std::int64_t day = 86'400'000'000, local = time + minutes * 60'000'000;
  return (local - ((local % day) + day) % day) / day;
}

/// A goal's lookback as its contract reads, every name looked up by its text.
class WindowOracle {
 public:
  explicit WindowOracle(const Lookback& lookback) : lookback_(lookback) {}

  [[nodiscard]] bool admits(const PlainEvent& touch, std::int64_t time, std::int64_t end) const {
    bool named = false, inside = true;
    for (const NamedWindow& window : lookback_.by_event) {
      if (window.name != touch.event) continue;
      named = true;
      inside = inside && reaches(window, time, end);
    }
    for (const NamedWindow& window : lookback_.by_channel) {
      if (window.name != touch.channel) continue;
      named = true;
      inside = inside && reaches(window, time, end);
    }
    return named ? inside : reaches(own(), time, end);
  }
  [[nodiscard]] bool any_admits(std::int64_t time, std::int64_t end) const {
    const auto reach = [&](const NamedWindow& window) { return reaches(window, time, end); };
    return reach(own()) ||
           std::any_of(lookback_.by_event.begin(), lookback_.by_event.end(), reach) ||
           std::any_of(lookback_.by_channel.begin(), lookback_.by_channel.end(), reach);
  }
  /// Whether no touch of a path outranks one of them.
  [[nodiscard]] bool ranks_first(const std::vector<std::size_t>& path, std::size_t touch,
                                 const std::vector<PlainEvent>& events) const {
    const int own = rank(events[touch]);
    return std::none_of(path.begin(), path.end(), [&](std::size_t other) {
      return own >= 0 && rank(events[other]) >= 0 && rank(events[other]) < own;
    });
  }

 private:
  [[nodiscard]] NamedWindow own() const { return {"", lookback_.microseconds, lookback_.days}; }
  [[nodiscard]] bool reaches(const NamedWindow& window, std::int64_t time, std::int64_t end) const {
    if (end - time > window.microseconds) return false;
    return !window.days || plain_day(lookback_.zone, end) - plain_day(lookback_.zone, time) <=
                               std::int64_t{*window.days};
  }
  [[nodiscard]] int rank(const PlainEvent& event) const {
    for (std::size_t r = 0; r < lookback_.precedence.size(); ++r) {
      for (const std::string& name : lookback_.precedence[r]) {
        if (name == event.event) return static_cast<int>(r);
      }
    }
    return -1;
  }

  const Lookback& lookback_;
};

}  // namespace mta::test

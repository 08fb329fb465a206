#pragma once
#include <cstdint>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/duration.hpp"
#include "support/journeys_from.hpp"

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
inline std::int64_t plain_time(std::string_view text) {
  const bool negative = text.front() == '-';
  std::int64_t sum = 0;
  std::istringstream terms{std::string(text.substr(negative ? 1 : 0))};
  for (std::string term; std::getline(terms, term, '+');) {
    const auto duration = parse_duration(term);
    if (!duration) throw std::invalid_argument("no time: " + std::string(text));
    sum += *duration;
  }
  return negative ? -sum : sum;
}

/// Events, one a line: "ann 1d click search", "ann 3d buy - 20 order=o1 campaign=spring". A channel
/// of "-" is none; value and dimensions may be left out.
inline std::vector<PlainEvent> plain_events(std::string_view text) {
  std::vector<PlainEvent> events;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    PlainEvent event;
    std::string time;
    if (!(words >> event.visitor >> time >> event.event >> event.channel)) continue;
    event.time = plain_time(time);
    if (event.channel == "-") event.channel.clear();
    for (std::string word; words >> word;) {
      const std::size_t equals = word.find('=');
      if (equals == std::string::npos) {
        event.value = micros_of(word).units;
      } else if (word.substr(0, equals) == "order") {
        event.order = word.substr(equals + 1);
      } else {
        event.dimensions[word.substr(0, equals)] = word.substr(equals + 1);
      }
    }
    events.push_back(event);
  }
  return events;
}

/// A dimension of an event by the name that a breakdown or filter gives it; empty where it has
/// none.
inline std::string dimension_of(const PlainEvent& event, const std::string& name) {
  if (name == "channel") return event.channel;
  if (name == "event") return event.event;
  const auto at = event.dimensions.find(name);
  return at == event.dimensions.end() ? std::string{} : at->second;
}

}  // namespace mta::test

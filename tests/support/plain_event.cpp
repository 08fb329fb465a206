#include "support/plain_event.hpp"

#include <sstream>
#include <stdexcept>

#include "mta/core/duration.hpp"
#include "support/journeys_from.hpp"

namespace mta::test {

std::int64_t plain_time(std::string_view text) {
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

std::vector<PlainEvent> plain_events(std::string_view text) {
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

std::string dimension_of(const PlainEvent& event, const std::string& name) {
  if (name == "channel") return event.channel;
  if (name == "event") return event.event;
  const auto at = event.dimensions.find(name);
  return at == event.dimensions.end() ? std::string{} : at->second;
}

}  // namespace mta::test

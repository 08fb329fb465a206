#pragma once
#include <algorithm>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/journeys_from.hpp"
#include "support/plain_table.hpp"

namespace mta::test {

/// The journeys of the sample by the default rules, the naive way: everything sorted, nothing
/// bucketed. All its times are of July 2018 in the form "2018-07-22T20:40:41Z".
class KaggleJourneys {
 public:
  explicit KaggleJourneys(const std::string& csv) {
    const PlainTable table = PlainTable::text(csv);
    std::map<std::string, std::vector<Event>> events_of;
    for (const PlainTable::Row& row : table.rows()) {
      events_of[table.at(row, "customer_id")].push_back(
          {seconds_of(table.at(row, "time")), table.at(row, "interaction") == "conversion",
           table.at(row, "channel"), table.at(row, "conversion_value")});
    }
    for (auto& [customer, events] : events_of) {
      std::sort(events.begin(), events.end());
      add_customer(events);
    }
  }

  [[nodiscard]] const std::vector<WrittenJourney>& all() const { return journeys_; }

 private:
  static constexpr std::int64_t window = 30 * 86'400;

  struct Event {
    std::int64_t time;
    bool converts;
    std::string channel, value;
    friend auto operator<=>(const Event&, const Event&) = default;
  };

  static std::int64_t seconds_of(const std::string& time) {
    if (time.size() != 20 || time.substr(0, 8) != "2018-07-") {
      throw std::runtime_error("not of July 2018: " + time);
    }
    const auto two = [&](std::size_t at) { return std::stoll(time.substr(at, 2)); };
    return two(8) * 86'400 + two(11) * 3'600 + two(14) * 60 + two(17);
  }

  void add_customer(const std::vector<Event>& events) {
    std::vector<Event> open;
    for (const Event& event : events) {
      open.push_back(event);
      if (!event.converts) continue;
      std::erase_if(open, [&](const Event& touch) { return touch.time < event.time - window; });
      add(open, {0,
                 {one_conversion, micros_of(event.value)},
                 one_conversion,
                 Outcome::converted,
                 {},
                 {}});
      open.clear();
    }
    std::vector<Event> null;
    for (const Event& event : open) {
      if (!null.empty() && event.time - null.back().time > window) add_null(null);
      null.push_back(event);
    }
    if (!null.empty()) add_null(null);
  }

  void add_null(std::vector<Event>& events) {
    add(events, {0, {}, one_conversion, Outcome::null, {}, {}});
    events.clear();
  }

  void add(const std::vector<Event>& events, const JourneyEnd& end) {
    WrittenJourney& journey = journeys_.emplace_back();
    for (const Event& event : events) journey.channels.push_back(event.channel);
    journey.end = end;
  }

  std::vector<WrittenJourney> journeys_;
};

}  // namespace mta::test

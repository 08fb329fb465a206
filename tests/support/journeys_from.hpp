#pragma once
#include <algorithm>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/decimal.hpp"
#include "mta/core/duration.hpp"
#include "mta/journeys/journeys.hpp"

namespace mta::test {

/// Journeys and the names of their channels, in byte order; of their events and stages as well.
struct NamedJourneys {
  std::vector<std::string> names;
  Journeys journeys;
  std::vector<std::string> events = {};
  std::vector<std::uint32_t> event_of_touch = {};
  std::vector<std::string> stages = {};

  [[nodiscard]] JourneysView view() const {
    return events.empty() ? journeys.view() : journeys.view().with_events(event_of_touch);
  }
};

/// One journey as text, before channels have numbers.
struct WrittenJourney {
  std::vector<std::string> channels;
  std::vector<Seconds> ages;  ///< empty, or one for each channel
  JourneyEnd end;
  std::vector<std::string> events = {};              ///< empty, or one for each channel
  std::map<std::string, std::uint32_t> stages = {};  ///< the touch that holds each
};

using Numbers = std::map<std::string, std::uint32_t>;

/// Numbers names in byte order, and lists them.
inline std::vector<std::string> number_all(Numbers& numbers) {
  std::vector<std::string> names;
  for (auto& [name, number] : numbers) {
    number = static_cast<std::uint32_t>(names.size());
    names.push_back(name);
  }
  return names;
}

inline void end_journey(NamedJourneys& named, const WrittenJourney& journey) {
  std::vector<std::uint32_t> stage;
  for (const std::string& name : named.stages) {
    const auto at = journey.stages.find(name);
    stage.push_back(at == journey.stages.end() ? Journey::no_touch : at->second);
  }
  named.journeys.end(journey.end, stage);
}

inline NamedJourneys numbered(const std::vector<WrittenJourney>& written) {
  Numbers numbers, events, stages;
  for (const WrittenJourney& journey : written) {
    for (const std::string& channel : journey.channels) numbers.emplace(channel, 0);
    for (const std::string& event : journey.events) events.emplace(event, 0);
    for (const auto& [stage, touch] : journey.stages) stages.emplace(stage, 0);
  }
  NamedJourneys named{number_all(numbers), {}, number_all(events), {}, number_all(stages)};
  named.journeys.set_stages(named.stages.size());
  for (const WrittenJourney& journey : written) {
    for (const std::string& event : journey.events) {
      named.event_of_touch.push_back(events.at(event));
    }
    for (std::size_t t = 0; t < journey.channels.size(); ++t) {
      const auto id = static_cast<ChannelId>(numbers.at(journey.channels[t]));
      const auto row = static_cast<std::uint32_t>(named.journeys.touches());
      if (journey.ages.empty()) {
        named.journeys.add_touch(id, row);
      } else {
        named.journeys.add_touch(id, journey.ages[t], row);
      }
    }
    end_journey(named, journey);
  }
  return named;
}

inline Micros micros_of(const std::string& text) {
  const ParsedMicros parsed = parse_micros(text);
  if (parsed.status != DecimalStatus::ok) throw std::invalid_argument("no number: " + text);
  return parsed.value;
}

/// What follows "=>": "20" (one conversion of that value), "3x 20" (three, of 20 in all), "null",
/// "3x null", "refund -20"; "own 20": the last touch is the conversion's own row.
inline JourneyEnd end_from(std::istringstream& words) {
  JourneyEnd end;
  end.count = one_conversion;
  end.outcome = Outcome::converted;
  std::string word;
  words >> word;
  if (word == "own") {
    end.own_touch = true;
    words >> word;
  }
  if (word.back() == 'x') {
    word.pop_back();
    end.count = micros_of(word);
    words >> word;
  }
  if (word == "null") {
    end.outcome = Outcome::null;
    return end;
  }
  if (word == "refund") {
    end.outcome = Outcome::refunded;
    end.count = Micros{0};
    words >> word;
  }
  end.worth = {end.count, micros_of(word)};
  return end;
}

/// Cuts what stands after the last `mark` off a word; empty where there is none.
inline std::string cut_off(std::string& word, char mark) {
  const std::size_t at = word.rfind(mark);
  if (at == std::string::npos) return {};
  std::string rest = word.substr(at + 1);
  word.resize(at);
  return rest;
}

/// "email", "email@3d", "email:click@3d+lead": the channel, its event, its age, the stages that it
/// holds.
inline void add_written_touch(WrittenJourney& journey, std::string word) {
  for (std::string stage = cut_off(word, '+'); !stage.empty(); stage = cut_off(word, '+')) {
    journey.stages[stage] = static_cast<std::uint32_t>(journey.channels.size());
  }
  if (const std::string written = cut_off(word, '@'); !written.empty()) {
    const auto age = parse_duration(written);
    if (!age) throw std::invalid_argument("no age: " + written);
    journey.ages.push_back(Seconds(static_cast<double>(*age) / 1e6));
  }
  if (std::string event = cut_off(word, ':'); !event.empty()) journey.events.push_back(event);
  journey.channels.push_back(word);
}

/// Journeys, one a line: "email@3d search@1d => 20". Ages and events are left out in all touches or
/// in none.
inline NamedJourneys journeys_from(std::string_view text) {
  std::vector<WrittenJourney> written;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    WrittenJourney journey;
    std::string word;
    while (words >> word && word != "=>") add_written_touch(journey, word);
    if (journey.channels.empty()) continue;
    journey.end = end_from(words);
    written.push_back(journey);
  }
  return numbered(written);
}

}  // namespace mta::test

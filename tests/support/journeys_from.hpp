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

/// Journeys and the names of their channels, in byte order.
struct NamedJourneys {
  std::vector<std::string> names;
  Journeys journeys;
};

/// One journey as text, before channels have numbers.
struct WrittenJourney {
  std::vector<std::string> channels;
  std::vector<Seconds> ages;  ///< empty, or one for each channel
  JourneyEnd end;
};

inline NamedJourneys numbered(const std::vector<WrittenJourney>& written) {
  std::map<std::string, std::uint32_t> numbers;
  for (const WrittenJourney& journey : written) {
    for (const std::string& channel : journey.channels) numbers.emplace(channel, 0);
  }
  NamedJourneys named;
  for (auto& [name, number] : numbers) {
    number = static_cast<std::uint32_t>(named.names.size());
    named.names.push_back(name);
  }
  for (const WrittenJourney& journey : written) {
    for (std::size_t t = 0; t < journey.channels.size(); ++t) {
      const auto id = static_cast<ChannelId>(numbers.at(journey.channels[t]));
      const auto row = static_cast<std::uint32_t>(named.journeys.touches());
      if (journey.ages.empty()) {
        named.journeys.add_touch(id, row);
      } else {
        named.journeys.add_touch(id, journey.ages[t], row);
      }
    }
    named.journeys.end(journey.end);
  }
  return named;
}

inline Micros micros_of(const std::string& text) {
  const ParsedMicros parsed = parse_micros(text);
  if (parsed.status != DecimalStatus::ok) throw std::invalid_argument("no number: " + text);
  return parsed.value;
}

/// What follows "=>": "20" (one conversion of that value), "3x 20" (three, of 20 in all), "null",
/// "3x null", "refund -20".
inline JourneyEnd end_from(std::istringstream& words) {
  JourneyEnd end;
  end.count = one_conversion;
  end.outcome = Outcome::converted;
  std::string word;
  words >> word;
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

/// Journeys, one a line: "email@3d search@1d => 20". Ages are left out in all touches or in none.
inline NamedJourneys journeys_from(std::string_view text) {
  std::vector<WrittenJourney> written;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    WrittenJourney journey;
    std::string word;
    while (words >> word && word != "=>") {
      const std::size_t at = word.find('@');
      journey.channels.push_back(word.substr(0, at));
      if (at == std::string::npos) continue;
      const auto age = parse_duration(word.substr(at + 1));
      if (!age) throw std::invalid_argument("no age: " + word);
      journey.ages.push_back(Seconds(static_cast<double>(*age) / 1e6));
    }
    if (journey.channels.empty()) continue;
    journey.end = end_from(words);
    written.push_back(journey);
  }
  return numbered(written);
}

}  // namespace mta::test

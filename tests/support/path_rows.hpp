#pragma once
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "support/journey_ends.hpp"
#include "support/journeys_from.hpp"

namespace mta::test {

/// A row of a path table as two journeys at most: its conversions, and its nulls.
inline void add_path(std::vector<WrittenJourney>& written, const std::string& path, Worth worth,
                     Micros nulls) {
  WrittenJourney journey;
  std::istringstream channels(path);
  for (std::string channel; std::getline(channels, channel, '>');) {
    const std::size_t begin = channel.find_first_not_of(' ');
    const std::size_t end = channel.find_last_not_of(' ');
    journey.channels.push_back(channel.substr(begin, end - begin + 1));
  }
  if (worth.conversions.units != 0) {
    journey.end = converted(worth);
    written.push_back(journey);
  }
  if (nulls.units != 0) {
    journey.end = not_converted(nulls);
    written.push_back(journey);
  }
}

inline std::vector<std::vector<std::string>> plain_csv(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> row;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
    rows.push_back(row);
  }
  return rows;
}

/// path,total_conversions,total_conversion_value,total_null
inline NamedJourneys path_rows(const std::filesystem::path& file) {
  std::vector<WrittenJourney> written;
  const auto rows = plain_csv(file);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    add_path(written, rows[i][0], {micros_of(rows[i][1]), micros_of(rows[i][2])},
             micros_of(rows[i][3]));
  }
  return numbered(written);
}

}  // namespace mta::test

#pragma once
// The files of data/channels, as they stand: src/ingest/CMakeLists.txt compiles them in.
#include <cstddef>
#include <string_view>

namespace mta::shipped {

extern const std::string_view additions;
extern const std::string_view click_ids;
extern const std::string_view ga4_rules;
extern const std::string_view ga4_sources;
extern const std::string_view payment_providers;
extern const std::string_view referrers;

/// Hands each line that is no comment to `take`.
template <typename Take>
void for_each_line(std::string_view text, Take take) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (!line.empty() && line.front() != '#') take(line);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
}

/// Cuts the text before the next comma off a line.
[[nodiscard]] inline std::string_view take_field(std::string_view& line) {
  const std::size_t comma = line.find(',');
  const std::string_view field = line.substr(0, comma);
  line = comma == std::string_view::npos ? std::string_view{} : line.substr(comma + 1);
  return field;
}

}  // namespace mta::shipped

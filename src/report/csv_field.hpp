#pragma once
#include <string>
#include <string_view>

namespace mta::report {

/// RFC 4180: a field with a delimiter, a quote or a line break stands in quotes, its quotes
/// doubled.
[[nodiscard]] inline std::string csv_field(std::string_view field) {
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(field);
  std::string text = "\"";
  for (const char c : field) text.append(c == '"' ? 2 : 1, c);
  return text + '"';
}

}  // namespace mta::report

#pragma once
// How identifiers and blocked values look at texts; digits and lower case are those of ingest.
#include <string_view>

#include "ingest/time_text.hpp"  // is_digit
#include "ingest/url_split.hpp"  // lower, lowered

namespace mta {

inline std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view blanks = " \t\r\n\v\f";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace mta

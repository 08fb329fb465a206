#pragma once
// How identifiers and blocked values look at texts: any blank of ASCII counts, unlike in numbers.
#include <string_view>

#include "core/ascii.hpp"

namespace mta {

inline std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view blanks = " \t\r\n\v\f";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace mta

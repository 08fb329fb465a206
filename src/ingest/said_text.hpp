#pragma once
#include <string_view>

#include "ingest/time_text.hpp"
#include "ingest/url_split.hpp"

namespace mta {

/// A text without blanks around it; empty where it is a word that trackers write for nothing.
[[nodiscard]] inline std::string_view said(std::string_view text) noexcept {
  text = trim_blanks(text);
  for (const std::string_view nothing : {"null", "undefined", "(not set)"}) {
    if (equal_but_case(text, nothing)) return {};
  }
  return text;
}

}  // namespace mta

#include "mta/identity/blocked_values.hpp"

#include <algorithm>

#include "identity/text_form.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

/// A pattern against a text, `*` taken back one character at a time from the last one met.
bool matches(std::string_view pattern, std::string_view text) noexcept {
  std::size_t p = 0, star = std::string_view::npos, from = 0;
  for (std::size_t t = 0; t < text.size();) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == lower(text[t]))) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++from;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

bool equal(std::string_view value, std::string_view text) noexcept {
  return std::equal(value.begin(), value.end(), text.begin(), text.end(),
                    [](char a, char b) { return a == lower(b); });
}

std::string checked(const char* field, const std::string& text) {
  if (!trimmed(text).empty()) return lowered(trimmed(text));
  throw Error(Errc::invalid_option, std::string("identity.blocked.") + field +
                                        " must hold texts that are not blank, got '" + text + "'");
}

}  // namespace

BlockedValues::BlockedValues(const BlockedValueOptions& options) {
  for (const std::string& value : options.values) {
    std::string text = checked("values", value);
    const bool plain = text.find_first_of("*?") == std::string::npos;
    (plain ? values_ : patterns_).push_back(std::move(text));
  }
  for (const std::string& set : options.only_of) only_of_.push_back(checked("only_of", set));
  std::stable_sort(values_.begin(), values_.end(),
                   [](const auto& a, const auto& b) { return a.size() < b.size(); });
}

bool BlockedValues::blocks(std::string_view text) const noexcept {
  text = trimmed(text);
  const auto shorter = [](const std::string& value, std::size_t size) {
    return value.size() < size;
  };
  auto value = std::lower_bound(values_.begin(), values_.end(), text.size(), shorter);
  for (; value != values_.end() && value->size() == text.size(); ++value) {
    if (equal(*value, text)) return true;
  }
  const auto in = [text](const std::string& set) {
    return std::all_of(text.begin(), text.end(),
                       [&](char c) { return set.find(lower(c)) != std::string::npos; });
  };
  if (!text.empty() && std::any_of(only_of_.begin(), only_of_.end(), in)) return true;
  return std::any_of(patterns_.begin(), patterns_.end(),
                     [&](const std::string& pattern) { return matches(pattern, text); });
}

}  // namespace mta

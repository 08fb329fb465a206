#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ingest/time_text.hpp"

namespace mta {

/// A pattern such as "%d.%m.%Y %H:%M", checked once and then matched against whole texts.
class TimePattern {
 public:
  /// @throws Error{Errc::invalid_option} for an unknown or repeated directive, or no full date.
  explicit TimePattern(std::string_view pattern);

  /// False where the text does not match. Whether the date exists is for the caller to ask.
  [[nodiscard]] bool match(std::string_view text, WrittenTime& time) const;

 private:
  struct Step {
    char directive = 0;  // 0: the literal
    char literal = 0;
  };
  void add(char directive, const std::string& pattern);
  void check(const std::string& pattern) const;
  [[nodiscard]] bool has(std::string_view directives) const;

  std::vector<Step> steps_;
};

}  // namespace mta

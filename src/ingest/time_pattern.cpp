#include "ingest/time_pattern.hpp"

#include <algorithm>
#include <array>

#include "mta/core/error.hpp"

namespace mta {
namespace {

constexpr std::string_view directives = "YymbdeHIMSfzp";
constexpr std::array<std::string_view, 12> months = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

[[noreturn]] void refuse(const std::string& pattern, const std::string& why) {
  throw Error(Errc::invalid_option, "time_format \"" + pattern + "\": " + why);
}

/// Takes as many letters of a word as match, in any case; returns how many.
std::size_t take_word(TimeText& text, std::string_view word) {
  TimeText rest = text;
  std::size_t taken = 0;
  while (taken < word.size() && lower(rest.front()) == word[taken] && rest.take(rest.front())) {
    ++taken;
  }
  if (taken == word.size() || taken == 3) text = rest;
  return taken;
}

/// A month's English name, or its first three letters.
bool take_month(TimeText& text, int& month) {
  for (std::size_t i = 0; i < months.size(); ++i) {
    const std::size_t taken = take_word(text, months[i]);
    if (taken != months[i].size() && taken != 3) continue;
    month = static_cast<int>(i) + 1;
    return true;
  }
  return false;
}

enum class Half { none, morning, afternoon };

bool take_half(TimeText& text, Half& half) {
  const bool morning = text.take('A') || text.take('a');
  if (!morning && !text.take('P') && !text.take('p')) return false;
  half = morning ? Half::morning : Half::afternoon;
  return text.take('M') || text.take('m');
}

bool take_directive(char directive, TimeText& text, WrittenTime& time, Half& half) {
  switch (directive) {
    case 'Y':
      return text.take_number(4, 4, time.year);
    case 'y':
      if (!text.take_number(2, 2, time.year)) return false;
      time.year += time.year < 69 ? 2000 : 1900;  // as POSIX has it
      return true;
    case 'm':
      return text.take_number(1, 2, time.month);
    case 'b':
      return take_month(text, time.month);
    case 'e':
      text.take_blanks();
      return text.take_number(1, 2, time.day);
    case 'd':
      return text.take_number(1, 2, time.day);
    case 'H':
    case 'I':
      return text.take_number(1, 2, time.hour);
    case 'M':
      return text.take_number(1, 2, time.minute);
    case 'S':
      return text.take_number(1, 2, time.second);
    case 'f':
      return text.take_fraction(time.micros);
    case 'z':
      return text.take_offset(time.offset);
    default:
      return take_half(text, half);
  }
}

/// Hours of a twelve-hour clock: 12 is the first hour of each half.
bool apply_half(Half half, WrittenTime& time) {
  if (half == Half::none) return true;
  if (time.hour < 1 || time.hour > 12) return false;
  time.hour = time.hour % 12 + (half == Half::afternoon ? 12 : 0);
  return true;
}

}  // namespace

TimePattern::TimePattern(std::string_view pattern) {
  const std::string shown(pattern);
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') {
      steps_.push_back({0, pattern[i]});
    } else if (++i == pattern.size()) {
      refuse(shown, "ends in a single %");
    } else if (pattern[i] == '%') {
      steps_.push_back({0, '%'});
    } else {
      add(pattern[i], shown);
    }
  }
  check(shown);
}

void TimePattern::add(char directive, const std::string& pattern) {
  if (directives.find(directive) == std::string_view::npos) {
    refuse(pattern, std::string("%") + directive +
                        " is unknown; known are %Y %y %m %b %d %e %H %I %p %M %S %f %z and %%");
  }
  if (has({&directive, 1})) refuse(pattern, std::string("%") + directive + " stands twice");
  steps_.push_back({directive, 0});
}

bool TimePattern::has(std::string_view wanted) const {
  return std::any_of(steps_.begin(), steps_.end(), [&](const Step& step) {
    return step.directive != 0 && wanted.find(step.directive) != std::string_view::npos;
  });
}

void TimePattern::check(const std::string& pattern) const {
  if (!has("Yy") || !has("mb") || !has("de")) {
    refuse(pattern, "needs a year (%Y or %y), a month (%m or %b) and a day (%d or %e)");
  }
  if ((has("Y") && has("y")) || (has("m") && has("b")) || (has("d") && has("e")) ||
      (has("H") && has("I"))) {
    refuse(pattern, "gives one part of the time twice");
  }
  if (has("I") != has("p")) refuse(pattern, "%I and %p need each other");
}

bool TimePattern::match(std::string_view given, WrittenTime& time) const {
  TimeText text(trim_blanks(given));
  Half half = Half::none;
  for (const Step& step : steps_) {
    if (step.directive != 0) {
      if (!take_directive(step.directive, text, time, half)) return false;
    } else if (is_blank(step.literal)) {
      if (!text.take_blanks()) return false;
    } else if (!text.take(step.literal)) {
      return false;
    }
  }
  return text.at_end() && apply_half(half, time);
}

}  // namespace mta

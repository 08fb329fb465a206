#include "mta/core/decimal.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "core/ascii.hpp"

namespace mta {
namespace {

/// The digits of a decimal number, and where its point stands among them.
struct Digits {
  std::string_view whole, fraction;
  std::int64_t exponent = 0;  // held within +-10^9: no text has more digits
};

/// Reads "[eE][+-]?digits" to the end of the text.
bool read_exponent(std::string_view text, std::int64_t& exponent) noexcept {
  text.remove_prefix(1);
  bool negative = false;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (text.empty()) return false;
  std::int64_t size = 0;
  for (const char c : text) {
    if (!is_digit(c)) return false;
    if (size < 100'000'000) size = size * 10 + (c - '0');
  }
  exponent = negative ? -size : size;
  return true;
}

bool read_digits(std::string_view text, Digits& digits) noexcept {
  std::size_t at = 0;
  while (at < text.size() && is_digit(text[at])) ++at;
  digits.whole = text.substr(0, at);
  if (at < text.size() && text[at] == '.') {
    const std::size_t begin = ++at;
    while (at < text.size() && is_digit(text[at])) ++at;
    digits.fraction = text.substr(begin, at - begin);
  }
  if (digits.whole.empty() && digits.fraction.empty()) return false;
  if (at == text.size()) return true;
  if (text[at] != 'e' && text[at] != 'E') return false;
  return read_exponent(text.substr(at), digits.exponent);
}

/// Digits to units of 10^-6, rounded half away from zero. False on overflow of 2^63 - 1.
bool to_micros(const Digits& digits, std::uint64_t& units) noexcept {
  constexpr std::uint64_t largest = std::numeric_limits<std::int64_t>::max();
  const auto whole = static_cast<std::int64_t>(digits.whole.size());
  const auto total = whole + static_cast<std::int64_t>(digits.fraction.size());
  const std::int64_t kept = whole + digits.exponent + 6;  // digits that land at or above 10^-6
  const auto digit = [&](std::int64_t i) noexcept -> std::uint64_t {
    if (i < 0 || i >= total) return 0;
    const auto at = static_cast<std::size_t>(i);
    const char c = i < whole ? digits.whole[at] : digits.fraction[at - digits.whole.size()];
    return static_cast<std::uint64_t>(c - '0');
  };
  units = 0;
  for (std::int64_t i = 0; i < kept; ++i) {
    if (i >= total && units == 0) break;  // zero with a large exponent
    const std::uint64_t next = digit(i);
    if (units > (largest - next) / 10) return false;
    units = units * 10 + next;
  }
  if (digit(kept) >= 5) {
    if (units == largest) return false;
    ++units;
  }
  return true;
}

/// Digits, at most twelve before the point and six after it: most amounts. False says nothing.
bool read_short(std::string_view text, std::int64_t& units) noexcept {
  constexpr std::int64_t scales[] = {1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};
  std::int64_t digits = 0;
  std::size_t at = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) {
    if (at == 12) return false;
    digits = digits * 10 + (text[at] - '0');
  }
  if (at == 0) return false;
  std::size_t places = 0;
  if (at < text.size() && text[at] == '.') {
    for (++at; at < text.size() && is_digit(text[at]); ++at, ++places) {
      if (places == 6) return false;
      digits = digits * 10 + (text[at] - '0');
    }
  }
  units = digits * scales[places];
  return at == text.size();
}

}  // namespace

ParsedMicros parse_micros(std::string_view text) noexcept {
  std::int64_t short_units = 0;
  if (read_short(text, short_units)) return {Micros{short_units}, DecimalStatus::ok};
  text = trim_blanks(text);
  if (text.empty()) return {Micros{0}, DecimalStatus::empty};
  const bool negative = text.front() == '-';
  if (negative || text.front() == '+') text.remove_prefix(1);
  if (equal_but_case(text, "nan") || equal_but_case(text, "inf") ||
      equal_but_case(text, "infinity")) {
    return {Micros{0}, DecimalStatus::not_finite};
  }
  Digits digits;
  if (!read_digits(text, digits)) return {Micros{0}, DecimalStatus::malformed};
  std::uint64_t units = 0;
  if (!to_micros(digits, units)) return {Micros{0}, DecimalStatus::overflow};
  const auto amount = static_cast<std::int64_t>(units);
  return {Micros{negative ? -amount : amount}, DecimalStatus::ok};
}

ParsedMicros micros_from(double amount) noexcept {
  if (!std::isfinite(amount)) return {Micros{0}, DecimalStatus::not_finite};
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, amount).ptr;
  return parse_micros({buffer, static_cast<std::size_t>(end - buffer)});
}

std::string format_micros(Micros amount) {
  const bool negative = amount.units < 0;
  const auto bits = static_cast<std::uint64_t>(amount.units);
  const std::uint64_t size = negative ? 0 - bits : bits;
  std::string text = negative ? "-" : "";
  text += std::to_string(size / 1'000'000);
  const std::string fraction = std::to_string(size % 1'000'000);
  text += '.';
  text.append(6 - fraction.size(), '0');
  return text + fraction;
}

}  // namespace mta

#include "mta/core/duration.hpp"

#include <array>
#include <limits>

#include "mta/core/decimal.hpp"

namespace mta {
namespace {

struct Unit {
  char name;
  std::int64_t seconds;
};
constexpr std::array units = {Unit{'w', 604'800}, Unit{'d', 86'400}, Unit{'h', 3'600},
                              Unit{'m', 60}, Unit{'s', 1}};
constexpr std::int64_t longest = 200'000LL * 366 * 86'400 * 1'000'000;

}  // namespace

std::optional<std::int64_t> parse_duration(std::string_view text) noexcept {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.empty()) return std::nullopt;
  for (const Unit& unit : units) {
    if (text.back() != unit.name) continue;
    const ParsedMicros number = parse_micros(text.substr(0, text.size() - 1));
    if (number.status != DecimalStatus::ok || number.value.units < 0) return std::nullopt;
    if (number.value.units > longest / unit.seconds) return std::nullopt;
    return number.value.units * unit.seconds;
  }
  return std::nullopt;
}

std::string format_duration(std::int64_t microseconds) {
  for (const Unit& unit : units) {
    const std::int64_t size = unit.seconds * 1'000'000;
    if (unit.name == 'w' || (microseconds == 0 && unit.name != 's')) continue;
    if (microseconds % size == 0) {
      return std::to_string(microseconds / size) + unit.name;
    }
  }
  std::string text = format_micros(Micros{microseconds});
  while (text.back() == '0') text.pop_back();
  return text + 's';
}

}  // namespace mta

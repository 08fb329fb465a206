#include "report/amounts.hpp"

namespace mta::report {
namespace {

__extension__ typedef __int128 Wide;

constexpr std::uint64_t micros_per_unit = 1'000'000;

std::uint64_t size_of(Micros amount) noexcept {
  const auto units = static_cast<std::uint64_t>(amount.units);
  return amount.units < 0 ? 0 - units : units;
}

std::string two_digits(std::uint64_t n) {
  return {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
}

/// "+1,234.57": a sign and an amount's size.
std::string signed_text(std::string sign, std::uint64_t units) {
  const std::uint64_t hundredths = units / 10'000 + (units % 10'000 >= 5'000 ? 1 : 0);
  return sign.append(grouped(hundredths / 100)).append(".").append(two_digits(hundredths % 100));
}

}  // namespace

std::string grouped(std::uint64_t count) {
  std::string text = std::to_string(count);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
  return text;
}

std::string rounded(Micros amount) {
  return signed_text(amount.units < 0 ? "-" : "", size_of(amount));
}

std::string exact(Micros amount, std::size_t places) {
  std::string fraction = std::to_string(size_of(amount) % micros_per_unit);
  fraction.insert(0, 6 - fraction.size(), '0');
  while (fraction.size() > places && fraction.back() == '0') fraction.pop_back();
  std::string text = amount.units < 0 ? "-" : "";
  text += grouped(size_of(amount) / micros_per_unit);
  if (!fraction.empty()) text.append(".").append(fraction);
  return text;
}

std::string share(Micros part, Micros whole) {
  if (whole.units <= 0) return "-";
  const Wide twice = Wide{2} * 1'000 * static_cast<Wide>(size_of(part)) + whole.units;
  const auto tenths = static_cast<std::uint64_t>(twice / (Wide{2} * whole.units));
  const bool negative = part.units < 0 && tenths > 0;
  std::string text = negative ? "-" : "";
  text += std::to_string(tenths / 10);
  text += '.';
  text += static_cast<char>('0' + tenths % 10);
  return text += '%';
}

std::string difference(Micros amount, Micros reference) {
  const Micros by = amount - reference;
  const char* const sign = by.units > 0 ? "+" : by.units < 0 ? "-" : "";
  return signed_text(sign, size_of(by));
}

}  // namespace mta::report

#include "report/path_length.hpp"

#include <cmath>

namespace mta::report {
namespace {

__extension__ typedef unsigned __int128 Wide;

/// The first `digits` binary places of log2 of mantissa / 2^63, in [1, 2): squaring a number
/// doubles its logarithm. The squares' last digits are cut off, which the logarithm feels below
/// 2^-60.
std::uint64_t log2_places(std::uint64_t mantissa, int digits) noexcept {
  std::uint64_t places = 0;
  for (int i = 0; i < digits; ++i) {
    const Wide square = Wide{mantissa} * mantissa;
    const bool doubled = (square >> 127) != 0;
    places = places << 1 | (doubled ? 1 : 0);
    mantissa = static_cast<std::uint64_t>(square >> (doubled ? 64 : 63));
  }
  return places;
}

}  // namespace

PathLength arc_length(double probability) noexcept {
  constexpr int digits = 41;  // one more than is kept, to round
  int exponent = 0;
  const double mantissa = std::frexp(probability, &exponent);  // in [1/2, 1)
  const auto whole = static_cast<std::uint64_t>(1 - exponent) << digits;
  const auto integer = static_cast<std::uint64_t>(std::ldexp(mantissa, 64));
  return {(whole - log2_places(integer, digits) + 1) / 2, 1};
}

}  // namespace mta::report

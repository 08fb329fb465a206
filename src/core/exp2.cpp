#include "mta/core/exp2.hpp"

#include <bit>
#include <cassert>
#include <cstdint>

namespace mta {

double exp2_fixed(double x) noexcept {
  assert(!(x > 0));
  if (x < -1000.0) return 0.0;
  if (!(x <= 0)) return x;
  // x = n + f with |f| <= 1/2; 2^f = sum (f ln 2)^k / k!, the terms below 2^-57 left out.
  const double n = static_cast<double>(static_cast<std::int64_t>(x - 0.5));
  const double t = (x - n) * 0.693147180559945309417232121458;
  double sum = 1.0 / 6227020800.0;  // 1 / 13!
  sum = sum * t + 1.0 / 479001600.0;
  sum = sum * t + 1.0 / 39916800.0;
  sum = sum * t + 1.0 / 3628800.0;
  sum = sum * t + 1.0 / 362880.0;
  sum = sum * t + 1.0 / 40320.0;
  sum = sum * t + 1.0 / 5040.0;
  sum = sum * t + 1.0 / 720.0;
  sum = sum * t + 1.0 / 120.0;
  sum = sum * t + 1.0 / 24.0;
  sum = sum * t + 1.0 / 6.0;
  sum = sum * t + 0.5;
  sum = sum * t + 1.0;
  sum = sum * t + 1.0;
  const auto exponent = static_cast<std::uint64_t>(static_cast<std::int64_t>(n) + 1023) << 52;
  return sum * std::bit_cast<double>(exponent);
}

}  // namespace mta

#include "mta/core/exp2.hpp"

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>

#include "core/exp2_terms.hpp"

namespace mta {

double exp2_fixed(double x) noexcept {
  assert(!(x > 0));
  if (x < -1000.0) return 0.0;
  if (!(x <= 0)) return x;
  // x = n + f with |f| <= 1/2.
  const double n = static_cast<double>(static_cast<std::int64_t>(x - 0.5));
  const double t = (x - n) * ln_2;
  double sum = exp2_terms[0];
  for (std::size_t i = 1; i < exp2_terms.size(); ++i) sum = sum * t + exp2_terms[i];
  const auto exponent = static_cast<std::uint64_t>(static_cast<std::int64_t>(n) + 1023) << 52;
  return sum * std::bit_cast<double>(exponent);
}

}  // namespace mta

#pragma once
#include <array>

namespace mta {

/// ln 2, and 1/k! for k from 13 down to 0: the terms of 2^f = sum (f ln 2)^k / k! for |f| <= 1/2, in the
/// order of Horner's rule; those left out are below 2^-57. Whoever computes 2^x with these and the
/// operations of exp2_fixed gets its bits.
inline constexpr double ln_2 = 0.693147180559945309417232121458;
inline constexpr std::array<double, 14> exp2_terms = {
    1.0 / 6227020800.0, 1.0 / 479001600.0, 1.0 / 39916800.0, 1.0 / 3628800.0, 1.0 / 362880.0,
    1.0 / 40320.0,      1.0 / 5040.0,      1.0 / 720.0,      1.0 / 120.0,     1.0 / 24.0,
    1.0 / 6.0,          0.5,               1.0,              1.0};

}  // namespace mta

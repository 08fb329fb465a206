#pragma once
#include "mta/core/export.hpp"

namespace mta {

/// 2^x for x <= 0 with fixed operations: the same bits on every CPU and with every libm.
///
///   Promises  exp2_fixed(0) == 1; within 4e-16 relative for -1000 <= x <= 0; 0 below -1000
///   Requires  x <= 0 (asserted); NaN stays NaN
///   Cost      a polynomial of degree 13
[[nodiscard]] MTA_EXPORT double exp2_fixed(double x) noexcept;

}  // namespace mta

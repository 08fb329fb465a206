#pragma once
#include <cstdint>

namespace mta {

/// The golden ratio less 1 as a fraction of 2^64: in the product of a number with it, the upper
/// bits spread numbers that lie near each other far apart (Knuth, The Art of Computer Programming
/// 3, 6.4).
constexpr std::uint64_t golden_ratio = 0x9E37'79B9'7F4A'7C15u;

}  // namespace mta

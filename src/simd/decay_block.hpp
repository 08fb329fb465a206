#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

namespace mta::simd {

/// Touches of journeys of equal length, which lie apart: touch i of journey j is age[begin[j] + i].
struct BlockAges {
  const double* age = nullptr;
  std::span<const std::uint64_t> begin;
  std::size_t touches = 0;  ///< of each journey, at least one
};

/// weight[i * stride + j] = 2^(-(a - youngest) / half_life), a the age of touch i of journey j,
/// youngest the smallest of j's ages.
///
///   Promises  the bits of exp2_fixed(-((a - youngest) / half_life)) on every target; NaN where a is
///   Requires  half_life > 0, begin.size() <= stride, ages >= 0 or NaN; writes no further than the
///             vector that holds the last journey, for which the stride must leave room
///   Cost      a gather, a division and a polynomial of degree 13 for each vector; never allocates
void decay_block(const BlockAges& ages, double half_life, std::size_t stride,
                 double* weight) noexcept;

}  // namespace mta::simd

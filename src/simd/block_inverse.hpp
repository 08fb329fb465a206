#pragma once
#include <cstddef>

#include "simd/matrix_product.hpp"

namespace mta::simd {

/// Rows of a block that is inverted take up a multiple of these.
inline constexpr std::size_t block_rows = 8;

/// Inverts I - Q in place, Q the transitions among a few states, by Gauss and Jordan's steps.
///
///   Shapes    block: n rows, n + 1 columns; entry (i, j) = Q[i, j], what the diagonal holds is
///             ignored; the last column is the probability of leaving these states at once, and of
///             no use afterwards
///   Promises  entry (i, j) becomes the expected visits to j from i; nothing is subtracted, so each
///             is accurate to some n ulp of itself: a pivot is the sum of what leads elsewhere; the
///             same bits on every target, without fused multiply-add
///   Requires  n > 0; data and stride in multiples of 64 bytes, room for rows up to the next
///             multiple of block_rows, which are overwritten; a way out of every state
///   Cost      2 n^3 operations; never allocates
void invert_block(const Matrix& block) noexcept;

}  // namespace mta::simd

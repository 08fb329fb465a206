#pragma once
#include <cstddef>

#include "simd/matrix_product.hpp"

namespace mta {

/// Which visits are wanted.
enum class Visits {
  all,        ///< to every state from every state
  to_itself,  ///< to each state from itself: a third less work
};

/// Inverts I - Q in place, Q the transitions among the states of an absorbing chain, and multiplies
/// by what stands beside it.
///
///   Shapes    matrix: n rows for the states, then any number of others; n columns for the states,
///             then the probability that a state leads out of Q at once, then any number of others.
///             Entry (i, j) = Q[i, j] for states; what the diagonal holds is ignored. Rows beyond
///             those of states need no probability of leaving
///   Promises  with N = inverse(I - Q): entry (i, j) becomes N[i, j], of two states, on the
///   diagonal
///             alone where no others are wanted; a further column b becomes N b, a further row a
///             becomes a N, and where they meet, what was there plus a N b; the column of leaving
///             is of no use any more. Nothing is ever subtracted, so that where no entry is
///             negative none becomes so, and each is accurate to some n ulp of itself, however
///             small the probabilities of leaving are (Grassmann, Taksar and Heyman's elimination,
///             by the steps of Gauss and Jordan); the same bits on every CPU
///   Requires  from every state a way out
///   Cost      2 n^3 operations by blocks, 4/3 n^3 where all visits are not wanted; some columns
///             more in memory. Best where data and stride are multiples of 64 bytes
void invert_transient(const simd::Matrix& matrix, std::size_t states, Visits wanted);

}  // namespace mta

#pragma once
#include <cstddef>
#include <span>

namespace mta {

/// Inverts I - Q in place, Q the transitions among the states of an absorbing chain.
///
///   Shapes    matrix: n * n, column by column, entry (i, j) = Q[i, j]; what the diagonal holds is
///   ignored
///             leave: n, the probability that a state leads out of Q at once
///   Promises  entry (i, j) becomes the expected number of visits to j from i; no entry is
///   negative;
///             nothing is ever subtracted, so each is accurate to some n ulp of itself, however
///             small `leave` is (Grassmann, Taksar and Heyman's elimination); the same bits on
///             every CPU
///   Requires  from every state a way out (leave > 0 somewhere along it)
///   Cost      2 n^3 operations by blocks; 256 KiB more in memory
void invert_transient(std::span<double> matrix, std::span<double> leave);

}  // namespace mta

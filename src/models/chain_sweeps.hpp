#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mta {

/// The sparse matrix of x = b + A x, row by row in the order in which sweeps go over them: row p is
/// that of state order[p].
struct SweepRows {
  std::vector<std::size_t> row{0};
  std::vector<std::uint32_t> column;
  std::vector<double> value;
  std::vector<std::uint32_t> order;
  [[nodiscard]] std::size_t size() const noexcept { return row.size() - 1; }
};

/// Right-hand sides that are solved for at once, a lane each.
inline constexpr std::size_t sweep_lanes = 8;
using Lanes = std::array<double, sweep_lanes>;

/// What is solved: x_i = factor_i * (b_i + sum_j A_ij x_j), lane by lane, A >= 0 and such that sums
/// of its powers end.
struct SweepProblem {
  const SweepRows& rows;
  std::span<const Lanes> b;            ///< one for each state; or empty
  std::span<const double> b_all;       ///< one for each state, for all lanes, where `b` is empty
  std::span<const Lanes> factor;       ///< one for each state; or empty: see `mask`
  std::span<const std::uint8_t> mask;  ///< bit l: lane l has x = 0 here; or empty
  double tolerance = 0;                ///< of the sum of |errors| of a lane; never below rounding
};

struct SweepResult {
  Lanes error;  ///< what is left of each lane's sum of |errors|, as it fell
  std::size_t sweeps = 0;
  bool converged = false;
};

/// Solves by Gauss-Seidel sweeps from what `x` holds, and now and then a step along the slowest
/// mode, lane by lane (Lyusternik 1947). Sums are taken in the order of the sweep: the same bits on
/// every CPU.
///
///   Cost  a sweep: O(entries * lanes); journeys of 5 touches take some 25 sweeps
[[nodiscard]] SweepResult solve_by_sweeps(const SweepProblem& problem, std::vector<Lanes>& x,
                                          std::size_t most_sweeps);

}  // namespace mta

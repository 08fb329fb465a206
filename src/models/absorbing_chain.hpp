#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mta {

/// The transient states of an absorbing chain: each can be reached from START and can convert.
struct AbsorbingChain {
  std::vector<std::size_t> row{
      0};  ///< arcs of state i: [row[i], row[i + 1]), rising in `to`, never to i
  std::vector<std::uint32_t> to;
  std::vector<double> probability;
  std::vector<double> start;    ///< that START leads here
  std::vector<double> leave;    ///< of leaving these states at once, in any way
  std::vector<double> convert;  ///< of converting at once
  std::vector<double> reward;   ///< expected value earned by converting at once

  [[nodiscard]] std::size_t size() const noexcept { return start.size(); }
};

/// What removal effects need, N = (I - Q)^-1.
struct ChainSolution {
  std::vector<double> visits;   ///< from START: start^T N
  std::vector<double> returns;  ///< visits to a state from itself: the diagonal of N
  std::vector<double> convert;  ///< probability of converting from a state: N convert
  std::vector<double> value;    ///< expected value from a state: N reward
};

/// Limits that tests lower to reach every way through the solver.
struct ChainLimits {
  std::size_t small = 64;         ///< up to here, all states at once as a dense matrix
  std::size_t fill = 8;           ///< beyond too where one pair of so many has an arc; 0: never
  std::size_t core = 10'000;      ///< largest dense matrix: 0.8 GB
  std::size_t arcs = 16'000'000;  ///< most arcs kept while states are eliminated: about 1 GB
};

/// Solves by eliminating states with few neighbours one by one, then the dense rest at once by
/// blocks. Where the rest exceeds the limits, by following each state's probability until less than
/// 1e-13 of it is on its way: slow, but in little memory.
///
///   Promises  accurate to some n ulp (1e-13 where states are followed); the same bits on every CPU
[[nodiscard]] ChainSolution solve_chain(const AbsorbingChain& chain,
                                        const ChainLimits& limits = {});

}  // namespace mta

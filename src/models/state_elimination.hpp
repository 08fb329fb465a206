#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
#include <span>
#include <utility>
#include <vector>

#include "models/absorbing_chain.hpp"
#include "models/pair_values.hpp"

namespace mta {

/// Takes states out of a chain one by one, the cheapest first: whoever led to it now leads where it
/// led. What is left, the core, keeps its visits, and the way back fills in those that were taken
/// out. Every step adds products of probabilities and subtracts nothing. Source: Grassmann, Taksar,
/// Heyman 1985 (elimination); Takahashi, Fagan, Chin 1973 (the way back).
class StateElimination {
 public:
  explicit StateElimination(const AbsorbingChain& chain);

  /// Takes out states while that is cheaper than leaving them to the core, within `limits`.
  void eliminate(const ChainLimits& limits);
  [[nodiscard]] std::size_t core_size() const noexcept { return alive_count_; }
  /// Inverts the core and goes the way back.
  [[nodiscard]] ChainSolution solve();

 private:
  struct Neighbour {
    std::uint32_t state;
    double probability;
  };
  struct Eliminated {
    std::uint32_t state;
    double leave;  ///< the probability of going elsewhere
    std::vector<Neighbour> before, after;
  };

  [[nodiscard]] std::uint64_t cost(std::uint32_t state) const noexcept;
  [[nodiscard]] std::vector<Neighbour> living(std::vector<std::uint32_t>& list, std::uint32_t state,
                                              bool before);
  void eliminate_state(std::uint32_t state);
  void reroute(const Neighbour& before, const Eliminated& gone);
  void invert_core();
  [[nodiscard]] double& visits(std::uint32_t from, std::uint32_t to);
  void step_back(const Eliminated& gone);
  void push_forward(ChainSolution& solution) const;
  void solve_core(ChainSolution& solution) const;
  void pull_back(ChainSolution& solution) const;

  const AbsorbingChain& chain_;
  std::vector<std::vector<std::uint32_t>> before_, after_;  // may still name states that are gone
  std::vector<std::size_t> before_count_, after_count_;
  std::vector<char> alive_;
  std::size_t alive_count_;
  std::vector<double> leave_;
  /// Probability of the arc (i, j); once states are gone, on the way back: visits to i from j.
  PairValues pairs_;
  std::priority_queue<std::pair<std::uint64_t, std::uint32_t>,
                      std::vector<std::pair<std::uint64_t, std::uint32_t>>, std::greater<>>
      queue_;
  std::vector<Eliminated> gone_;         // in the order of elimination
  std::vector<std::uint32_t> core_;      // states
  std::vector<std::size_t> core_index_;  // of each state
  std::vector<double> core_visits_;      // column by column, behind them who leaves
  std::vector<double> returns_;
};

}  // namespace mta

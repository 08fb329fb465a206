#pragma once
#include <span>
#include <vector>

#include "models/counted_chain.hpp"
#include "models/removals.hpp"
#include "mta/models/markov.hpp"

namespace mta {

/// What reaching each channel means for conversions and for value.
struct RemovalEffects {
  std::vector<double> conversions;    ///< by channel, in [0, 1] where those removed go to NULL
  std::vector<double> value;          ///< by channel; all 0 where no value is expected
  double conversion_probability = 0;  ///< from START
  std::vector<RemovalShare> others;   ///< of `ChainQuestion::others`
  double error = 0;  ///< bound of RemovalSolver::error(); 0 where there were no sweeps
};

/// What is asked of a chain.
struct ChainQuestion {
  std::size_t channels = 0;
  Removed removed = Removed::to_null;
  std::span<const ChannelSequence> others = {};
  ChainLimits limits = {};
};

/// Effects of all channels, at order 1 by one factorisation: RE_c = N[0, c] h_c / (N[c, c] h_0);
/// above it, and for whatever else is removed, one system of equations each. docs/models/markov.md,
/// equations 3 to 5
[[nodiscard]] RemovalEffects removal_effects(const CountedChain& counted,
                                             const ChainQuestion& question);

/// The arcs of the whole chain, START, CONVERSION and NULL included.
[[nodiscard]] std::vector<MarkovArc> markov_arcs(const CountedChain& counted);

/// How often each state is visited from START. The chain of what was counted visits it as often as
/// the journeys did.
[[nodiscard]] std::vector<double> expected_visits(const CountedChain& counted);

/// Steps from each state until its journey ends, the end itself included.
[[nodiscard]] std::vector<double> steps_to_absorption(const CountedChain& counted);

}  // namespace mta

#pragma once
#include <cstddef>
#include <vector>

#include "models/absorbing_chain.hpp"
#include "mta/models/markov.hpp"

namespace mta {

/// What reaching each channel means for conversions and for value.
struct RemovalEffects {
  std::vector<double> conversions;    ///< by channel, in [0, 1]
  std::vector<double> value;          ///< by channel; all 0 where no value is expected
  double conversion_probability = 0;  ///< from START
};

/// Effects of all channels by one factorisation: RE_c = N[0, c] h_c / (N[c, c] h_0).
/// docs/models/markov.md, equations 3 to 5
[[nodiscard]] RemovalEffects removal_effects(const Markov::State& state,
                                             const ChainLimits& limits = {});

/// The arcs of the whole chain, START, CONVERSION and NULL included.
[[nodiscard]] std::vector<MarkovArc> markov_arcs(const Markov::State& state);

}  // namespace mta

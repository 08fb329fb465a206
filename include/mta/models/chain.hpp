#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "mta/core/units.hpp"

namespace mta {

/// One arc of a chain of states, as it was learnt.
struct ChainArc {
  std::uint32_t from = 0, to = 0;  ///< states
  Micros count;                    ///< journeys that took it, in micro-units
  double probability = 0;          ///< of all that leave `from`
  friend bool operator==(const ChainArc&, const ChainArc&) = default;
};

/// A chain of states by name: what a Markov model learnt, ready to be looked at.
struct Chain {
  static constexpr std::uint32_t start = 0, conversion = 1, null = 2;  ///< the first three states
  /// "(start)", "(conversion)", "(null)", then channels, or at higher orders sequences of them
  std::vector<std::string> states;
  std::vector<ChainArc> arcs;  ///< all with a count above 0, by `from`, then `to`
  friend bool operator==(const Chain&, const Chain&) = default;
};

}  // namespace mta

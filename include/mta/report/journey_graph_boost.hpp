#pragma once
#include <boost/graph/adjacency_list.hpp>
#include <cassert>
#include <cstddef>
#include <string>

#include "mta/core/units.hpp"
#include "mta/models/chain.hpp"

namespace mta {

/// A vertex: descriptors are the chain's numbers of states.
struct JourneyState {
  std::string name;
};

/// An edge, and which of the chain's arcs it is.
struct JourneyArc {
  Micros count;
  double probability = 0;
  std::size_t place = 0;  ///< in Chain::arcs
};

/// A chain for any algorithm of Boost.Graph; `boost::get(&JourneyArc::probability, graph)` is a
/// property map.
using BoostJourneyGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS,
                                                JourneyState, JourneyArc>;

/// This header is opt-in: mta.hpp does not include it, whoever does needs Boost's headers (1.74 or
/// newer) and links nothing more.
///
///   Promises  vertices, and the edges of each, in the order of the chain
///   Requires  arcs name states of the chain (asserted)
///   Cost      O(states + arcs)
[[nodiscard]] inline BoostJourneyGraph boost_graph(const Chain& chain) {
  BoostJourneyGraph graph(chain.states.size());
  for (std::size_t i = 0; i < chain.states.size(); ++i) graph[i].name = chain.states[i];
  for (std::size_t i = 0; i < chain.arcs.size(); ++i) {
    const ChainArc& arc = chain.arcs[i];
    assert(arc.from < chain.states.size() && arc.to < chain.states.size());
    boost::add_edge(arc.from, arc.to, JourneyArc{arc.count, arc.probability, i}, graph);
  }
  return graph;
}

}  // namespace mta

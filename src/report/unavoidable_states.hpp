#pragma once
#include <cstdint>
#include <vector>

#include "mta/report/journey_graph_boost.hpp"

namespace mta::report {

/// JourneyGraph::unavoidable. The dominators of one state need no dominator tree: they lie on any
/// path to it, and one walk along such a path finds those that nothing leads around.
[[nodiscard]] std::vector<std::uint32_t> unavoidable_states(const BoostJourneyGraph& graph);

}  // namespace mta::report

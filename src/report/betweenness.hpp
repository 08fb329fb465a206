#pragma once
#include <span>
#include <stop_token>
#include <vector>

#include "mta/report/journey_graph_boost.hpp"
#include "report/path_length.hpp"

namespace mta::report {

/// JourneyGraph::betweenness, by Brandes' algorithm. `lengths`: of each arc.
[[nodiscard]] std::vector<double> betweenness(const BoostJourneyGraph& graph,
                                              std::span<const PathLength> lengths,
                                              const std::stop_token& stop);

}  // namespace mta::report

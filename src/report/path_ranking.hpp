#pragma once
#include <cstddef>
#include <span>
#include <stop_token>
#include <vector>

#include "mta/report/journey_graph.hpp"
#include "mta/report/journey_graph_boost.hpp"
#include "report/path_length.hpp"

namespace mta::report {

/// JourneyGraph::most_probable_paths: Yen's algorithm, over Dijkstra's. `lengths`: of each arc.
[[nodiscard]] std::vector<JourneyPath> rank_paths(const BoostJourneyGraph& graph,
                                                  std::span<const PathLength> lengths,
                                                  std::size_t count, const std::stop_token& stop);

}  // namespace mta::report

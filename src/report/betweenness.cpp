#include "report/betweenness.hpp"

#include <boost/graph/betweenness_centrality.hpp>
#include <boost/property_map/function_property_map.hpp>

#include "mta/core/error.hpp"

namespace mta::report {

// Boost counts tied paths in integers unless told otherwise; 64 states with two ways each would
// then wrap to 0.
std::vector<double> betweenness(const BoostJourneyGraph& graph, std::span<const PathLength> lengths,
                                const std::stop_token& stop) {
  using Arc = boost::graph_traits<BoostJourneyGraph>::edge_descriptor;
  const std::size_t states = num_vertices(graph);
  const auto index = get(boost::vertex_index, graph);
  const auto by_state = [&](auto& values) {
    return boost::make_iterator_property_map(values.begin(), index);
  };
  const auto length = [&](const Arc& arc) {
    if (stop.stop_requested()) throw Error(Errc::cancelled, "betweenness: cancelled");
    return lengths[graph[arc].place];
  };
  std::vector<double> centrality(states), dependency(states), ties(states);
  std::vector<PathLength> distance(states);
  std::vector<std::vector<Arc>> incoming(states);
  boost::brandes_betweenness_centrality(graph, by_state(centrality), boost::dummy_property_map(),
                                        by_state(incoming), by_state(distance),
                                        by_state(dependency), by_state(ties), index,
                                        boost::make_function_property_map<Arc>(length));
  return centrality;
}

}  // namespace mta::report

#include "report/path_search.hpp"

#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/property_map/function_property_map.hpp>

#include "mta/core/error.hpp"

namespace mta::report {
namespace {

using Reversed = boost::reverse_graph<BoostJourneyGraph>;
using ReversedArc = boost::graph_traits<Reversed>::edge_descriptor;

struct FreeState {
  const std::vector<char>* barred = nullptr;
  bool operator()(std::size_t state) const { return (*barred)[state] == 0; }
};

struct FreeArc {
  const BoostJourneyGraph* graph = nullptr;
  const std::vector<char>* barred = nullptr;
  bool operator()(const ReversedArc& arc) const {
    return (*barred)[(*graph)[arc.underlying_descx].place] == 0;
  }
};

/// Ends a search at the state that it is for.
struct Found {};
struct UntilFound : boost::dijkstra_visitor<> {
  explicit UntilFound(std::size_t wanted_state) : wanted(wanted_state) {}
  template <class Graph>
  void examine_vertex(std::size_t state, const Graph&) const {
    if (state == wanted) throw Found{};
  }
  std::size_t wanted;
};

}  // namespace

PathSearch::PathSearch(const BoostJourneyGraph& graph, std::span<const PathLength> lengths,
                       const std::stop_token& stop)
    : graph_(graph),
      lengths_(lengths),
      stop_(stop),
      barred_states_(num_vertices(graph)),
      barred_arcs_(lengths.size()),
      left_(num_vertices(graph)) {}

void PathSearch::bar_arc(std::size_t place) {
  barred_arcs_[place] = 1;
  barred_places_.push_back(place);
}

void PathSearch::free_arcs() {
  for (const std::size_t place : barred_places_) barred_arcs_[place] = 0;
  barred_places_.clear();
}

void PathSearch::free_states(std::span<const std::uint32_t> states) {
  for (const std::uint32_t state : states) barred_states_[state] = 0;
}

/// Searches backwards, so that `left_` then leads the way forwards.
bool PathSearch::reaches_conversion(std::uint32_t from) {
  const Reversed reversed(graph_);
  const boost::filtered_graph open(reversed, FreeArc{&graph_, &barred_arcs_},
                                   FreeState{&barred_states_});
  const auto length = [this](const ReversedArc& arc) {
    if (stop_.stop_requested()) throw Error(Errc::cancelled, "most_probable_paths: cancelled");
    return lengths_[graph_[arc.underlying_descx].place];
  };
  const auto index = get(boost::vertex_index, graph_);
  try {
    boost::dijkstra_shortest_paths(
        open, std::size_t{Chain::conversion},
        boost::weight_map(boost::make_function_property_map<ReversedArc>(length))
            .distance_map(boost::make_iterator_property_map(left_.begin(), index))
            .vertex_index_map(index)
            .visitor(UntilFound(from)));
  } catch (const Found&) {
    return true;
  }
  return false;
}

/// The first state that a shortest way goes to from here. All that are closer to conversion than
/// where the search began have their final length.
std::uint32_t PathSearch::next_state(std::uint32_t state) const {
  constexpr PathLength unreached = std::numeric_limits<PathLength>::max();
  for (const auto arc : boost::make_iterator_range(out_edges(state, graph_))) {
    const std::size_t to = target(arc, graph_), place = graph_[arc].place;
    if (barred_arcs_[place] != 0 || barred_states_[to] != 0 || left_[to] == unreached) continue;
    if (lengths_[place] + left_[to] == left_[state]) return static_cast<std::uint32_t>(to);
  }
  return Chain::conversion;  // never: the search came through one of them
}

PathSearch::States PathSearch::shortest(std::uint32_t from) {
  if (!reaches_conversion(from)) return {};
  States path{from};
  while (path.back() != Chain::conversion) path.push_back(next_state(path.back()));
  return path;
}

}  // namespace mta::report

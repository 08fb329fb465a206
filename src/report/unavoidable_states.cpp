#include "report/unavoidable_states.hpp"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <limits>

namespace mta::report {
namespace {

using State = std::size_t;
constexpr State none = std::numeric_limits<State>::max();

/// Any path from start to conversion; empty where there is none.
std::vector<State> any_path(const BoostJourneyGraph& graph) {
  std::vector<State> before(num_vertices(graph), none);
  const auto index = get(boost::vertex_index, graph);
  boost::breadth_first_search(
      graph, State{Chain::start},
      boost::visitor(boost::make_bfs_visitor(boost::record_predecessors(
          boost::make_iterator_property_map(before.begin(), index), boost::on_tree_edge()))));
  if (before[Chain::conversion] == none) return {};
  std::vector<State> path{Chain::conversion};
  while (path.back() != Chain::start) path.push_back(before[path.back()]);
  std::reverse(path.begin(), path.end());
  return path;
}

/// Walks along a path and knows how far along it one gets otherwise.
class Detours {
 public:
  Detours(const BoostJourneyGraph& graph, const std::vector<State>& path)
      : graph_(graph), place_(num_vertices(graph), none), seen_(num_vertices(graph)) {
    for (std::size_t i = 0; i < path.size(); ++i) place_[path[i]] = i;
  }

  /// Adds what can be reached from a state of the path without meeting another one of it.
  void leave_from(State state) {
    waiting_.push_back(state);
    while (!waiting_.empty()) {
      const State from = waiting_.back();
      waiting_.pop_back();
      for (const State to : boost::make_iterator_range(adjacent_vertices(from, graph_))) meet(to);
    }
  }

  /// The farthest place on the path that anything so far led to.
  [[nodiscard]] std::size_t farthest() const noexcept { return farthest_; }

 private:
  void meet(State state) {
    if (place_[state] != none) {
      farthest_ = std::max(farthest_, place_[state]);
    } else if (seen_[state] == 0) {
      seen_[state] = 1;
      waiting_.push_back(state);
    }
  }

  const BoostJourneyGraph& graph_;
  std::vector<std::size_t> place_;  ///< on the path
  std::vector<char> seen_;
  std::vector<State> waiting_;
  std::size_t farthest_ = 0;
};

}  // namespace

std::vector<std::uint32_t> unavoidable_states(const BoostJourneyGraph& graph) {
  const std::vector<State> path = any_path(graph);
  Detours detours(graph, path);
  std::vector<std::uint32_t> unavoidable;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    // Nothing that comes before it leads behind it.
    if (i > 0 && detours.farthest() == i)
      unavoidable.push_back(static_cast<std::uint32_t>(path[i]));
    detours.leave_from(path[i]);
  }
  return unavoidable;
}

}  // namespace mta::report

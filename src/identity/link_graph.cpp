#include "identity/link_graph.hpp"

#include <algorithm>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <functional>
#include <iterator>
#include <numeric>
#include <utility>

namespace mta {

LinkGraph::LinkGraph(std::size_t identifiers, std::span<const PersonLink> links)
    : identifiers_(identifiers), graph_(identifiers + links.size()) {
  std::size_t edges = 0;
  for (std::size_t l = 0; l < links.size(); ++l) {
    for (const std::uint32_t identifier : links[l].identifiers) {
      add_edge(identifiers + l, identifier, edges++, graph_);
    }
  }
}

/// In a depth-first tree from an identifier, what hangs below a child of a link comes off with the
/// link if no edge leads from there above the link (Hopcroft and Tarjan 1973).
std::vector<std::vector<std::uint64_t>> LinkGraph::parts() const {
  const std::size_t vertices = num_vertices(graph_);
  std::vector<std::size_t> block(num_edges(graph_)), found(vertices), low(vertices),
      above(vertices);
  boost::biconnected_components(
      graph_, boost::make_iterator_property_map(block.begin(), get(boost::edge_index, graph_)),
      boost::discover_time_map(found.data())
          .lowpoint_map(low.data())
          .predecessor_map(above.data()));
  std::vector<std::size_t> by_time(vertices);
  std::iota(by_time.begin(), by_time.end(), std::size_t{0});
  std::sort(by_time.begin(), by_time.end(),
            [&](std::size_t a, std::size_t b) { return found[a] > found[b]; });
  std::vector<std::uint64_t> below(vertices);  // identifiers at and below a vertex
  std::vector<std::vector<std::uint64_t>> parts(vertices - identifiers_);
  for (const std::size_t v : by_time) {
    below[v] += v < identifiers_ ? 1 : 0;
    if (above[v] == v) continue;
    below[above[v]] += below[v];
    if (above[v] >= identifiers_ && low[v] >= found[above[v]]) {
      parts[above[v] - identifiers_].push_back(below[v]);
    }
  }
  for (std::vector<std::uint64_t>& link : parts) {
    link.push_back(identifiers_ - std::accumulate(link.begin(), link.end(), std::uint64_t{0}));
    std::sort(link.begin(), link.end(), std::greater<>());
  }
  return parts;
}

std::vector<ChainStep> LinkGraph::chain(std::uint32_t from, std::uint32_t to) const {
  std::vector<std::size_t> above(num_vertices(graph_));
  std::iota(above.begin(), above.end(), std::size_t{0});
  boost::breadth_first_search(graph_, from,
                              boost::visitor(boost::make_bfs_visitor(boost::record_predecessors(
                                  above.data(), boost::on_tree_edge()))));
  std::vector<ChainStep> steps;
  for (std::size_t v = to; v != from; v = above[above[v]]) {
    if (above[v] == v) return {};
    steps.push_back(
        {static_cast<std::uint32_t>(above[v] - identifiers_), static_cast<std::uint32_t>(v)});
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

}  // namespace mta

#pragma once
// A person's links as a graph of Boost.Graph: a vertex for each identifier and one for each link,
// an edge where a link holds an identifier. So a link of many identifiers is one thing to remove.
#include <boost/graph/adjacency_list.hpp>
#include <cstdint>
#include <span>
#include <vector>

#include "mta/identity/person_graph.hpp"

namespace mta {

class LinkGraph {
 public:
  LinkGraph(std::size_t identifiers, std::span<const PersonLink> links);

  /// For each link: the sizes of what is left without it, the largest first.
  [[nodiscard]] std::vector<std::vector<std::uint64_t>> parts() const;
  /// The shortest way; both are numbers of identifiers.
  [[nodiscard]] std::vector<ChainStep> chain(std::uint32_t from, std::uint32_t to) const;

 private:
  using Graph =
      boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property,
                            boost::property<boost::edge_index_t, std::size_t>>;
  std::size_t identifiers_;
  Graph graph_;
};

}  // namespace mta

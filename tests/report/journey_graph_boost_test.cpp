#include "mta/report/journey_graph_boost.hpp"

#include <boost/graph/topological_sort.hpp>

#include "report/sample_chains.hpp"

namespace mta {
namespace {

TEST(BoostJourneyGraph, HoldsWhatTheChainHolds) {
  const Chain chain = test::two_channels();
  const BoostJourneyGraph graph = boost_graph(chain);
  ASSERT_EQ(num_vertices(graph), 5u);
  ASSERT_EQ(num_edges(graph), chain.arcs.size());
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(graph[i].name, chain.states[i]);
  for (const auto edge : boost::make_iterator_range(edges(graph))) {
    const ChainArc& arc = chain.arcs[graph[edge].place];
    EXPECT_EQ(source(edge, graph), arc.from);
    EXPECT_EQ(target(edge, graph), arc.to);
    EXPECT_EQ(graph[edge].count, arc.count);
    EXPECT_EQ(graph[edge].probability, arc.probability);
  }
  EXPECT_EQ(out_degree(3, graph), 3u);
  EXPECT_EQ(in_degree(3, graph), 2u);
}

TEST(BoostJourneyGraph, TakesAnyAlgorithmOfBoost) {
  const BoostJourneyGraph funnel =
      boost_graph(test::chain_of({"B", "A"}, {{"START", "A", 1}, {"A", "B", 1}, {"B", "CONV", 1}}));
  std::vector<std::size_t> order;
  boost::topological_sort(funnel, std::back_inserter(order));
  const auto place = [&](std::size_t state) {
    return std::find(order.rbegin(), order.rend(), state) - order.rbegin();
  };
  EXPECT_LT(place(Chain::start), place(4));
  EXPECT_LT(place(4), place(3));
  EXPECT_LT(place(3), place(Chain::conversion));
}

}  // namespace
}  // namespace mta

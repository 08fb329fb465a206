#include <limits>
#include <random>

#include "mta/core/error.hpp"
#include "report/sample_chains.hpp"

namespace mta {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::Pointwise;

TEST(Betweenness, WorkedExample) {
  // A lies between START and CONV, and between B and nobody: B CONV .25 beats B A CONV .125. B lies
  // between START and NULL (.4 * .5 beats .6 * .2); A NULL .2 beats A B NULL .15.
  EXPECT_THAT(JourneyGraph(test::two_channels()).betweenness(), ElementsAre(0, 0, 0, 1, 1));
}

TEST(Betweenness, IsSharedByTies) {
  const Chain chain = test::chain_of(
      {"A", "B"}, {{"START", "A", .5}, {"START", "B", .5}, {"A", "CONV", .5}, {"B", "CONV", .5}});
  EXPECT_THAT(JourneyGraph(chain).betweenness(), ElementsAre(0, 0, 0, .5, .5));
}

TEST(Betweenness, CountsArcsWherePathsAreCertain) {
  // START A B C CONV, all certain, and so is A C: the way around B is as probable, but longer.
  const Chain chain = test::chain_of({"A", "B", "C"}, {{"START", "A", 1},
                                                       {"A", "B", 1},
                                                       {"A", "C", 1},
                                                       {"B", "C", 1},
                                                       {"C", "B", 1},
                                                       {"C", "CONV", 1}});
  // A: START to B, C, CONV. B: nothing. C: START, A and B to CONV.
  EXPECT_THAT(JourneyGraph(chain).betweenness(), ElementsAre(0, 0, 0, 3, 0, 3));
}

/// Each channel of a layer leads to both of the next: 2^layers tied paths.
TEST(Betweenness, CountsMoreTiesThanAnIntegerHolds) {
  constexpr std::uint32_t layers = 70;
  Chain chain{std::vector<std::string>(3 + 2 * layers, "x"), {}};
  chain.arcs = {{Chain::start, 3, {1}, .5}, {Chain::start, 4, {1}, .5}};
  for (std::uint32_t state = 3; state < 3 + 2 * layers; ++state) {
    const std::uint32_t next = state + 2 - (state - 3) % 2;
    if (next >= chain.states.size()) {
      chain.arcs.push_back({state, Chain::conversion, {1}, .5});
    } else {
      chain.arcs.push_back({state, next, {1}, .5});
      chain.arcs.push_back({state, next + 1, {1}, .5});
    }
  }
  const auto centrality = JourneyGraph(chain).betweenness();
  // The first layer lies between START and all behind it, half of each.
  EXPECT_DOUBLE_EQ(centrality[3], (2 * (layers - 1) + 1) / 2.0);
  EXPECT_DOUBLE_EQ(centrality[4], centrality[3]);
}

/// Oracle: looks at every path between every two states. Probabilities are powers of 1/2.
std::vector<double> by_enumeration(const Chain& chain) {
  const auto states = static_cast<std::uint32_t>(chain.states.size());
  std::vector<double> centrality(states);
  for (std::uint32_t from = 0; from < states; ++from) {
    for (std::uint32_t to = 0; to < states; ++to) {
      std::pair<double, std::size_t> best{2, 0};
      std::vector<double> passing(states);
      double paths = 0;
      if (from == to) continue;
      test::each_path(chain, from, to, [&](const std::vector<ChainArc>& arcs) {
        double probability = 1;
        for (const ChainArc& arc : arcs) probability *= arc.probability;
        const std::pair length{-probability, arcs.size()};
        if (length > best) return;
        if (length < best) {
          best = length;
          paths = 0;
          passing.assign(states, 0);
        }
        paths += 1;
        for (std::size_t i = 1; i < arcs.size(); ++i) passing[arcs[i].from] += 1;
      });
      for (std::size_t i = 0; paths > 0 && i < states; ++i) centrality[i] += passing[i] / paths;
    }
  }
  return centrality;
}

TEST(Betweenness, IsWhatAllPathsSay) {
  std::mt19937 random(9);
  for (int round = 0; round < 200; ++round) {
    const Chain chain = test::random_chain(random, 3 + test::below(random, 5),
                                           2 + test::below(random, 6), {.25, .5, .5, 1, 1});
    EXPECT_THAT(JourneyGraph(chain).betweenness(),
                Pointwise(DoubleNear(1e-12), by_enumeration(chain)))
        << "round " << round;
  }
}

TEST(Betweenness, HasTheSameBitsEveryTime) {
  std::mt19937 random(13);
  const Chain chain = test::random_chain(random, 200, 1, {.1, .2, .3, .7});
  EXPECT_EQ(JourneyGraph(chain).betweenness(), JourneyGraph(chain).betweenness());
}

TEST(Betweenness, CanBeCancelled) {
  std::stop_source stop;
  stop.request_stop();
  const JourneyGraph graph(test::two_channels());
  try {
    (void)graph.betweenness(stop.get_token());
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::cancelled);
  }
}

}  // namespace
}  // namespace mta

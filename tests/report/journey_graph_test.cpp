#include "mta/report/journey_graph.hpp"

#include <limits>
#include <random>
#include <sstream>

#include "mta/core/error.hpp"
#include "report/sample_chains.hpp"

namespace mta {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string unavoidable_of(const Chain& chain) {
  return test::text_of(chain, JourneyGraph(chain).unavoidable());
}

TEST(Unavoidable, IsWhatAFunnelNarrowsTo) {
  const Chain chain = test::chain_of({"Cart", "Ad", "Mail", "Shop"}, {{"START", "Ad", .5},
                                                                      {"START", "Mail", .5},
                                                                      {"Ad", "Shop", .5},
                                                                      {"Ad", "NULL", .5},
                                                                      {"Mail", "Shop", .9},
                                                                      {"Mail", "Ad", .1},
                                                                      {"Shop", "Mail", .1},
                                                                      {"Shop", "Cart", .9},
                                                                      {"Cart", "CONV", .2},
                                                                      {"Cart", "Shop", .8}});
  EXPECT_EQ(unavoidable_of(chain), "Shop Cart");
}

TEST(Unavoidable, IsNothingWhereTwoWaysLeadThere) {
  EXPECT_THAT(JourneyGraph(test::two_channels()).unavoidable(), IsEmpty());
  const Chain direct = test::chain_of(
      {"A"}, {{"START", "A", .9}, {"START", "CONV", .1}, {"A", "CONV", .5}, {"A", "NULL", .5}});
  EXPECT_THAT(JourneyGraph(direct).unavoidable(), IsEmpty());
}

TEST(Unavoidable, IsNothingWhereNoPathConverts) {
  EXPECT_THAT(JourneyGraph(test::chain_of({}, {})).unavoidable(), IsEmpty());
  EXPECT_THAT(JourneyGraph(test::chain_of({"A", "B"},
                                          {{"START", "A", 1}, {"A", "NULL", 1}, {"B", "CONV", 1}}))
                  .unavoidable(),
              IsEmpty());
}

/// Whether conversion can be reached without that state.
bool converts_without(const Chain& chain, std::uint32_t removed) {
  std::vector<char> seen(chain.states.size());
  seen[Chain::start] = 1;
  for (std::size_t round = 0; round < chain.states.size(); ++round) {
    for (const ChainArc& arc : chain.arcs) {
      if (seen[arc.from] != 0 && arc.to != removed) seen[arc.to] = 1;
    }
  }
  return seen[Chain::conversion] != 0;
}

TEST(Unavoidable, AreTheStatesWhoseRemovalCutsConversionOff) {
  std::mt19937 random(7);
  const auto nobody = std::numeric_limits<std::uint32_t>::max();
  std::size_t found = 0;
  for (int round = 0; round < 2'000; ++round) {
    const Chain chain =
        test::random_chain(random, 4 + test::below(random, 9), 1 + test::below(random, 2), {.5});
    std::vector<std::uint32_t> expected;
    for (std::uint32_t state = 2; state < chain.states.size(); ++state) {
      if (converts_without(chain, nobody) && !converts_without(chain, state))
        expected.push_back(state);
    }
    const JourneyGraph graph(chain);
    std::vector<std::uint32_t> order;  // in which any path meets them
    for (const JourneyPath& path : graph.most_probable_paths(1)) {
      for (const std::uint32_t state : path.states) {
        if (std::count(expected.begin(), expected.end(), state) > 0) order.push_back(state);
      }
    }
    ASSERT_EQ(graph.unavoidable(), order) << "round " << round;
    ASSERT_EQ(order.size(), expected.size()) << "round " << round;
    found += order.size();
  }
  EXPECT_GT(found, 500u);
}

TEST(Components, AreStatesThatReachEachOther) {
  EXPECT_THAT(JourneyGraph(test::two_channels()).components(), ElementsAre(0, 1, 2, 3, 3));
  // B and D form a loop, C follows itself only, E is out of reach.
  const Chain chain = test::chain_of({"A", "B", "C", "D", "E"}, {{"START", "B", 1},
                                                                 {"B", "D", .5},
                                                                 {"D", "B", .5},
                                                                 {"D", "C", .5},
                                                                 {"C", "C", .5},
                                                                 {"C", "CONV", .5},
                                                                 {"E", "A", 1}});
  EXPECT_THAT(JourneyGraph(chain).components(), ElementsAre(0, 1, 2, 3, 4, 5, 4, 6));
}

/// Which states can be reached from which, each from itself.
std::vector<std::vector<bool>> reachability(const Chain& chain) {
  const std::size_t n = chain.states.size();
  std::vector<std::vector<bool>> reaches(n, std::vector<bool>(n));
  for (std::size_t i = 0; i < n; ++i) reaches[i][i] = true;
  for (const ChainArc& arc : chain.arcs) reaches[arc.from][arc.to] = true;
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        if (reaches[i][k] && reaches[k][j]) reaches[i][j] = true;
      }
    }
  }
  return reaches;
}

TEST(Components, AreWhatReachabilitySays) {
  std::mt19937 random(11);
  for (int round = 0; round < 200; ++round) {
    const Chain chain = test::random_chain(random, 3 + test::below(random, 10), 1, {.5});
    const auto reaches = reachability(chain);
    std::vector<std::uint32_t> expected(reaches.size());
    std::uint32_t next = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      std::size_t first = 0;
      while (!reaches[i][first] || !reaches[first][i]) ++first;
      expected[i] = first == i ? next++ : expected[first];
    }
    ASSERT_EQ(JourneyGraph(chain).components(), expected) << "round " << round;
  }
}

struct FaultCase {
  std::string name;
  Chain chain;
  std::string message;
};
const std::vector<std::string> four = {"(start)", "(conversion)", "(null)", "A"};
const FaultCase fault_cases[] = {
    {"no_states", {}, "got 0 states"},
    {"one_state", {{"(start)"}, {}}, "got 1 states"},
    {"no_such_state",
     {four, {{0, 4, {1}, .5}}},
     "chain.arcs[0] (0 to 4) must be between states below 4"},
    {"from_no_such_state", {four, {{9, 1, {1}, .5}}}, "(9 to 1) must be between states below 4"},
    {"out_of_order",
     {four, {{3, 1, {1}, .5}, {0, 3, {1}, 1}}},
     "chain.arcs[1] (0 to 3) must stand"},
    {"an_arc_twice",
     {four, {{0, 3, {1}, .5}, {0, 3, {1}, .5}}},
     "must stand behind the one before"},
    {"no_count", {four, {{0, 3, {0}, 1}}}, "count above 0, got 0 micro-units"},
    {"probability_0", {four, {{0, 3, {1}, 0}}}, "probability in (0, 1], got 0.000000"},
    {"probability_above_1", {four, {{0, 3, {1}, 1.5}}}, "got 1.500000"},
    {"probability_nan", {four, {{0, 3, {1}, std::numeric_limits<double>::quiet_NaN()}}}, "got nan"},
};
class JourneyGraphFaults : public testing::TestWithParam<FaultCase> {};
INSTANTIATE_TEST_SUITE_P(Table, JourneyGraphFaults, testing::ValuesIn(fault_cases),
                         [](const auto& test) { return test.param.name; });

TEST_P(JourneyGraphFaults, AreErrors) {
  try {
    const JourneyGraph graph(GetParam().chain);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::invalid_option);
    EXPECT_THAT(error.what(), HasSubstr(GetParam().message));
  }
}

TEST(JourneyGraph, OfThreeStatesHasNothingToTell) {
  JourneyGraph graph(Chain{{"(start)", "(conversion)", "(null)"}, {}});
  JourneyGraph moved = std::move(graph);
  EXPECT_THAT(moved.most_probable_paths(3), IsEmpty());
  EXPECT_THAT(moved.components(), ElementsAre(0, 1, 2));
  EXPECT_THAT(moved.betweenness(), ElementsAre(0, 0, 0));
  EXPECT_EQ(moved.chain().states.size(), 3u);
}

/// A loop of 100,000 states that conversion ends, with shortcuts from everywhere to anywhere ahead.
Chain large_chain(std::uint32_t states) {
  Chain chain{std::vector<std::string>(states, "x"), {}};
  std::mt19937 random(3);
  chain.arcs.push_back({Chain::start, 3, {1}, 1});
  for (std::uint32_t state = 3; state < states; ++state) {
    const std::uint32_t next = state + 1 < states ? state + 1 : Chain::conversion;
    const std::uint32_t ahead = state + 2 + test::below(random, 100),
                        back = 3 + test::below(random, state - 2);
    chain.arcs.push_back({state, next, {1}, .5});
    if (ahead < states) chain.arcs.push_back({state, ahead, {1}, .25});
    if (back != next && back != ahead) chain.arcs.push_back({state, back, {1}, .25});
  }
  std::sort(chain.arcs.begin(), chain.arcs.end(), [](const ChainArc& a, const ChainArc& b) {
    return std::tie(a.from, a.to) < std::tie(b.from, b.to);
  });
  return chain;
}

TEST(JourneyGraph, OfAHundredThousandStatesIsNoTrouble) {
  const JourneyGraph graph(large_chain(100'000));
  EXPECT_GT(graph.chain().arcs.size(), 290'000u);
  const auto unavoidable = graph.unavoidable();
  EXPECT_EQ(unavoidable.front(), 3u);
  EXPECT_EQ(unavoidable.back(), 99'999u);
  EXPECT_LE(graph.components()[99'999], 4u);
  EXPECT_EQ(graph.most_probable_paths(1).size(), 1u);
  std::ostringstream dot, graphml;
  graph.write_dot(dot);
  graph.write_graphml(graphml);
  EXPECT_GT(dot.str().size(), 10'000'000u);
  EXPECT_GT(graphml.str().size(), 30'000'000u);
}

}  // namespace
}  // namespace mta

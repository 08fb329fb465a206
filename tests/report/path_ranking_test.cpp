#include "report/path_ranking.hpp"

#include <random>

#include "mta/core/error.hpp"
#include "report/sample_chains.hpp"

namespace mta {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

TEST(MostProbablePaths, WorkedExample) {
  const Chain chain = test::two_channels();
  const auto paths = JourneyGraph(chain).most_probable_paths(10);
  ASSERT_THAT(paths, SizeIs(4));
  EXPECT_EQ(test::text_of(chain, paths[0].states), "START A CONV");
  EXPECT_DOUBLE_EQ(paths[0].probability, .3);
  EXPECT_EQ(test::text_of(chain, paths[1].states), "START B CONV");
  EXPECT_DOUBLE_EQ(paths[1].probability, .1);
  EXPECT_EQ(test::text_of(chain, paths[2].states), "START B A CONV");
  EXPECT_DOUBLE_EQ(paths[2].probability, .05);
  EXPECT_EQ(test::text_of(chain, paths[3].states), "START A B CONV");
  EXPECT_DOUBLE_EQ(paths[3].probability, .045);
}

TEST(MostProbablePaths, AreAsManyAsAskedFor) {
  const JourneyGraph graph(test::two_channels());
  EXPECT_THAT(graph.most_probable_paths(0), IsEmpty());
  const auto all = graph.most_probable_paths(4);
  for (std::size_t count = 1; count < 4; ++count) {
    const auto some = graph.most_probable_paths(count);
    EXPECT_TRUE(
        std::equal(some.begin(), some.end(), all.begin(), all.begin() + std::ptrdiff_t(count)));
  }
}

TEST(MostProbablePaths, AreNoneWhereNothingConverts) {
  EXPECT_THAT(JourneyGraph(test::chain_of({"A", "B"},
                                          {{"START", "A", 1}, {"A", "NULL", 1}, {"B", "CONV", 1}}))
                  .most_probable_paths(3),
              IsEmpty());
}

TEST(MostProbablePaths, MayBeCertainAndDirect) {
  const Chain chain = test::chain_of({}, {{"START", "CONV", 1}});
  const auto paths = JourneyGraph(chain).most_probable_paths(3);
  ASSERT_THAT(paths, SizeIs(1));
  EXPECT_EQ(test::text_of(chain, paths[0].states), "START CONV");
  EXPECT_EQ(paths[0].probability, 1);
}

TEST(MostProbablePaths, OfEqualOnesTheShorterAndThenTheFirstByNumberComesFirst) {
  const Chain chain = test::chain_of({"A", "B", "C"}, {{"START", "A", .25},
                                                       {"START", "B", .25},
                                                       {"START", "C", .25},
                                                       {"A", "C", 1},
                                                       {"B", "CONV", .5},
                                                       {"C", "CONV", .5}});
  const auto paths = JourneyGraph(chain).most_probable_paths(9);
  ASSERT_THAT(paths, SizeIs(3));
  EXPECT_EQ(test::text_of(chain, paths[0].states), "START B CONV");
  EXPECT_EQ(test::text_of(chain, paths[1].states), "START C CONV");
  EXPECT_EQ(test::text_of(chain, paths[2].states), "START A C CONV");
}

TEST(MostProbablePaths, OfVanishingProbabilityAreFoundAllTheSame) {
  const double tiny = std::numeric_limits<double>::denorm_min();
  const Chain chain{
      {"START", "CONV", "NULL", "A", "B"},
      {{0, 3, {1}, tiny}, {0, 4, {1}, 2 * tiny}, {3, 1, {1}, tiny}, {4, 1, {1}, tiny}}};
  const auto paths = JourneyGraph(chain).most_probable_paths(9);
  ASSERT_THAT(paths, SizeIs(2));
  EXPECT_EQ(test::text_of(chain, paths[0].states), "START B CONV");
  EXPECT_EQ(paths[0].probability, 0);  // 2^-2147 is no double
}

TEST(MostProbablePaths, CanBeCancelled) {
  std::stop_source stop;
  stop.request_stop();
  const JourneyGraph graph(test::two_channels());
  try {
    (void)graph.most_probable_paths(1, stop.get_token());
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::cancelled);
  }
}

/// A path's place in the order, in exact integers: probabilities are eighths, 1 or 3 times a power
/// of 2, so that products equal as numbers are equal as lengths, too.
struct ExactPath {
  std::uint64_t improbable = 0;  ///< the smaller, the more probable: 2^63 less the probability
  std::vector<std::uint32_t> states;
  friend bool operator<(const ExactPath& a, const ExactPath& b) {
    return std::tuple(a.improbable, a.states.size(), a.states) <
           std::tuple(b.improbable, b.states.size(), b.states);
  }
};

std::vector<ExactPath> all_paths(const Chain& chain) {
  std::vector<ExactPath> paths;
  test::each_path(chain, Chain::start, Chain::conversion, [&](const std::vector<ChainArc>& arcs) {
    std::uint64_t probability = std::uint64_t{1} << 62;
    std::vector<std::uint32_t> states{Chain::start};
    for (const ChainArc& arc : arcs) {
      probability = probability / 8 * static_cast<std::uint64_t>(arc.probability * 8);
      states.push_back(arc.to);
    }
    paths.push_back({(std::uint64_t{1} << 63) - probability, states});
  });
  std::sort(paths.begin(), paths.end());
  return paths;
}

TEST(MostProbablePaths, AreThoseOfAllThatThereAre) {
  std::mt19937 random(5);
  std::size_t most = 0;
  for (int round = 0; round < 300; ++round) {
    const Chain chain =
        test::random_chain(random, 3 + test::below(random, 6), 3 + test::below(random, 6),
                           {.125, .25, .375, .5, .75, 1});
    const auto expected = all_paths(chain);
    const JourneyGraph graph(chain);
    const auto paths = graph.most_probable_paths(expected.size() + 1);
    ASSERT_THAT(paths, SizeIs(expected.size())) << "round " << round;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      ASSERT_EQ(paths[i].states, expected[i].states) << "round " << round << ", path " << i;
    }
    most = std::max(most, paths.size());
  }
  EXPECT_GT(most, 100u);
}

TEST(ArcLength, IsMinusTheBinaryLogarithm) {
  constexpr std::uint64_t one = std::uint64_t{1} << 40;
  const auto improbability = [](double p) { return report::arc_length(p).improbability; };
  EXPECT_EQ(improbability(1), 0u);
  EXPECT_EQ(improbability(.5), one);
  EXPECT_EQ(improbability(.125), 3 * one);
  EXPECT_EQ(improbability(std::numeric_limits<double>::denorm_min()), 1'074 * one);
  EXPECT_EQ(improbability(.75) + one, improbability(.375));
  EXPECT_EQ(report::arc_length(1).arcs, 1u);
  std::mt19937 random(2);
  for (int i = 0; i < 1'000; ++i) {
    const double p = (static_cast<double>(random()) + 1) / 4'294'967'297.0;
    EXPECT_NEAR(static_cast<double>(improbability(p)), -std::log2(p) * 0x1p40, 1);
  }
}

TEST(PathLength, AddsUpWithoutEverWrapping) {
  report::PathLength length = report::arc_length(std::numeric_limits<double>::denorm_min());
  for (int i = 0; i < 20; ++i) length = length + length;
  EXPECT_EQ(length.improbability, std::uint64_t{1} << 62);
  EXPECT_EQ(length.arcs, 1u << 20);
  EXPECT_LT(length, std::numeric_limits<report::PathLength>::max());
}

}  // namespace
}  // namespace mta

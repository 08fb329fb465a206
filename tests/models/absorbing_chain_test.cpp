#include "models/absorbing_chain.hpp"

#include <gtest/gtest.h>

#include "models/markov_chain.hpp"
#include "support/journey_ends.hpp"
#include "support/markov_oracle.hpp"
#include "support/synthetic_journeys.hpp"

// The solver's ways (dense at once, eliminated to a core, followed) against the brute-force oracle.
namespace mta::test {
namespace {

struct Way {
  std::string name;
  ChainLimits limits;
};
void PrintTo(const Way& way, std::ostream* out) { *out << way.name; }

class SolverWays : public testing::TestWithParam<Way> {};

void expect_as_oracle(const Journeys& journeys, std::size_t channels, const ChainLimits& limits) {
  Markov::State state(channels);
  Markov().accumulate(state, journeys.view());
  const RemovalEffects effects = removal_effects(CountedChain(state), {.channels = channels, .limits = limits});
  const MarkovOracle::Effects expected = MarkovOracle(journeys.view(), channels).effects();
  EXPECT_NEAR(effects.conversion_probability, expected.conversion_probability, 1e-12);
  for (std::size_t c = 0; c < channels; ++c) {
    EXPECT_NEAR(effects.conversions[c], expected.conversions[c], 1e-11) << "channel " << c;
    EXPECT_NEAR(effects.value[c], expected.value[c], 1e-11) << "channel " << c;
  }
}

TEST_P(SolverWays, AgreeWithTheOracle) {
  for (const std::size_t channels : {1u, 2u, 12u, 90u}) {
    for (const std::size_t count : {5u, 60u, 700u}) {
      expect_as_oracle(synthetic_journeys({.journeys = count, .channels = channels, .seed = count}),
                       channels, GetParam().limits);
    }
  }
}

TEST_P(SolverWays, AgreeOnLongChainsOfSingleStates) {
  Journeys journeys;
  for (std::uint32_t j = 0; j < 40; ++j) {  // 0 1 2 ... , leaving at j, sometimes going back
    for (std::uint32_t c = 0; c <= j; ++c) journeys.add_touch(static_cast<ChannelId>(c), 0);
    if (j % 5 == 4) journeys.add_touch(static_cast<ChannelId>(j / 2), 0);
    journeys.end(j % 3 == 0 ? not_converted() : converted({one_conversion, Micros{j * 1000}}));
  }
  expect_as_oracle(journeys, 40, GetParam().limits);
}

const Way ways[] = {
    {"all_dense", {.small = 1000}},
    {"eliminated_to_a_core", {.small = 5, .fill = 0}},
    {"eliminated_to_the_last", {.small = 0, .fill = 0}},
    {"followed", {.small = 0, .fill = 0, .core = 0, .arcs = 0}},
};
INSTANTIATE_TEST_SUITE_P(All, SolverWays, testing::ValuesIn(ways),
                         [](const auto& test) { return test.param.name; });

TEST(AbsorbingChain, ManyStatesByBlocksAgreeWithElimination) {
  constexpr std::size_t channels = 150;  // two levels of blocks
  const auto journeys = synthetic_journeys({.journeys = 3000, .channels = channels, .seed = 9});
  Markov::State state(channels);
  Markov().accumulate(state, journeys.view());
  const RemovalEffects blocks = removal_effects(CountedChain(state), {.channels = channels, .limits = {.small = 1000}});
  const RemovalEffects followed = removal_effects(
      CountedChain(state), {.channels = channels, .limits = {.small = 1000, .core = 0, .arcs = 0}});
  for (std::size_t c = 0; c < channels; ++c) {
    EXPECT_NEAR(blocks.conversions[c], followed.conversions[c], 1e-12);
    EXPECT_NEAR(blocks.value[c], followed.value[c], 1e-12);
  }
}

/// Where hardly anything leaves, 1 - (what stays) has lost all its digits; sums of what leaves have
/// not.
TEST(AbsorbingChain, ChainsThatHardlyEndKeepTheirDigits) {
  constexpr double leave = 1e-14;
  AbsorbingChain chain;
  chain.row = {0, 1, 2};
  chain.to = {1, 0};
  chain.probability = {1 - leave, 1.0};
  chain.start = {1.0, 0.0};
  chain.leave = {leave, 0.0};
  chain.convert = {leave, 0.0};
  chain.reward = {leave, 0.0};
  for (const ChainLimits& limits : {ChainLimits{.small = 10}, ChainLimits{.small = 0, .fill = 0}}) {
    const ChainSolution solution = solve_chain(chain, limits);
    EXPECT_NEAR(solution.convert[0], 1.0, 1e-14);
    EXPECT_NEAR(solution.returns[0] * leave, 1.0, 1e-14);
  }
}

}  // namespace
}  // namespace mta::test

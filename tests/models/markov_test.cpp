#include "mta/models/markov.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/channel_credit.hpp"
#include "support/markov_oracle.hpp"
#include "support/synthetic_journeys.hpp"

namespace mta::test {
namespace {

MarkovFit fit_of(JourneysView journeys, std::size_t channels) {
  const Markov model;
  auto state = model.start(channels);
  model.accumulate(state, journeys);
  return model.finish(state);
}

MarkovFit fit_of(std::string_view text) {
  const auto named = journeys_from(text);
  return fit_of(named.journeys.view(), named.names.size());
}

/// docs/models/markov.md: START -> A 2/3, START -> B 1/3, A -> B 1/2, ...
TEST(Markov, WorkedExample) {
  const MarkovFit fit = fit_of("A B C => 90\nA => null\nB C => null\n");
  EXPECT_DOUBLE_EQ(fit.conversion_probability, 1.0 / 3);
  EXPECT_THAT(fit.removal_effect_conversions, testing::ElementsAre(0.5, 1.0, 1.0));
  EXPECT_EQ(format_micros(fit.credit[0].conversions), "0.200000");
  EXPECT_EQ(format_micros(fit.credit[1].conversions), "0.400000");
  EXPECT_EQ(format_micros(fit.credit[2].value), "36.000000");
  EXPECT_EQ(fit.unattributed, Worth{});
  EXPECT_EQ(fit.explained[0].name, "removal_effect_conversions");
  EXPECT_EQ(fit.explained[1].name, "removal_effect_value");
  EXPECT_EQ(fit.numbers[0].name, "conversion_probability");
  EXPECT_TRUE(fit.notes.empty());
}

TEST(Markov, ArcsOfEachNodeAddUpToOne) {
  const auto journeys = synthetic_journeys({.journeys = 300, .channels = 9});
  const MarkovFit fit = fit_of(journeys.view(), 9);
  std::vector<double> sum(fit.null() + 1);
  for (const MarkovArc& arc : fit.arcs) sum[arc.from] += arc.probability;
  for (std::size_t node = 0; node <= fit.start(); ++node) EXPECT_NEAR(sum[node], 1.0, 1e-15);
}

TEST(Markov, RepeatsChangeNothing) {
  const MarkovFit once = fit_of("A B => 3\nB A => null\n");
  const MarkovFit often = fit_of("A A A B B => 3\nB B A A => null\n");
  EXPECT_EQ(once.credit, often.credit);
  EXPECT_EQ(once.arcs.size(), often.arcs.size());
}

TEST(Markov, ChannelsThatCannotConvertEarnNothing) {
  // D and E only lead to each other and to null; F is only ever last in nulls.
  const MarkovFit fit = fit_of("A B => 10\nA D E D E => null\nF => null\n");
  EXPECT_THAT(fit.removal_effect_conversions, testing::ElementsAre(1.0, 1.0, 0.0, 0.0, 0.0));
  EXPECT_EQ(fit.credit[2], Worth{});
}

TEST(Markov, WithoutConversionsThereIsNoCredit) {
  const MarkovFit fit = fit_of("A B => null\nB => 3x null\n");
  EXPECT_EQ(fit.conversion_probability, 0.0);
  EXPECT_THAT(fit.credit, testing::Each(Worth{}));
  EXPECT_EQ(fit.unattributed, Worth{});
}

TEST(Markov, ValueWithoutConversionsIsUnattributed) {
  const MarkovFit fit = fit_of("A B => refund -20\n");
  EXPECT_EQ(fit.unattributed, (Worth{{0}, {-20'000'000}}));
  ASSERT_EQ(fit.notes.size(), 1u);
  EXPECT_THAT(fit.notes[0], testing::HasSubstr("unattributed"));
}

TEST(Markov, RefundsReduceTheValueOfTheirLastState) {
  const MarkovFit fit = fit_of("A B => 100\nA => 50\nA B => refund -60\n");
  // Of the value, 40 ends at B and 50 at A: all passes A, 40/90 of it passes B.
  EXPECT_DOUBLE_EQ(fit.removal_effect_value[0], 1.0);
  EXPECT_DOUBLE_EQ(fit.removal_effect_value[1], 40.0 / 90);
  EXPECT_EQ(fit.credit[0].value + fit.credit[1].value, Micros{90'000'000});
}

TEST(Markov, ValueFollowsConversionsWhereRefundsOutweighIt) {
  const MarkovFit fit = fit_of("A B => 10\nA => 50\nA B => refund -30\n");
  EXPECT_LT(fit.removal_effect_value[1], 0);
  EXPECT_EQ(fit.value_effect, fit.conversion_effect);
  ASSERT_EQ(fit.notes.size(), 1u);
  EXPECT_THAT(fit.notes[0], testing::HasSubstr("by removal effects on conversions"));
  EXPECT_EQ(fit.credit[0].value + fit.credit[1].value, Micros{30'000'000});
}

TEST(Markov, WithoutChannelsThereIsNothing) {
  const MarkovFit fit = fit_of(Journeys().view(), 0);
  EXPECT_TRUE(fit.credit.empty());
  EXPECT_EQ(fit.unattributed, Worth{});
}

TEST(Markov, TinyChannelsAmongHugeOnesKeepTheirCredit) {
  const MarkovFit fit = fit_of("A => 1000000000x 1000000000\nB => 1x 1\n");
  EXPECT_EQ(format_micros(fit.credit[1].conversions), "1.000000");
  EXPECT_EQ(format_micros(fit.credit[1].value), "1.000000");
}

class MarkovAgainstOracle : public testing::TestWithParam<Worths> {};

TEST_P(MarkovAgainstOracle, EffectsAgree) {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    const std::size_t channels = 1 + seed;
    const auto journeys = synthetic_journeys(
        {.journeys = 20 * seed, .channels = channels, .seed = seed, .worths = GetParam()});
    const MarkovFit fit = fit_of(journeys.view(), channels);
    const auto oracle = MarkovOracle(journeys.view(), channels).effects();
    EXPECT_NEAR(fit.conversion_probability, oracle.conversion_probability, 1e-13);
    for (std::size_t c = 0; c < channels; ++c) {
      EXPECT_NEAR(fit.removal_effect_conversions[c], oracle.conversions[c], 1e-11);
      const double size = std::max(1.0, std::abs(oracle.value[c]));
      EXPECT_NEAR(fit.removal_effect_value[c] / size, oracle.value[c] / size, 1e-9);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Worths, MarkovAgainstOracle,
                         testing::Values(Worths::usual, Worths::refunds, Worths::fractional,
                                         Worths::tiny, Worths::huge));

}  // namespace
}  // namespace mta::test

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "models/counted_chain.hpp"
#include "models/markov_chain.hpp"
#include "mta/core/error.hpp"
#include "mta/models/markov.hpp"
#include "support/gram_oracle.hpp"
#include "support/journeys_from.hpp"
#include "support/synthetic_journeys.hpp"

// Markov chains of every order, ways of removing and things removed, against the brute-force
// oracle.
namespace mta::test {
namespace {

using Gram = GramOracle::Gram;

MarkovFit fit(const MarkovOptions& options, JourneysView journeys, std::size_t channels) {
  std::vector<std::string> names;
  for (std::size_t c = 0; c < channels; ++c)
    names.push_back(std::string(1, static_cast<char>('a' + c)));
  const std::vector<std::string_view> views(names.begin(), names.end());
  const Markov model = Markov(options).bind({.channels = views});
  Markov::State state = model.start(channels);
  model.accumulate(state, journeys);
  return model.finish(state);
}

auto has(std::size_t channel) {
  return [channel](const Gram& gram) { return std::ranges::find(gram, channel) != gram.end(); };
}

struct Case {
  std::size_t channels, journeys, longest;
  Worths worths;
};
const Case cases[] = {{1, 20, 6, Worths::usual},     {3, 200, 8, Worths::usual},
                      {5, 300, 12, Worths::refunds}, {4, 60, 30, Worths::fractional},
                      {12, 150, 5, Worths::usual},   {2, 400, 40, Worths::usual}};

class MarkovOrders : public testing::TestWithParam<std::int64_t> {};

TEST_P(MarkovOrders, AgreeWithTheOracle) {
  const auto order = static_cast<std::size_t>(GetParam());
  for (const Case& one : cases) {
    const auto journeys = synthetic_journeys({.journeys = one.journeys,
                                              .channels = one.channels,
                                              .seed = one.journeys + order,
                                              .longest = one.longest,
                                              .worths = one.worths});
    for (const Nulls nulls : {Nulls::count, Nulls::ignore}) {
      const GramOracle oracle(journeys.view(), order, nulls == Nulls::count);
      const MarkovFit got =
          fit({.order = GetParam(), .nulls = nulls}, journeys.view(), one.channels);
      EXPECT_NEAR(got.conversion_probability, oracle.whole().conversions, 1e-12);
      for (std::size_t c = 0; c < one.channels; ++c) {
        const GramOracle::Chance expected = oracle.effect(has(c));
        EXPECT_NEAR(got.removal_effect_conversions[c], expected.conversions, 1e-11) << c;
        EXPECT_NEAR(got.removal_effect_value[c], expected.value, 1e-10) << c;
      }
    }
  }
}

TEST_P(MarkovOrders, RenormalizedAgreeWithTheOracle) {
  const auto order = static_cast<std::size_t>(GetParam());
  for (const Case& one : cases) {
    const auto journeys = synthetic_journeys({.journeys = one.journeys,
                                              .channels = one.channels,
                                              .seed = 3 * one.journeys + order,
                                              .longest = one.longest,
                                              .worths = one.worths});
    const GramOracle oracle(journeys.view(), order);
    const MarkovFit got =
        fit({.order = GetParam(), .removed = Removed::renormalized}, journeys.view(), one.channels);
    for (std::size_t c = 0; c < one.channels; ++c) {
      const GramOracle::Chance expected = oracle.renormalized_effect(has(c));
      EXPECT_NEAR(got.removal_effect_conversions[c], expected.conversions, 1e-10) << c;
      EXPECT_NEAR(got.removal_effect_value[c], expected.value, 1e-9) << c;
    }
  }
}

TEST_P(MarkovOrders, SetsAndSequencesAgreeWithTheOracle) {
  const auto order = static_cast<std::size_t>(GetParam());
  const auto journeys =
      synthetic_journeys({.journeys = 300, .channels = 4, .seed = order, .longest = 9});
  const GramOracle oracle(journeys.view(), order);
  const MarkovFit got =
      fit({.order = GetParam(), .remove = {"a + c", "b>a", "d + d"}}, journeys.view(), 4);
  const auto number = [&](const std::string& name) {
    const auto at = std::ranges::find(got.numbers, name, &FitNumber::name);
    EXPECT_NE(at, got.numbers.end()) << name;
    return at == got.numbers.end() ? NAN : at->value;
  };
  const auto set = oracle.effect([](const Gram& gram) { return has(0)(gram) || has(2)(gram); });
  EXPECT_NEAR(number("removal_effect_conversions of a + c"), set.conversions, 1e-12);
  EXPECT_NEAR(number("removal_effect_value of a + c"), set.value, 1e-11);
  EXPECT_NEAR(number("removal_effect_conversions of d + d"), got.removal_effect_conversions[3],
              1e-12);
  const Gram sequence{1, 0};
  const auto row = oracle.effect(
      [&](const Gram& gram) { return !std::ranges::search(gram, sequence).empty(); },
      [&](const Gram& from, const Gram& to) { return from.back() == 1 && to.back() == 0; });
  EXPECT_NEAR(number("removal_effect_conversions of b>a"), row.conversions, 1e-12);
  EXPECT_NEAR(number("removal_effect_value of b>a"), row.value, 1e-11);
}

TEST_P(MarkovOrders, VisitsAndStepsFitTheChain) {
  const auto journeys =
      synthetic_journeys({.journeys = 250, .channels = 5, .seed = 8, .longest = 12});
  const Markov model({.order = GetParam()});
  Markov::State state = model.start(5);
  model.accumulate(state, journeys.view());
  const MarkovFit got = model.finish(state);
  const std::vector<double> steps = model.steps_to_absorption(state);
  std::vector<double> visits(got.states), ahead(got.states, 1.0);
  double from_start = 1;  // START itself is left by one step
  for (const MarkovArc& arc : got.arcs) {
    const double before = arc.from == got.start() ? 1.0 : got.expected_visits[arc.from];
    if (arc.to < got.states) visits[arc.to] += before * arc.probability;
    if (arc.from < got.states && arc.to < got.states)
      ahead[arc.from] += arc.probability * steps[arc.to];
    if (arc.from == got.start()) from_start += arc.probability * steps[arc.to];
  }
  for (std::size_t s = 0; s < got.states; ++s) {
    EXPECT_NEAR(visits[s], got.expected_visits[s], 1e-12);
    EXPECT_NEAR(ahead[s], steps[s], 1e-10);
  }
  const auto number = std::ranges::find(got.numbers, "steps_to_absorption", &FitNumber::name);
  EXPECT_NEAR(number->value, from_start, 1e-10);
}

INSTANTIATE_TEST_SUITE_P(Orders, MarkovOrders, testing::Values(1, 2, 3, 5, 8, 64),
                         testing::PrintToStringParamName());

TEST(MarkovOrder, GramsOfOrder1AreTheChannels) {
  const auto journeys = synthetic_journeys({.journeys = 300, .channels = 7, .seed = 5});
  GramCounts third(3);
  for (std::size_t i = 0; i < journeys.view().size(); ++i) {
    const Journey journey = journeys.view()[i];
    third.count(journey.channel, journey.outcome, static_cast<std::uint64_t>(journey.count.units),
                journey.worth.value);
  }
  const CountedChain grams(third.shortened(1));
  const Markov model;
  Markov::State state = model.start(7);
  model.accumulate(state, journeys.view());
  const CountedChain channels(state);
  EXPECT_EQ(grams.steps, channels.steps);
  EXPECT_EQ(grams.ends, channels.ends);
}

TEST(MarkovOrder, JourneysThatAreCountedTogetherCountAsOneByOne) {
  const auto journeys = synthetic_journeys({.journeys = 40'000, .channels = 60, .seed = 6});
  for (const ChooseOrder choose : {ChooseOrder::none, ChooseOrder::log_likelihood}) {
    for (const Nulls nulls : {Nulls::count, Nulls::ignore}) {
      const Markov model({.order = 2, .choose_order = choose, .nulls = nulls});
      Markov::State together = model.start(60), single = model.start(60);
      const JourneysView half = journeys.view().first(20'000);  // what they meet is large by then
      model.accumulate(together, half);
      model.accumulate(together, journeys.view().from(20'000));
      for (std::size_t i = 0; i < journeys.view().size(); ++i) {
        model.accumulate(single, journeys.view().from(i).first(1));
      }
      EXPECT_EQ(together, single);
      if (nulls == Nulls::count) {
        EXPECT_GT(together.grams.front().step_room(), std::size_t{512} << 10);
      }
    }
  }
}

TEST(MarkovOrder, ALoopThatRemovalClosesLeadsNowhere) {
  // Without c, those at a and b go round for ever: they convert no more.
  const auto named = journeys_from("a b a b c => 1\nc => 1\nd => 1\nd => null\n");
  for (const std::int64_t order : {1, 2}) {
    const MarkovFit got =
        fit({.order = order, .removed = Removed::renormalized}, named.journeys.view(), 4);
    // What is left: START to a (1/3), d (2/3); d converts by half.
    EXPECT_NEAR(got.conversion_probability, 0.75, 1e-15);
    EXPECT_NEAR(got.removal_effect_conversions[2], 1 - (2.0 / 3 / 2) / 0.75, 1e-14);
  }
}

TEST(MarkovOrder, AChainThatHardlyEndsIsEliminated) {
  // Journeys of 20,000 touches: sweeps would not end.
  Journeys journeys;
  for (std::uint32_t j = 0; j < 4; ++j) {
    for (std::uint32_t t = 0; t < 20'000; ++t) {
      journeys.add_touch(static_cast<ChannelId>((t * (j + 3) + t / 7) % 5), 0);
    }
    journeys.end(j % 2 == 0
                     ? JourneyEnd{0, {one_conversion, {5}}, one_conversion, Outcome::converted}
                     : JourneyEnd{0, {}, one_conversion, Outcome::null});
  }
  const GramOracle oracle(journeys.view(), 2);
  const MarkovFit got = fit({.order = 2}, journeys.view(), 5);
  for (std::size_t c = 0; c < 5; ++c) {
    EXPECT_NEAR(got.removal_effect_conversions[c], oracle.effect(has(c)).conversions, 1e-9);
  }
}

TEST(MarkovOrder, NamesOfRemovalsMustBeChannels) {
  EXPECT_THROW(fit({.remove = {"a + z"}}, Journeys().view(), 3), Error);
}

TEST(MarkovOrder, NoJourneysGiveNoEffects) {
  for (const MarkovOptions& options :
       {MarkovOptions{.order = 3}, MarkovOptions{.order = 2, .removed = Removed::renormalized},
        MarkovOptions{.order = 4, .choose_order = ChooseOrder::log_likelihood}}) {
    const MarkovFit got = fit(options, Journeys().view(), 3);
    EXPECT_EQ(got.removal_effect_conversions, std::vector<double>(3));
    EXPECT_EQ(got.conversion_probability, 0);
  }
}

/// Out of sample, worked by hand: parts {a => 1, a => null} and {b => 1}, channels a, b. Outcomes:
/// 4, each with 1/4 of a pseudo-count.
TEST(MarkovOrder, LogLikelihoodByHand) {
  const auto named = journeys_from("a => 1\na => null\nb => 1\n");
  std::vector<GramCounts> parts(2, GramCounts(2));
  for (std::size_t i = 0; i < 3; ++i) {
    const Journey journey = named.journeys.view()[i];
    parts[i == 2 ? 1 : 0].count(journey.channel, journey.outcome, 1'000'000, {});
  }
  Markov model({.order = 2, .choose_order = ChooseOrder::log_likelihood});
  Markov::State state(2, 2, Markov::folds);
  state.grams[0] = parts[0];
  state.grams[1] = parts[1];
  const MarkovFit got = model.finish(state);
  // The first part under the second (one b): START twice to a, which was not seen (1/4) / (1 + 1);
  // then from a, never seen: two outcomes at 1/4. The second under the first (two a): START to b
  // (1/4) / 3; then 1/4.
  const double expected =
      2 * std::log(0.25 / 2) + 2 * std::log(0.25) + std::log(0.25 / 3) + std::log(0.25);
  EXPECT_NEAR(got.orders[0].log_likelihood, expected, 1e-12);
  EXPECT_NEAR(got.orders[1].log_likelihood, expected, 1e-12);
  EXPECT_EQ(got.order, 1u);  // of equals the lowest
}

/// Without journeys of both kinds, AUC is 0.5 whatever the order.
TEST(MarkovOrder, AucNeedsNulls) {
  EXPECT_THROW(Markov({.choose_order = ChooseOrder::penalized_auc, .nulls = Nulls::ignore}), Error);
  const auto all_convert = journeys_from("a b => 1\nb => 1\n");
  const MarkovOptions options{.order = 3, .choose_order = ChooseOrder::penalized_auc};
  const MarkovFit got = fit(options, all_convert.journeys.view(), 2);
  EXPECT_EQ(got.orders[0].auc, 0.5);
  ASSERT_EQ(got.notes.size(), 1u);
  EXPECT_NE(got.notes[0].find("AUC"), std::string::npos);
  const auto both = journeys_from("a b => 1\nb => null\n");
  EXPECT_TRUE(fit(options, both.journeys.view(), 2).notes.empty());
}

/// A second-order world: after "a b" comes a conversion, after "b b" none.
TEST(MarkovOrder, LikelihoodFindsTheOrderOfAMadeWorld) {
  Journeys journeys;
  for (std::uint32_t j = 0; j < 4000; ++j) {
    const bool good = (j * 2'654'435'761u >> 16) % 2 == 0;
    journeys.add_touch(static_cast<ChannelId>(good ? 0 : 1), 0);
    journeys.add_touch(static_cast<ChannelId>(1), 0);
    const PersonKey person{j * 0x9E3779B97F4A7C15u, j * 2'654'435'761u};
    journeys.end({.worth = good ? Worth{one_conversion, {}} : Worth{},
                  .count = one_conversion,
                  .outcome = good ? Outcome::converted : Outcome::null,
                  .person = person});
  }
  const MarkovFit got =
      fit({.order = 4, .choose_order = ChooseOrder::log_likelihood}, journeys.view(), 2);
  EXPECT_EQ(got.order, 2u);
  EXPECT_EQ(got.orders[1].auc, 1);
}

}  // namespace
}  // namespace mta::test

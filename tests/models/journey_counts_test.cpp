#include "models/journey_counts.hpp"

#include <gtest/gtest.h>

#include <map>
#include <utility>

#include "mta/core/error.hpp"
#include "support/synthetic_journeys.hpp"

// What Markov learns, counted touch by touch.
namespace mta::test {
namespace {

constexpr std::uint64_t unit = 1'000'000;
constexpr std::uint64_t most = (std::uint64_t{1} << 63) - 1;

struct Counted {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> steps;
  std::vector<Markov::State::Ends> ends;
  std::uint64_t value_size = 0;
};

Counted count_plainly(JourneysView journeys, std::size_t channels) {
  Counted counted;
  counted.ends.resize(channels);
  for (std::size_t i = 0; i < journeys.size(); ++i) {
    const Journey journey = journeys[i];
    const auto count = static_cast<std::uint64_t>(journey.count.units);
    auto& last = counted.ends[index(journey.channel.back())];
    last.value += journey.worth.value.units;
    counted.value_size += static_cast<std::uint64_t>(std::abs(journey.worth.value.units));
    if (journey.outcome == Outcome::refunded) continue;
    counted.ends[index(journey.channel.front())].first += count;
    (journey.outcome == Outcome::converted ? last.conversions : last.nulls) += count;
    for (std::size_t t = 1; t < journey.channel.size(); ++t) {
      const auto from = static_cast<std::uint32_t>(journey.channel[t - 1]);
      const auto to = static_cast<std::uint32_t>(journey.channel[t]);
      if (from != to && count != 0) counted.steps[{from, to}] += count;
    }
  }
  return counted;
}

void expect_counted(const Markov::State& state, const Counted& counted) {
  EXPECT_EQ(state.ends, counted.ends);
  EXPECT_EQ(state.value_size, counted.value_size);
  const auto steps = state.transitions.sorted();
  ASSERT_EQ(steps.size(), counted.steps.size());
  std::size_t i = 0;
  for (const auto& [pair, count] : counted.steps) {
    EXPECT_EQ(steps[i++], (TransitionCounts::Transition{pair.first, pair.second, count}));
  }
}

class JourneyCounts : public testing::TestWithParam<std::size_t> {};

TEST_P(JourneyCounts, AreThoseOfEachTouch) {
  const std::size_t channels = GetParam();
  const Markov model;
  for (const Worths worths : {Worths::usual, Worths::refunds, Worths::fractional}) {
    const auto journeys =
        synthetic_journeys({.journeys = 3'000, .channels = channels, .worths = worths});
    Markov::State state = model.start(channels);
    model.accumulate(state, journeys.view().first(1'000));  // more than a stream of touches
    model.accumulate(state, journeys.view().from(1'000));
    model.accumulate(state, JourneysView());
    expect_counted(state, count_plainly(journeys.view(), channels));
  }
}

TEST_P(JourneyCounts, OfJourneysLongerThanAStream) {
  const std::size_t channels = GetParam();
  for (const std::size_t longest : {4'095u, 4'096u, 4'097u, 20'000u}) {
    Random random(longest);
    Journeys journeys;
    for (const std::size_t touches : {std::size_t{3}, longest, std::size_t{2}, longest}) {
      for (std::size_t t = 0; t < touches; ++t) {
        journeys.add_touch(static_cast<ChannelId>(random.below(channels)), Seconds(0), 0);
      }
      journeys.end(
          {.worth = {one_conversion, {7}}, .count = one_conversion, .outcome = Outcome::converted});
    }
    const Markov model;
    Markov::State state = model.start(channels);
    model.accumulate(state, journeys.view());
    expect_counted(state, count_plainly(journeys.view(), channels));
  }
}

/// One journey from channel 0 to channel 1.
Journeys one_step() {
  Journeys journeys;
  journeys.add_touch(ChannelId{0}, Seconds(0), 0);
  journeys.add_touch(ChannelId{1}, Seconds(0), 0);
  journeys.end(
      {.worth = {one_conversion, {3}}, .count = one_conversion, .outcome = Outcome::converted});
  return journeys;
}

void expect_room_for_one(const Markov::State& full_but_one) {
  const Markov model;
  const Journeys journeys = one_step();
  Markov::State state = full_but_one;
  model.accumulate(state, journeys.view());
  try {
    model.accumulate(state, journeys.view());
    FAIL() << "no overflow";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::overflow);
  }
}

TEST_P(JourneyCounts, EachFillsUpToTheLastUnit) {
  const std::size_t channels = GetParam();
  if (channels < 2) GTEST_SKIP() << "a step takes two channels";
  const Markov::State fresh = Markov().start(channels);
  Markov::State steps = fresh, first = fresh, conversions = fresh, value = fresh;
  steps.transitions.add(0, 1, most - unit);
  expect_room_for_one(steps);
  first.ends[0].first = most - unit;
  expect_room_for_one(first);
  conversions.ends[1].conversions = most - unit;
  expect_room_for_one(conversions);
  value.value_size = most - 3;
  expect_room_for_one(value);
}

// Few channels have private counts, up to 32; more count in the table of all pairs, up to 512.
INSTANTIATE_TEST_SUITE_P(Channels, JourneyCounts, testing::Values(1, 2, 20, 32, 33, 512, 513),
                         [](const auto& test) { return std::to_string(test.param); });

}  // namespace
}  // namespace mta::test

#include <gtest/gtest.h>

#include "mta/core/error.hpp"
#include "mta/models/leave_one_out.hpp"
#include "mta/models/markov.hpp"
#include "mta/models/ordered_shapley.hpp"
#include "mta/models/shao_li.hpp"
#include "mta/models/shapley.hpp"
#include "support/journey_ends.hpp"
#include "support/synthetic_journeys.hpp"

// What every fitted model's state promises. Few channels take the table of pairs, many the hash
// table.
namespace mta::test {
namespace {

template <class M>
class FittedModelLaws : public testing::Test {};
struct MarkovOfTriples : Markov {
  MarkovOfTriples() : Markov({.order = 3}) {}
};
struct MarkovThatChooses : Markov {
  MarkovThatChooses() : Markov({.order = 2, .choose_order = ChooseOrder::penalized_auc}) {}
};
using FittedModels = testing::Types<Markov, MarkovOfTriples, MarkovThatChooses, Shapley,
                                    OrderedShapley, LeaveOneOut, ShaoLi>;
TYPED_TEST_SUITE(FittedModelLaws, FittedModels);

constexpr std::size_t channel_counts[] = {1, 7, TransitionCounts::largest_table,
                                          TransitionCounts::largest_table + 1, 3000};

TYPED_TEST(FittedModelLaws, MergingPartsEqualsOnePass) {
  const TypeParam model;
  for (const std::size_t channels : channel_counts) {
    const auto all = synthetic_journeys(
        {.journeys = 500, .channels = channels, .seed = 42, .worths = Worths::refunds});
    auto whole = model.start(channels);
    model.accumulate(whole, all.view());
    for (const std::size_t cut : {0u, 1u, 250u, 499u, 500u}) {
      auto left = model.start(channels), right = model.start(channels);
      model.accumulate(left, all.view().first(cut));
      model.accumulate(right, all.view().from(cut));
      merge(left, right);
      EXPECT_EQ(left, whole) << "cut at " << cut;  // integers: equal, not near
    }
  }
}

TYPED_TEST(FittedModelLaws, SubtractUndoesMerge) {
  const TypeParam model;
  for (const std::size_t channels : channel_counts) {
    const auto all = synthetic_journeys(
        {.journeys = 500, .channels = channels, .seed = 43, .worths = Worths::refunds});
    auto kept = model.start(channels), taken = model.start(channels);
    model.accumulate(kept, all.view().first(300));
    model.accumulate(taken, all.view().from(300));
    auto state = kept;
    merge(state, taken);
    EXPECT_FALSE(state == kept);
    subtract(state, taken);
    EXPECT_EQ(state, kept);
    subtract(state, kept);
    EXPECT_EQ(state, model.start(channels));
  }
}

TYPED_TEST(FittedModelLaws, AFreshStateIsTheIdentity) {
  const TypeParam model;
  for (const std::size_t channels : channel_counts) {
    const auto all = synthetic_journeys({.journeys = 200, .channels = channels});
    auto state = model.start(channels);
    model.accumulate(state, all.view());
    auto copy = state, fresh = model.start(channels);
    merge(copy, model.start(channels));
    EXPECT_EQ(copy, state);
    subtract(copy, model.start(channels));
    EXPECT_EQ(copy, state);
    merge(fresh, state);
    EXPECT_EQ(fresh, state);
  }
}

TYPED_TEST(FittedModelLaws, TheOrderOfJourneysDoesNotMatter) {
  const TypeParam model;
  for (const std::size_t channels : channel_counts) {
    const auto all = synthetic_journeys(
        {.journeys = 500, .channels = channels, .seed = 44, .worths = Worths::fractional});
    std::vector<std::uint32_t> same(channels);
    for (std::uint32_t c = 0; c < channels; ++c) same[c] = c;
    const auto other = rearranged(all.view(), shuffled_numbers<std::size_t>(500, 1), same);
    auto one = model.start(channels), two = model.start(channels);
    model.accumulate(one, all.view());
    model.accumulate(two, other.view());
    EXPECT_EQ(one, two);
  }
}

TYPED_TEST(FittedModelLaws, SubtractingWhatWasNeverAddedIsRefused) {
  const TypeParam model;
  for (const std::size_t channels : channel_counts) {
    const auto all = synthetic_journeys({.journeys = 50, .channels = channels});
    auto state = model.start(channels), more = model.start(channels);
    model.accumulate(state, all.view().first(20));
    model.accumulate(more, all.view());
    const auto before = state;
    try {
      subtract(state, more);
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Errc::foreign_state);
    }
    EXPECT_EQ(state, before);
  }
}

TYPED_TEST(FittedModelLaws, CountsBeyond64BitsAreAnError) {
  const TypeParam model;
  Journeys journeys;
  for (int i = 0; i < 2; ++i) {
    journeys.add_touch(ChannelId{0}, 0);
    journeys.add_touch(ChannelId{1}, 0);
    const Micros many{(std::int64_t{1} << 62) + 1};
    journeys.end(converted({many, {0}}));
  }
  for (const std::size_t channels : {std::size_t{2}, std::size_t{2000}}) {
    auto state = model.start(channels);
    EXPECT_THROW(model.accumulate(state, journeys.view()), Error);
    auto one = model.start(channels), other = model.start(channels);
    model.accumulate(one, journeys.view().first(1));
    model.accumulate(other, journeys.view().from(1));
    EXPECT_THROW(merge(one, other), Error);
  }
}

}  // namespace
}  // namespace mta::test

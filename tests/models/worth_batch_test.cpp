#include "mta/models/worth_batch.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <map>

#include "support/synthetic_journeys.hpp"

namespace mta::test {
namespace {

constexpr std::int64_t most = std::int64_t{1} << 46;

void add_journey(Journeys& journeys, std::size_t touches, const Worth& worth) {
  for (std::size_t t = 0; t < touches; ++t) journeys.add_touch(ChannelId{0}, Seconds(0), 0);
  journeys.end({.worth = worth, .count = one_conversion});
}

/// Where each journey is found: its number of touches for a block, 0 for `others`.
std::map<std::uint32_t, std::size_t> places(const WorthBatch& batch) {
  std::map<std::uint32_t, std::size_t> place;
  batch.for_each_block([&](const JourneyBlock& block) {
    EXPECT_LE(block.touches * block.stride, WorthBatch::largest_block);
    EXPECT_LE(block.journey.size(), std::min<std::size_t>(block.stride, 64));
    for (std::size_t j = 0; j < block.journey.size(); ++j) {
      const std::uint32_t i = block.journey[j];
      EXPECT_TRUE(place.emplace(i, block.touches).second) << "twice: " << i;
      EXPECT_EQ(block.begin[j], batch.journeys().begin_of(i));
      EXPECT_EQ(block.begin[j] + block.touches, batch.journeys().end_of(i).end_of_touches);
      EXPECT_EQ((Worth{{block.conversions[j]}, {block.value[j]}}),
                batch.journeys().end_of(i).worth);
    }
  });
  for (const std::uint32_t i : batch.others()) EXPECT_TRUE(place.emplace(i, 0).second) << i;
  return place;
}

TEST(WorthBatch, HoldsEveryJourneyWithWorthOnce) {
  WorthBatch batch;
  for (const std::size_t count :
       {1'000u, 3u, 5'000u}) {  // smaller after larger: nothing is left over
    const auto journeys =
        synthetic_journeys({.journeys = count, .longest = 90, .worths = Worths::refunds});
    const JourneysView view = journeys.view().from(count / 3);
    batch.assign(view);
    const auto place = places(batch);
    std::size_t with_worth = 0;
    for (std::uint32_t i = 0; i < view.size(); ++i) {
      const std::size_t touches = view[i].channel.size();
      if (view[i].worth == Worth{}) {
        EXPECT_FALSE(place.contains(i));
        continue;
      }
      ASSERT_LT(with_worth, batch.with_worth().size());
      EXPECT_EQ(batch.with_worth()[with_worth++], i);
      EXPECT_EQ(place.at(i), touches <= WorthBatch::longest ? touches : 0);
    }
    EXPECT_EQ(with_worth, batch.with_worth().size());
    EXPECT_EQ(place.size(), with_worth);
  }
}

TEST(WorthBatch, LeavesWhatDoublesMayNotSplitToOthers) {
  constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
  Journeys journeys;
  add_journey(journeys, 64, {one_conversion, {most}});
  add_journey(journeys, 65, {one_conversion, {1}});
  add_journey(journeys, 3, {one_conversion, {-most}});
  add_journey(journeys, 3, {one_conversion, {most + 1}});
  add_journey(journeys, 3, {{-most - 1}, {0}});
  add_journey(journeys, 3, {{0}, {lowest}});
  add_journey(journeys, 3, {{0}, {std::numeric_limits<std::int64_t>::max()}});
  add_journey(journeys, 3, {});
  WorthBatch batch;
  batch.assign(journeys.view());
  EXPECT_EQ(places(batch), (std::map<std::uint32_t, std::size_t>{
                               {0, 64}, {1, 0}, {2, 3}, {3, 0}, {4, 0}, {5, 0}, {6, 0}}));
}

TEST(WorthBatch, OfNothingIsEmpty) {
  WorthBatch batch;
  Journeys journeys;
  add_journey(journeys, 2, {{5}, {5}});
  batch.assign(journeys.view());
  EXPECT_EQ(places(batch).size(), 1u);
  batch.assign(JourneysView());
  EXPECT_TRUE(places(batch).empty());
  EXPECT_TRUE(batch.with_worth().empty());
}

}  // namespace
}  // namespace mta::test

#include "mta/credits/journey_statistics.hpp"

#include <gtest/gtest.h>

#include "support/journeys_from.hpp"

namespace mta {
namespace {

using Statistics = JourneyStatistics;

constexpr std::int64_t day = 86'400;

/// Adds a journey of channels by number, `first_age` seconds old; the others are as old as it.
void add(Journeys& journeys, std::vector<std::uint32_t> path, double first_age, JourneyEnd end) {
  for (const std::uint32_t channel : path) {
    journeys.add_touch(static_cast<ChannelId>(channel), Seconds(first_age), 0);
  }
  journeys.end(end);
}

JourneyEnd sale(std::int64_t value) {
  return {.worth = {one_conversion, {value * 1'000'000}},
          .count = one_conversion,
          .outcome = Outcome::converted};
}
const JourneyEnd null{.count = one_conversion, .outcome = Outcome::null};
const JourneyEnd refund{.worth = {{}, {-4'000'000}}, .outcome = Outcome::refunded};

constexpr Worth worth(std::int64_t conversions, std::int64_t value) {
  return {{conversions * 1'000'000}, {value * 1'000'000}};
}

const std::vector<std::string_view> names = {"a", "b", "c", "d"};

/// a b a for 10 and 20, b for 5, c once without, b a for 4 and back; d only without a conversion.
Journeys sample() {
  Journeys journeys;
  add(journeys, {0, 1, 0}, 2 * day, sale(10));
  add(journeys, {0, 1, 0}, 2 * day - 1e-6, sale(20));
  add(journeys, {1}, 0, sale(5));
  add(journeys, {1}, 0, null);
  add(journeys, {1, 0}, 40 * day, sale(4));
  add(journeys, {1, 0}, 40 * day, refund);
  add(journeys, {3}, 5, null);
  add(journeys, {2}, 86'399, sale(0));
  return journeys;
}

Statistics of(JourneysView journeys, std::size_t top) {
  JourneyStatisticsCounts counts(names.size());
  counts.add(journeys);
  return counts.finish(names, top);
}

TEST(JourneyStatistics, ByHand) {
  const Journeys journeys = sample();
  const Statistics got = of(journeys.view(), 2);
  EXPECT_EQ(got.paths, 5u);
  EXPECT_EQ(got.top_paths, (std::vector<Statistics::Path>{{{"a", "b", "a"}, worth(2, 30), {}},
                                                          {{"b"}, worth(1, 5), {1'000'000}}}));
  EXPECT_EQ(got.lengths,
            (std::vector<Statistics::Bin>{{1, worth(2, 5)}, {2, worth(1, 0)}, {3, worth(2, 30)}}));
  // A microsecond short of two days is one day.
  EXPECT_EQ(got.lags,
            (std::vector<Statistics::Bin>{
                {0, worth(2, 5)}, {1, worth(1, 20)}, {2, worth(1, 10)}, {40, worth(1, 0)}}));
  EXPECT_EQ(got.roles, (std::vector<Statistics::Role>{
                           {"b", worth(1 + 1, 5), worth(1, 5), worth(4, 35), worth(3, 30)},
                           {"a", worth(2, 30), worth(3, 30), worth(3, 30), worth(0, 0)},
                           {"c", worth(1, 0), worth(1, 0), worth(1, 0), worth(0, 0)}}));
  EXPECT_EQ(got.overlaps, (std::vector<Statistics::Overlap>{{"b", "a", worth(3, 30)}}));
}

TEST(JourneyStatistics, AnySplitGivesTheSame) {
  const Journeys journeys = sample();
  const Statistics whole = of(journeys.view(), 10);
  for (std::size_t cut = 0; cut <= journeys.view().size(); ++cut) {
    JourneyStatisticsCounts first(names.size()), second(names.size());
    second.add(journeys.view().first(cut));
    first.add(journeys.view().from(cut));
    first.merge(second);
    EXPECT_EQ(first.finish(names, 10), whole) << cut;
  }
}

TEST(JourneyStatistics, PathTablesHaveNoTimes) {
  Journeys journeys;
  journeys.add_touch(static_cast<ChannelId>(0), 0);
  journeys.end(sale(1));
  const Statistics got = of(journeys.view(), 10);
  EXPECT_TRUE(got.lags.empty());
  EXPECT_EQ(got.lengths, (std::vector<Statistics::Bin>{{1, worth(1, 1)}}));
}

TEST(JourneyStatistics, OfNothing) { EXPECT_EQ(of(Journeys().view(), 10), Statistics{}); }

/// The pairs of a path of a thousand channels are not all looked at.
TEST(JourneyStatistics, OverlapsAreThoseOfTheFirstChannels) {
  std::vector<std::string> texts;
  std::vector<std::uint32_t> path;
  for (std::uint32_t c = 0; c < 1000; ++c) {
    texts.push_back("c" + std::to_string(1000 + c));
    path.push_back(c);
  }
  const std::vector<std::string_view> many(texts.begin(), texts.end());
  Journeys journeys;
  add(journeys, path, 0, sale(1));
  add(journeys, {7}, 0, sale(1));
  JourneyStatisticsCounts counts(many.size());
  counts.add(journeys.view());
  const Statistics got = counts.finish(many, 3);
  EXPECT_EQ(got.roles.size(), 1000u);
  ASSERT_EQ(got.overlaps.size(), 3u);  // of c1007, c1000 and c1001
  EXPECT_EQ(got.overlaps[0].a, "c1007");
  EXPECT_EQ(got.overlaps[0].b, "c1000");
}

}  // namespace
}  // namespace mta

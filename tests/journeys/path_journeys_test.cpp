// Journeys of path tables.
#include <gtest/gtest.h>

#include "mta/journeys/journey_builder.hpp"
#include "support/made_journeys.hpp"

namespace mta::test {
namespace {

PathTable paths_of(const std::string& csv) {
  return read_paths(Source::memory("paths", csv, SourceFormat::csv));
}

Goal any_goal() {
  Goal goal;
  goal.name = "conversion";
  goal.events = {"conversion"};
  return goal;
}

struct MadePaths {
  std::vector<std::string> journeys;
  GoalCounts counts;
};

/// "a b => 2x 20", "a b => 3x null": in order of the table.
MadePaths made_of(const std::string& csv, const Goal& goal) {
  const PathTable paths = paths_of(csv);
  const auto names = channel_names(paths);
  MadePaths made;
  build_journeys(
      paths, goal,
      [&](JourneysView journeys) {
        EXPECT_FALSE(journeys.has_times());
        for (std::size_t i = 0; i < journeys.size(); ++i) {
          std::string text;
          const Journey journey = journeys[i];
          for (const ChannelId channel : journey.channel)
            text += std::string(names[index(channel)]) + " ";
          text += "=> " + short_amount(journey.count) + "x ";
          text += journey.outcome == Outcome::null ? "null" : short_amount(journey.worth.value);
          EXPECT_EQ(journey.worth.conversions,
                    journey.outcome == Outcome::null ? Micros{0} : journey.count);
          EXPECT_FALSE(journey.own_touch);
          EXPECT_TRUE(journey.stage.empty());
          made.journeys.push_back(text);
        }
      },
      made.counts);
  return made;
}

constexpr const char* table =
    "path,total_conversions,total_conversion_value,total_null\n"
    "b > a > a,2,20,3\n a ,1.5,0,0\n,4,40,1\nx > x,0,0,2\nx,1,7,1\n";

TEST(PathJourneys, OfARowAreItsConversionsAndItsNulls) {
  const MadePaths made = made_of(table, any_goal());
  EXPECT_EQ(made.journeys,
            (std::vector<std::string>{"b a a => 2x 20", "b a a => 3x null", "a => 1.5x 0",
                                      "x x => 2x null", "x => 1x 7", "x => 1x null"}));
  EXPECT_EQ(fate_text(made.counts.events), "in_journey 4, not_a_touch 1");
  EXPECT_EQ(made.counts.booked.checked("booked"), (Worth{Micros{8'500'000}, Micros{67'000'000}}));
  EXPECT_EQ(made.counts.unattributed.checked("blank"),
            (Worth{Micros{4'000'000}, Micros{40'000'000}}));
  EXPECT_EQ(made.counts.unattributed_conversions, 4u);
  EXPECT_EQ(made.counts.converting_journeys, 5u);  // 4.5, to nearest
  EXPECT_EQ(made.counts.null_journeys, 6u);
}

TEST(PathJourneys, AreTransformedAndLimitedByTouches) {
  Goal goal = any_goal();
  goal.lookback.touches = 2;
  goal.transforms = {{Transform::Kind::collapse, 0, ""}, {Transform::Kind::exclude, 0, "x"}};
  const MadePaths made = made_of(table, goal);
  EXPECT_EQ(made.journeys, (std::vector<std::string>{"a => 2x 20", "a => 3x null", "a => 1.5x 0"}));
  EXPECT_EQ(fate_text(made.counts.events), "in_journey 2, not_a_touch 1, removed_by_transform 2");
  EXPECT_EQ(made.counts.unattributed.checked("blank"),
            (Worth{Micros{5'000'000}, Micros{47'000'000}}));
}

TEST(PathJourneys, ChannelsAreInByteOrder) {
  const PathTable paths = paths_of("path,total_conversions\nb > Z > a,1\n");
  EXPECT_EQ(channel_names(paths), (std::vector<std::string_view>{"Z", "a", "b"}));
}

TEST(PathJourneys, OfNoRowsAreNone) {
  const MadePaths made = made_of("path,total_conversions\n", any_goal());
  EXPECT_TRUE(made.journeys.empty());
  EXPECT_EQ(fate_text(made.counts.events), "");
}

TEST(PathJourneys, ComeWholeWhereTheyFillManyBatches) {
  std::string csv = "path,total_conversions\n";
  for (int i = 0; i < 20'000; ++i) csv += "a > b,1\n";
  const MadePaths made = made_of(csv, any_goal());
  EXPECT_EQ(made.journeys, std::vector<std::string>(20'000, "a b => 1x 0"));
}

}  // namespace
}  // namespace mta::test

// Slices of journeys: what each tells of its stages and events.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "mta/journeys/journeys.hpp"
#include "support/journey_ends.hpp"

namespace mta::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint32_t none = Journey::no_touch;

void add_touches(Journeys& journeys, std::uint32_t count) {
  for (std::uint32_t i = 0; i < count; ++i) journeys.add_touch(ChannelId{i}, Seconds{0}, i);
}

/// Three journeys of 2, 1 and 3 touches, with two stages each.
Journeys staged() {
  Journeys journeys;
  journeys.set_stages(2);
  add_touches(journeys, 2);
  journeys.end(converted({one_conversion, {}}), std::array{0u, 1u});
  add_touches(journeys, 1);
  journeys.end(not_converted(), std::array{none, none});
  add_touches(journeys, 3);
  JourneyEnd own = converted({one_conversion, {}});
  own.own_touch = true;
  journeys.end(own, std::array{2u, none});
  return journeys;
}

TEST(JourneysView, TellsTheStagesOfEachJourney) {
  const Journeys journeys = staged();
  const JourneysView all = journeys.view();
  EXPECT_EQ(all.stages(), 2u);
  EXPECT_THAT(all[0].stage, ElementsAre(0u, 1u));
  EXPECT_THAT(all[1].stage, ElementsAre(none, none));
  EXPECT_THAT(all[2].stage, ElementsAre(2u, none));
  EXPECT_FALSE(all[0].own_touch);
  EXPECT_TRUE(all[2].own_touch);
}

TEST(JourneysView, OfASliceTellsTheStagesOfItsJourneys) {
  const Journeys journeys = staged();
  const JourneysView all = journeys.view();
  EXPECT_THAT(all.first(2)[1].stage, ElementsAre(none, none));
  EXPECT_THAT(all.from(0)[0].stage, ElementsAre(0u, 1u));
  EXPECT_THAT(all.from(2)[0].stage, ElementsAre(2u, none));
  EXPECT_THAT(all.from(1).from(1)[0].stage, ElementsAre(2u, none));
  EXPECT_THAT(all.from(1).first(1)[0].stage, ElementsAre(none, none));
  EXPECT_THAT(all.first(2).from(1)[0].stage, ElementsAre(none, none));
  EXPECT_EQ(all.from(3).size(), 0u);
  EXPECT_EQ(all.first(0).stages(), 2u);
}

TEST(JourneysView, WithoutStagesHasNone) {
  Journeys journeys;
  add_touches(journeys, 2);
  journeys.end(converted({one_conversion, {}}));
  EXPECT_EQ(journeys.view().stages(), 0u);
  EXPECT_THAT(journeys.view()[0].stage, IsEmpty());
  EXPECT_THAT(journeys.view().from(0).first(1)[0].stage, IsEmpty());
  EXPECT_EQ(JourneysView().stages(), 0u);
}

TEST(JourneysView, KnowsEventsOnlyWhereTheyAreGiven) {
  const Journeys journeys = staged();
  const JourneysView all = journeys.view();
  EXPECT_THAT(all.event(), IsEmpty());
  EXPECT_THAT(all[2].event, IsEmpty());
  const std::vector<std::uint32_t> codes{10, 11, 20, 30, 31, 32};  // 2, 1 and 3 touches
  const JourneysView known = all.with_events(codes);
  EXPECT_THAT(known[0].event, ElementsAre(10u, 11u));
  EXPECT_THAT(known.from(1)[0].event, ElementsAre(20u));
  EXPECT_THAT(known.from(1).from(1)[0].event, ElementsAre(30u, 31u, 32u));
  EXPECT_THAT(known.first(2)[1].event, ElementsAre(20u));
  EXPECT_THAT(known.from(2).event(), ElementsAre(10u, 11u, 20u, 30u, 31u, 32u));
  EXPECT_THAT(known.from(2)[0].stage, ElementsAre(2u, none));
}

TEST(Journeys, KeepTheNumberOfStagesWhenTheyAreCleared) {
  Journeys journeys = staged();
  journeys.clear();
  EXPECT_EQ(journeys.view().stages(), 2u);
  add_touches(journeys, 1);
  journeys.end(not_converted(), std::array{0u, none});
  EXPECT_THAT(journeys.view()[0].stage, ElementsAre(0u, none));
}

}  // namespace
}  // namespace mta::test

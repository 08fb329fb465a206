#include <gtest/gtest.h>

#include "mta/core/duration.hpp"
#include "support/made_journeys.hpp"
#include "support/random_events.hpp"

namespace mta::test {
namespace {

/// What a failure must show, so that the case can be written down as a table's row.
std::string shown(const std::vector<PlainEvent>& events) {
  std::string text;
  for (const PlainEvent& event : events) {
    text.append("\n").append(event.visitor).append(" ").append(format_duration(event.time));
    text.append(" ").append(event.event).append(" '").append(event.channel).append("' ");
    text.append(short_amount(Micros{event.value})).append(" order=").append(event.order);
    for (const auto& [name, value] : event.dimensions) text.append(" ").append(value);
  }
  return text;
}

void compare(const std::vector<PlainEvent>& events, const Goal& goal,
             const std::vector<Goal>& stages) {
  const EventLayout layout{RandomEvents::dimensions, {order_id}};
  const Made made = made_journeys(events_of(events, layout), events, goal, stages);
  const Expected expected = expected_journeys(events, goal, layout.dimensions, stages);
  EXPECT_EQ(journey_texts(made.journeys, events, Detail::rows),
            journey_texts(expected.journeys, events, Detail::rows));
  EXPECT_EQ(fate_text(made.counts.events), fate_text(expected.fate_counts()));
  EXPECT_EQ(made.counts.booked.checked("booked"), expected.booked);
  EXPECT_EQ(made.counts.unattributed.checked("unattributed"), expected.unattributed);
  EXPECT_EQ(made.counts.unattributed_conversions, expected.unattributed_conversions);
  EXPECT_EQ(made.counts.over_refunded_orders, expected.over_refunded_orders);
  EXPECT_EQ(made.counts.sessions, expected.sessions);
  EXPECT_EQ(made.counts.engaged_sessions, expected.engaged_sessions);
  std::uint64_t converting = 0, null = 0;
  for (const ExpectedJourney& journey : expected.journeys) {
    converting += journey.outcome == Outcome::converted ? 1 : 0;
    null += journey.outcome == Outcome::null ? 1 : 0;
  }
  EXPECT_EQ(made.counts.converting_journeys, converting);
  EXPECT_EQ(made.counts.null_journeys, null);
}

void compare_many(std::uint64_t seeds, std::size_t most_events, std::size_t most_visitors) {
  for (std::uint64_t seed = 0; seed < seeds && !testing::Test::HasFailure(); ++seed) {
    RandomEvents random(seed * 1'000 + most_events);
    const auto events = random.events(seed % (most_events + 1), 1 + seed % most_visitors);
    const Goal goal = random.goal();
    SCOPED_TRACE(std::to_string(seed).append(shown(events)));
    compare(events, goal, random.stages());
  }
}

TEST(OracleComparison, FewEventsOfOnePersonGiveTheExpectedJourneysAndFates) {
  compare_many(3'000, 6, 1);
}

TEST(OracleComparison, ManyEventsOfSomePersonsGiveTheExpectedJourneysAndFates) {
  compare_many(3'000, 24, 4);
}

TEST(OracleComparison, CrowdsGiveTheExpectedJourneysAndFates) { compare_many(40, 400, 60); }

}  // namespace
}  // namespace mta::test

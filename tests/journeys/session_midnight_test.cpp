// Midnight between two events of a session, where days have 23, 24 or 25 hours: worked by hand.
#include "journeys/journey_case.hpp"
#include "mta/ingest/time_parser.hpp"
#include "mta/journeys/sessions.hpp"

namespace mta::test {
namespace {

/// Two page views a minute apart on both sides of a moment, and a sale ten days later; the number
/// of sessions that come of the views.
std::uint64_t sessions_around(const std::string& moment, const Sessions& sessions) {
  const std::int64_t time = TimeParser().parse(moment).value().micros;
  auto events = plain_events("ann 0s view a\n ann 0s view a");
  events[0].time = time - 30'000'000;
  events[1].time = time + 30'000'000;
  Goal goal = buy();
  goal.sessions = sessions;
  return made_journeys(events_of(events, case_layout()), events, goal).counts.sessions;
}

TEST(SessionMidnight, CutsAtTheLocalMidnightOfEachDayWhateverItsLength) {
  const Sessions berlin = universal_analytics_sessions("Europe/Berlin");
  // Summer time begins on 2024-03-31 and ends on 2024-10-27.
  EXPECT_EQ(sessions_around("2024-03-30T23:00:00Z", berlin), 2u);
  EXPECT_EQ(sessions_around("2024-03-31T00:00:00Z", berlin), 1u);
  EXPECT_EQ(sessions_around("2024-03-31T01:00:00Z", berlin), 1u);  // the clock is set forward
  EXPECT_EQ(sessions_around("2024-03-31T22:00:00Z", berlin), 2u);  // 23 hours later
  EXPECT_EQ(sessions_around("2024-03-31T23:00:00Z", berlin), 1u);
  EXPECT_EQ(sessions_around("2024-10-26T22:00:00Z", berlin), 2u);
  EXPECT_EQ(sessions_around("2024-10-27T01:00:00Z", berlin), 1u);  // the clock is set back
  EXPECT_EQ(sessions_around("2024-10-27T22:00:00Z", berlin), 1u);
  EXPECT_EQ(sessions_around("2024-10-27T23:00:00Z", berlin), 2u);  // 25 hours later
}

TEST(SessionMidnight, IsThatOfAnOffsetToo) {
  const Sessions sessions = matomo_sessions("+05:30");
  EXPECT_EQ(sessions_around("2024-06-01T18:30:00Z", sessions), 2u);
  EXPECT_EQ(sessions_around("2024-06-01T00:00:00Z", sessions), 1u);
  EXPECT_EQ(sessions_around("1969-12-31T18:30:00Z", sessions), 2u);  // before 1970
}

TEST(SessionMidnight, DoesNotCutWhereNobodyAsks) {
  EXPECT_EQ(sessions_around("2024-06-02T00:00:00Z", ga4_sessions()), 1u);
}

TEST(SessionMidnight, DoesNotReachWhereTheClockSkipsIt) {
  // Beirut's clocks went from 23:59:59 to 01:00 on 2022-03-27: the day began at 22:00Z.
  const Sessions beirut = universal_analytics_sessions("Asia/Beirut");
  EXPECT_EQ(sessions_around("2022-03-26T22:00:00Z", beirut), 2u);
}

}  // namespace
}  // namespace mta::test

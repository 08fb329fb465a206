// Where events are cut into sessions, and what of a session is a touch: worked by hand.
#include "mta/journeys/sessions.hpp"

#include "journeys/journey_case.hpp"
#include "mta/core/error.hpp"

namespace mta::test {
namespace {

/// A goal whose touches are sessions, cut by the preset and what `change` makes of it.
std::function<void(Goal&)> session_touches(Sessions sessions = ga4_sessions(),
                                           TouchUnit touch = TouchUnit::session) {
  return [=](Goal& goal) {
    goal.touch = touch;
    goal.sessions = sessions;
  };
}

Sessions by_campaign(std::vector<std::string> dimensions) {
  Sessions sessions;
  sessions.new_campaign = std::move(dimensions);
  return sessions;
}

Sessions engaged_alone() {
  Sessions sessions;
  sessions.touches = SessionTouches::engaged;
  return sessions;
}

const JourneyCase timeout_cases[] = {
    {"thirty_minutes_are_one_session", "ann 0m view search\n ann 30m view email\n ann 1d buy - 5",
     session_touches(), "ann: search@1d => 5", "in_journey 1, conversion 1, of_session 1"},
    {"a_microsecond_more_is_two",
     "ann 0m view search\n ann 30m+0.000001s view email\n ann 1d buy - 5", session_touches(),
     "ann: search@1d email@84599.999999s => 5", "in_journey 2, conversion 1"},
    {"any_event_keeps_a_session_alive",
     "ann 0m view search\n ann 20m scroll -\n ann 40m view email\n ann 1d buy - 5",
     session_touches(), "ann: search@1d => 5",
     "in_journey 1, conversion 1, not_a_touch 1, of_session 1"},
    {"a_conversion_keeps_it_alive_too",
     "ann 0m view search\n ann 20m buy - 5\n ann 40m view email\n ann 1d buy - 7",
     session_touches(), "ann: search@20m => 5", "in_journey 1, conversion 2, of_session 1"},
    {"a_session_counts_from_its_first_event_be_that_a_touch_or_not",
     "ann 0m scroll -\n ann 20m view search\n ann 60m buy - 5", session_touches(),
     "ann: search@1h => 5", "in_journey 1, conversion 1, not_a_touch 1"},
    {"its_first_touch_counts_when_it_was",
     "ann 0m scroll -\n ann 20m view search\n ann 25m view email\n ann 60m buy - 5",
     session_touches(ga4_sessions(), TouchUnit::first_of_session), "ann: search@40m => 5",
     "in_journey 1, conversion 1, not_a_touch 1, of_session 1"},
    {"every_event_is_a_touch_where_sessions_are_only_counted",
     "ann 0m view search\n ann 20m view search\n ann 60m buy - 5",
     session_touches(ga4_sessions(), TouchUnit::event), "ann: search@1h search@40m => 5",
     "in_journey 2, conversion 1"},
    {"touch_alone_makes_sessions_of_thirty_minutes",
     "ann 0m view search\n ann 20m view search\n ann 60m view search\n ann 1d buy - 5",
     [](Goal& goal) { goal.touch = TouchUnit::session; }, "ann: search@1d search@23h => 5",
     "in_journey 2, conversion 1, of_session 1"},
};
MTA_JOURNEY_CASES(SessionTimeouts, timeout_cases);

const JourneyCase carrier_cases[] = {
    {"a_session_came_by_what_is_not_direct",
     "ann 0m view Direct\n ann 5m view email\n ann 6m view search\n ann 1d buy - 5",
     session_touches(), "ann: email@1d => 5", "in_journey 1, conversion 1, of_session 2"},
    {"or_by_direct_where_all_is", "ann 0m view Direct\n ann 5m view (direct)\n ann 1d buy - 5",
     session_touches(), "ann: Direct@1d => 5", "in_journey 1, conversion 1, of_session 1"},
    {"the_first_of_a_session_may_be_direct",
     "ann 0m view Direct\n ann 5m view email\n ann 1d buy - 5",
     session_touches(ga4_sessions(), TouchUnit::first_of_session), "ann: Direct@1d => 5",
     "in_journey 1, conversion 1, of_session 1"},
    {"what_came_after_the_conversion_did_not_lead_to_it",
     "ann 0m view Direct\n ann 5m buy - 5\n ann 6m view email", session_touches(),
     "ann: Direct@5m => 5", "in_journey 1, conversion 1, of_session 1"},
    {"a_session_that_begins_with_the_conversion_may_be_a_touch_of_the_next",
     "ann 0m buy - 5\n ann 6m view email\n ann 1d buy - 7", session_touches(), "ann: email@1d => 7",
     "in_journey 1, conversion 2"},
    {"what_may_not_be_a_touch_is_not_what_it_came_by",
     "ann 0m scroll search\n ann 5m view email\n ann 1d buy - 5",
     [](Goal& goal) {
       goal.touch = TouchUnit::session;
       goal.touch_events = {"view"};
     },
     "ann: email@1d => 5", "in_journey 1, conversion 1, not_a_touch 1"},
    {"a_conversions_own_channel_is_no_second_touch_of_its_session",
     "ann 0m view search\n ann 5m buy search 5", session_touches(), "ann: search@5m => 5",
     "in_journey 1, conversion 1"},
    {"but_the_only_one_where_nothing_came_before",
     "ann 0m scroll -\n ann 5m buy search 5\n ann 6m view email", session_touches(),
     "ann: search@0s => 5\n ann: email@0s => null", "in_journey 1, conversion 1, not_a_touch 1"},
    {"a_session_is_in_the_window_where_its_start_is",
     "ann 0m scroll -\n ann 20m view search\n ann 30d+10m buy - 5", session_touches(), "",
     "conversion 1, not_a_touch 1, outside_window 1"},
    {"both_conversions_of_a_session_have_it_where_they_keep_their_windows",
     "ann 0m view search\n ann 5m buy - 5\n ann 6m buy - 7",
     [](Goal& goal) {
       goal.touch = TouchUnit::session;
       goal.after_conversion = AfterConversion::keep;
     },
     "ann: search@5m => 5\n ann: search@6m => 7", "in_journey 1, conversion 2"},
    {"transforms_see_sessions", "ann 0m view a\n ann 1m view b\n ann 60m view a\n ann 1d buy - 5",
     [](Goal& goal) {
       goal.touch = TouchUnit::session;
       goal.transforms = {{Transform::Kind::collapse, 0, ""}};
     },
     "ann: a@1d => 5", "in_journey 1, conversion 1, removed_by_transform 1, of_session 1"},
    {"a_stage_goes_by_the_sessions_start",
     "ann 0m scroll -\n ann 10m lead -\n ann 20m view search\n ann 1d buy - 5",
     session_touches(),
     "ann: search@1d => 5 stages 0",
     "in_journey 1, conversion 1, not_a_touch 2",
     {stage({"lead"})}},
    {"events_of_one_moment_are_one_session", "ann 1d view a\n ann 1d view b\n ann 2d buy - 5",
     session_touches(by_campaign({"channel"})), "ann: a@1d => 5",
     "in_journey 1, conversion 1, of_session 1"},
    {"one_event_is_a_session", "ann 1d view a", session_touches(), "ann: a@0s => null",
     "in_journey 1"},
};
MTA_JOURNEY_CASES(SessionCarriers, carrier_cases);

const JourneyCase campaign_cases[] = {
    {"ga4_does_not_mind_a_new_campaign", "ann 0m view a\n ann 5m view b\n ann 1d buy - 5",
     session_touches(), "ann: a@1d => 5", "in_journey 1, conversion 1, of_session 1"},
    {"universal_analytics_does", "ann 0m view a\n ann 5m view b\n ann 10m buy - 5",
     session_touches(universal_analytics_sessions()), "ann: a@10m b@5m => 5",
     "in_journey 2, conversion 1"},
    {"and_so_does_matomo", "ann 0m view a\n ann 5m view b\n ann 10m buy - 5",
     session_touches(matomo_sessions()), "ann: a@10m b@5m => 5", "in_journey 2, conversion 1"},
    {"direct_belongs_to_the_session_it_is_in",
     "ann 0m view a\n ann 5m view Direct\n ann 6m scroll -\n ann 7m view a\n ann 10m buy - 5",
     session_touches(by_campaign({"channel"})), "ann: a@10m => 5",
     "in_journey 1, conversion 1, not_a_touch 1, of_session 2"},
    {"a_campaign_ends_a_direct_session", "ann 0m view Direct\n ann 5m view a\n ann 10m buy - 5",
     session_touches(by_campaign({"channel"})), "ann: Direct@10m a@5m => 5",
     "in_journey 2, conversion 1"},
    {"back_to_the_first_campaign_is_new_again",
     "ann 0m view a\n ann 5m view b\n ann 6m view a\n ann 10m buy - 5",
     session_touches(by_campaign({"channel"})), "ann: a@10m b@5m a@4m => 5",
     "in_journey 3, conversion 1"},
    {"other_dimensions_may_tell_campaigns_apart",
     "ann 0m view a campaign=x\n ann 5m view a campaign=y\n ann 6m view b\n ann 10m buy - 5",
     session_touches(by_campaign({"campaign"})), "ann: a@10m a@5m => 5",
     "in_journey 2, conversion 1, of_session 1"},
};
MTA_JOURNEY_CASES(SessionCampaigns, campaign_cases);

Sessions by_id() {
  Sessions sessions;
  sessions.timeout = Lookback::unlimited;
  sessions.id = "campaign";
  return sessions;
}

const JourneyCase id_cases[] = {
    {"sessions_may_be_those_of_the_data",
     "ann 0m view a campaign=s1\n ann 1m view b campaign=s2\n ann 3d view c campaign=s2\n"
     "ann 4d buy - 5",
     session_touches(by_id()), "ann: a@4d b@5759m => 5",
     "in_journey 2, conversion 1, of_session 1"},
    {"an_event_without_an_id_stays_where_it_is",
     "ann 0m scroll -\n ann 1m view a campaign=s1\n ann 2m view b\n ann 3m view c campaign=s1\n"
     "ann 4m buy - 5",
     session_touches(by_id()), "ann: a@4m => 5",
     "in_journey 1, conversion 1, not_a_touch 1, of_session 2"},
};
MTA_JOURNEY_CASES(SessionIds, id_cases);

const JourneyCase engaged_cases[] = {
    {"a_bounce_is_no_touch", "ann 0m view a\n ann 1d buy - 5", session_touches(engaged_alone()), "",
     "conversion 1, not_engaged 1"},
    {"ten_seconds_are_a_bounce_still", "ann 0s view a\n ann 10s scroll b\n ann 1d buy - 5",
     session_touches(engaged_alone()), "", "conversion 1, not_engaged 2"},
    {"more_are_not", "ann 0s view a\n ann 10.000001s scroll b\n ann 1d buy - 5",
     session_touches(engaged_alone()), "ann: a@1d => 5",
     "in_journey 1, conversion 1, of_session 1"},
    {"two_views_are_not", "ann 0s page_view a\n ann 1s screen_view b\n ann 1d buy - 5",
     session_touches(engaged_alone()), "ann: a@1d => 5",
     "in_journey 1, conversion 1, of_session 1"},
    {"nor_is_a_conversion", "ann 0s view a\n ann 1s buy - 5", session_touches(engaged_alone()),
     "ann: a@1s => 5", "in_journey 1, conversion 1"},
    {"a_refund_is_no_conversion", "ann 0s view a\n ann 1s buy - -5\n ann 1d buy - 5",
     session_touches(engaged_alone()), "", "conversion 1, refund 1, not_engaged 1"},
    {"every_event_of_an_engaged_session_may_be_a_touch",
     "ann 0s view a\n ann 11s view b\n ann 1d view c\n ann 2d buy - 5",
     session_touches(engaged_alone(), TouchUnit::event), "ann: a@2d b@172789s => 5",
     "in_journey 2, conversion 1, not_engaged 1"},
};
MTA_JOURNEY_CASES(EngagedSessions, engaged_cases);

TEST(Sessions, AreCountedWithTheEngagedOnes) {
  const auto events = plain_events(
      "ann 0m view a\n ann 1m view a\n ann 60m view a\n bob 0m view a\n bob 0m buy - 1\n"
      "cid 0m page_view a");
  Goal goal = buy();
  goal.sessions = ga4_sessions();
  const Made made = made_journeys(events_of(events, case_layout()), events, goal);
  EXPECT_EQ(made.counts.sessions, 4u);
  EXPECT_EQ(made.counts.engaged_sessions, 2u);  // a minute long; a sale
  GoalCounts twice = made.counts;
  twice.merge(made.counts);
  EXPECT_EQ(twice.sessions, 8u);
  EXPECT_EQ(twice.engaged_sessions, 4u);
}

TEST(Sessions, AreNotMadeUnlessAskedFor) {
  const auto events = plain_events("ann 0m view a\n ann 1d buy - 1");
  EXPECT_EQ(made_journeys(events_of(events, case_layout()), events, buy()).counts.sessions, 0u);
}

TEST(Sessions, OfAPersonWithAMillionEventsAreMadeInOnePass) {
  std::vector<PlainEvent> events(1'000'000);
  for (std::size_t i = 0; i < events.size(); ++i) {
    // Sessions of ten events a minute apart, an hour between them.
    const auto number = static_cast<std::int64_t>(i);
    events[i].visitor = "ann";
    events[i].time = (number / 10 * 69 + number % 10) * 60'000'000;
    events[i].event = "view";
    events[i].channel = i % 10 == 0 ? "Direct" : "search";
  }
  events.back().event = "buy";
  Goal goal = buy();
  goal.touch = TouchUnit::session;
  goal.sessions = matomo_sessions("UTC");
  goal.sessions->midnight.reset();
  goal.sessions->new_campaign.clear();
  goal.lookback.touches = 3;
  const Made made = made_journeys(events_of(events, {}), events, goal);
  EXPECT_EQ(made.counts.sessions, 100'000u);
  EXPECT_EQ(fate_text(made.counts.events),
            "in_journey 3, conversion 1, outside_window 99997, of_session 899999");
  ASSERT_EQ(made.journeys.size(), 1u);
  EXPECT_EQ(journey_texts(made.journeys, events),
            std::vector<std::string>{"ann: search@147m search@78m search@9m => 0"});
}

/// A change to the goal that must be refused, and what the message must name.
struct Refused {
  std::string name;
  std::function<void(Goal&)> goal;
  std::string names;
};
std::ostream& operator<<(std::ostream& out, const Refused& test) { return out << test.name; }
const Refused refused[] = {
    {"timeout", [](Goal& goal) { goal.sessions = Sessions{.timeout = 0}; }, "sessions.timeout"},
    {"engaged_after", [](Goal& goal) { goal.sessions.emplace().engaged_after = -1; },
     "sessions.engaged.after"},
    {"engaged_views", [](Goal& goal) { goal.sessions.emplace().engaged_views = 0; },
     "sessions.engaged.views"},
    {"midnight", [](Goal& goal) { goal.sessions.emplace().midnight = "Mars/Olympus"; },
     "Mars/Olympus"},
    {"no_zone", [](Goal& goal) { goal.sessions.emplace().midnight = ""; }, "sessions.midnight"},
    {"event_as_campaign", [](Goal& goal) { goal.sessions.emplace().new_campaign = {"event"}; },
     "'event'"},
    {"channel_as_id", [](Goal& goal) { goal.sessions.emplace().id = "channel"; }, "sessions.id"},
    {"unknown_id", [](Goal& goal) { goal.sessions.emplace().id = "nowhere"; }, "sessions.id"},
    {"unknown_campaign", [](Goal& goal) { goal.sessions.emplace().new_campaign = {"nowhere"}; },
     "'nowhere'"},
};
class RefusedSessions : public testing::TestWithParam<Refused> {};
TEST_P(RefusedSessions, AreNamed) {
  const auto events = plain_events("ann 0m view a");
  Goal goal = buy();
  GetParam().goal(goal);
  try {
    (void)made_journeys(events_of(events, case_layout()), events, goal);
    FAIL() << "was not refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::invalid_option);
    EXPECT_NE(std::string(error.what()).find(GetParam().names), std::string::npos) << error.what();
  }
}
INSTANTIATE_TEST_SUITE_P(Table, RefusedSessions, testing::ValuesIn(refused),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace mta::test

// A goal's sessions, windows and transforms as a spec writes them: each key, and what is refused.
#include <gtest/gtest.h>

#include <limits>

#include "mta/core/error.hpp"
#include "mta/pipeline/spec.hpp"

namespace mta {
namespace {

Goal goal_of(const std::string& options) {
  const std::string spec =
      R"({"time_zone": "Europe/Berlin", "goals": [{"name": "buy", )" + options + "}]}";
  return parse_spec(spec).goals.at(0);
}

constexpr std::int64_t second = 1'000'000, hour = 3'600 * second, day = 24 * hour;

TEST(GoalSpec, ReadsPresetsOfSessions) {
  EXPECT_EQ(goal_of(R"("sessions": "ga4")").sessions, ga4_sessions());
  EXPECT_EQ(goal_of(R"("sessions": "universal_analytics")").sessions,
            universal_analytics_sessions("Europe/Berlin"));
  EXPECT_EQ(goal_of(R"("sessions": {"preset": "matomo", "midnight": "Asia/Tokyo"})").sessions,
            matomo_sessions("Asia/Tokyo"));
  EXPECT_EQ(goal_of(R"("sessions": {})").sessions, ga4_sessions());
  EXPECT_FALSE(goal_of(R"("touch": "session")").sessions);
  EXPECT_EQ(goal_of(R"("touch": "session")").touch, TouchUnit::session);
}

TEST(GoalSpec, ReadsEachRuleOfSessions) {
  const Goal goal = goal_of(R"("touch": "first_of_session", "sessions": {"preset": "matomo",
      "timeout": "45m", "midnight": "none", "new_campaign": ["source", "medium"],
      "touches": "engaged", "engaged": {"after": "20s", "views": 3, "view_events": "hit"}})");
  Sessions expected;
  expected.timeout = 45 * 60 * second;
  expected.new_campaign = {"source", "medium"};
  expected.touches = SessionTouches::engaged;
  expected.engaged_after = 20 * second;
  expected.engaged_views = 3;
  expected.views = {"hit"};
  EXPECT_EQ(goal.sessions, expected);
  EXPECT_EQ(goal.touch, TouchUnit::first_of_session);
  EXPECT_TRUE(goal_of(R"("sessions": {"preset": "matomo", "new_campaign": "none"})")
                  .sessions->new_campaign.empty());
}

TEST(GoalSpec, TurnsTheTimeoutOffForSessionsOfTheData) {
  EXPECT_EQ(goal_of(R"("sessions": {"id": "session_id"})").sessions->timeout, Lookback::unlimited);
  EXPECT_EQ(goal_of(R"("sessions": {"id": "session_id", "timeout": "1h"})").sessions->timeout,
            hour);
  EXPECT_EQ(goal_of(R"("sessions": {"timeout": "unlimited"})").sessions->timeout,
            Lookback::unlimited);
}

TEST(GoalSpec, AsksForTheColumnsThatSessionsName) {
  const Spec spec = parse_spec(R"({"goals": [{"name": "buy", "sessions": {"id": "sid",
      "new_campaign": ["channel", "utm_source"]}}]})");
  std::vector<std::string> names;
  for (const DimensionColumn& column : schema_of(spec).dimensions) names.push_back(column.name);
  EXPECT_EQ(names, (std::vector<std::string>{"utm_source", "sid"}));
}

TEST(GoalSpec, ReadsWindowsOfKindsChannelsAndDays) {
  const Goal goal = goal_of(R"("lookback": {"time": "30d", "days": 14, "touches": 9,
      "by_event": {"click": {"days": 7}, "view": "24h"},
      "by_channel": {"TV": {"time": "unlimited", "days": 0}, "Web": "unlimited"},
      "precedence": ["click", ["view", "impression"]]})");
  Lookback expected;
  expected.microseconds = 30 * day;
  expected.days = 14;
  expected.zone = "Europe/Berlin";
  expected.touches = 9;
  expected.by_event = {{"click", Lookback::unlimited, 7}, {"view", day, {}}};
  expected.by_channel = {{"TV", Lookback::unlimited, 0}, {"Web", Lookback::unlimited, {}}};
  expected.precedence = {{"click"}, {"view", "impression"}};
  EXPECT_EQ(goal.lookback, expected);
  EXPECT_EQ(goal_of(R"("lookback": {"days": 3, "zone": "+02:00"})").lookback.zone, "+02:00");
}

TEST(GoalSpec, KnowsTransformsByTheirOtherNames) {
  using Kind = Transform::Kind;
  EXPECT_EQ(goal_of(R"("transforms": ["unique", "identity", "unique_path"])").transforms,
            std::vector<Transform>{});
  EXPECT_EQ(goal_of(R"("transforms": ["collapse", "exposure", "exposure_path"])").transforms,
            std::vector<Transform>(3, Transform{Kind::collapse, 0, ""}));
  EXPECT_EQ(
      goal_of(R"("transforms": ["first", "first_path", "frequency", "frequency_path"])").transforms,
      (std::vector<Transform>{{Kind::first, 0, ""},
                              {Kind::first, 0, ""},
                              {Kind::frequency, 0, ""},
                              {Kind::frequency, 0, ""}}));
  EXPECT_EQ(goal_of(R"("transforms": [{"trim": 2}, {"trim_long_path": 3}])").transforms,
            (std::vector<Transform>{{Kind::trim, 2, ""}, {Kind::trim, 3, ""}}));
}

TEST(GoalSpec, TakesAListOfChannelsAsOneStepEach) {
  using Kind = Transform::Kind;
  EXPECT_EQ(goal_of(R"("transforms": [{"exclude": ["a", "b"]}, {"remove_if_not_all": ["c", "d"]},
                       {"remove_if_last_and_not_all": "e"}])")
                .transforms,
            (std::vector<Transform>{{Kind::exclude, 0, "a"},
                                    {Kind::exclude, 0, "b"},
                                    {Kind::remove_if_not_all, 0, "c"},
                                    {Kind::remove_if_not_all, 0, "d"},
                                    {Kind::remove_if_last_and_not_all, 0, "e"}}));
}

/// Options that must be refused, and what the message must name.
struct Refused {
  std::string name, options, names;
};
std::ostream& operator<<(std::ostream& out, const Refused& test) { return out << test.name; }
const Refused refused[] = {
    {"unknown_preset", R"("sessions": "ga5")", "goals[0].sessions"},
    {"preset_of_another_form", R"("sessions": 3)", "goals[0].sessions"},
    {"unknown_key_of_sessions", R"("sessions": {"time_out": "1h"})", "time_out"},
    {"timeout_without_a_unit", R"("sessions": {"timeout": "30"})", "sessions.timeout"},
    {"timeout_of_nothing", R"("sessions": {"timeout": "0s"})", "sessions.timeout"},
    {"midnight_of_no_zone", R"("sessions": {"midnight": "Nowhere"})", "Nowhere"},
    {"no_views", R"("sessions": {"engaged": {"views": 0}})", "engaged.views"},
    {"unknown_touches", R"("sessions": {"touches": "some"})", "sessions.touches"},
    {"unknown_touch", R"("touch": "visit")", "goals[0].touch"},
    {"negative_days", R"("lookback": {"days": -1})", "lookback.days"},
    {"too_many_days", R"("lookback": {"days": 4294967296})", "lookback.days"},
    {"days_in_parts", R"("lookback": {"days": 1.5})", "lookback.days"},
    {"window_of_nothing", R"("lookback": {"by_event": {"view": "0s"}})", "'view'"},
    {"window_of_another_form", R"("lookback": {"by_event": {"view": 3}})", "by_event.view"},
    {"no_windows", R"("lookback": {"by_channel": {}})", "by_channel"},
    {"ranks_as_text", R"("lookback": {"precedence": "click"})", "precedence"},
    {"rank_twice", R"("lookback": {"precedence": ["click", "click"]})", "'click'"},
    {"unknown_transform", R"("transforms": ["exposures"])", "transforms[0]"},
    {"trim_to_nothing", R"("transforms": [{"trim": 0}])", "transforms[0].trim"},
    {"no_channels", R"("transforms": [{"exclude": []}])", "transforms[0].exclude"},
};
class RefusedGoals : public testing::TestWithParam<Refused> {};
TEST_P(RefusedGoals, AreNamed) {
  try {
    (void)goal_of(GetParam().options);
    FAIL() << "was not refused";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find(GetParam().names), std::string::npos) << error.what();
  }
}
INSTANTIATE_TEST_SUITE_P(Table, RefusedGoals, testing::ValuesIn(refused),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace mta

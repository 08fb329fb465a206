// Windows by kind of touch, by channel and by days of the calendar, and precedence: worked by hand.
// Those of one duration or a number of touches are in window_test.cpp.
#include "mta/journeys/lookback.hpp"

#include "journeys/journey_case.hpp"
#include "journeys/zone_days.hpp"
#include "mta/core/duration.hpp"
#include "mta/core/error.hpp"
#include "mta/ingest/time_parser.hpp"

namespace mta::test {
namespace {

std::int64_t duration(const char* text) { return parse_duration(text).value(); }

/// What ad platforms ship: clicks count for 7 days, views for 1, and a click outranks a view.
void ad_platform(Goal& goal) {
  goal.lookback.by_event = {{"view", duration("24h"), {}}, {"click", duration("7d"), {}}};
  goal.lookback.precedence = {{"click"}, {"view"}};
}
void without_precedence(Goal& goal) {
  ad_platform(goal);
  goal.lookback.precedence.clear();
}

const JourneyCase kind_cases[] = {
    {"each_kind_has_its_window", "ann 0h view a\n ann 0h click b\n ann 7d buy - 5",
     without_precedence, "ann: b@7d => 5", "in_journey 1, conversion 1, outside_window 1"},
    {"both_bounds_are_inclusive", "ann 0d click b\n ann 6d view a\n ann 7d buy - 5",
     without_precedence, "ann: b@7d a@1d => 5", "in_journey 2, conversion 1"},
    {"a_microsecond_more_is_outside", "ann 0d click b\n ann 6d view a\n ann 7d+0.000001s buy - 5",
     without_precedence, "", "conversion 1, outside_window 2"},
    {"other_kinds_have_the_goals_own", "ann 0d call c\n ann 1d click b\n ann 30d buy - 5",
     without_precedence, "ann: c@30d => 5", "in_journey 1, conversion 1, outside_window 1"},
    {"a_kinds_window_may_be_the_longer_one", "ann 0d mail c\n ann 1d click b\n ann 60d buy - 5",
     [](Goal& goal) {
       goal.lookback.by_event = {{"mail", duration("60d"), {}}};
     },
     "ann: c@60d => 5", "in_journey 1, conversion 1, outside_window 1"},
    {"a_channel_may_have_a_window", "ann 0d click tv\n ann 0d click web\n ann 14d buy - 5",
     [](Goal& goal) {
       goal.lookback.by_channel = {{"tv", duration("13d"), {}}};
     },
     "ann: web@14d => 5", "in_journey 1, conversion 1, outside_window 1"},
    {"with_both_a_touch_must_be_inside_both",
     "ann 0d click tv\n ann 5d click tv\n ann 5d view tv\n ann 7d buy - 5",
     [](Goal& goal) {
       ad_platform(goal);
       goal.lookback.by_channel = {{"tv", duration("3d"), {}}};
     },
     "ann: tv@2d => 5", "in_journey 1, conversion 1, outside_window 2"},
    {"the_number_of_touches_limits_what_windows_leave",
     "ann 0d click a\n ann 1d click b\n ann 2d click c\n ann 2d view d\n ann 5d buy - 5",
     [](Goal& goal) {
       without_precedence(goal);
       goal.lookback.touches = 2;
     },
     "ann: b@4d c@3d => 5", "in_journey 2, conversion 1, outside_window 2"},
    {"null_journeys_are_cut_where_no_window_reaches", "ann 0d click a\n ann 8d click b",
     [](Goal& goal) {
       without_precedence(goal);
       goal.lookback.microseconds = duration("2d");
     },
     "ann: a@0s => null\n ann: b@0s => null", "in_journey 2"},
    {"and_not_where_one_does", "ann 0d view a\n ann 7d view b",
     [](Goal& goal) {
       without_precedence(goal);
       goal.lookback.microseconds = duration("2d");
     },
     "ann: a@7d b@0s => null", "in_journey 2"},
    {"a_null_journey_is_censored_while_any_window_is_open",
     "ann 0d click a\n bob 1d click a\n bob 8d scroll -",
     [](Goal& goal) {
       without_precedence(goal);
       goal.lookback.microseconds = duration("2d");
       goal.censor = Censor::drop;
     },
     "ann: a@0s => null", "in_journey 1, not_a_touch 1, censored 1"},
};
MTA_JOURNEY_CASES(KindWindows, kind_cases);

const JourneyCase precedence_cases[] = {
    {"a_view_does_not_outrank_a_click_before_it",
     "ann 0d click a\n ann 6d+12h view b\n ann 7d buy - 5", ad_platform, "ann: a@7d => 5",
     "in_journey 1, conversion 1, outranked 1"},
    {"nor_a_click_after_it", "ann 0h view b\n ann 1h click a\n ann 2h buy - 5", ad_platform,
     "ann: a@1h => 5", "in_journey 1, conversion 1, outranked 1"},
    {"a_click_outside_its_window_outranks_nothing",
     "ann 0d click a\n ann 7d view b\n ann 7d+1h buy - 5", ad_platform, "ann: b@1h => 5",
     "in_journey 1, conversion 1, outside_window 1"},
    {"a_view_outside_its_window_is_not_outranked_but_outside",
     "ann 0d view b\n ann 6d click a\n ann 7d buy - 5", ad_platform, "ann: a@1d => 5",
     "in_journey 1, conversion 1, outside_window 1"},
    {"kinds_without_a_rank_stay", "ann 0h call c\n ann 1h view b\n ann 2h click a\n ann 3h buy - 5",
     ad_platform, "ann: c@3h a@1h => 5", "in_journey 2, conversion 1, outranked 1"},
    {"and_outrank_nothing", "ann 1h view b\n ann 2h call c\n ann 3h buy - 5", ad_platform,
     "ann: b@2h c@1h => 5", "in_journey 2, conversion 1"},
    {"names_of_one_rank_stand_together",
     "ann 0h tap a\n ann 1h click b\n ann 2h view c\n ann 3h buy - 5",
     [](Goal& goal) {
       goal.lookback.precedence = {{"click", "tap"}, {"view"}};
     },
     "ann: a@3h b@2h => 5", "in_journey 2, conversion 1, outranked 1"},
    {"ranks_come_before_the_number_of_touches",
     "ann 0h click a\n ann 1h view b\n ann 2h view c\n ann 3h buy - 5",
     [](Goal& goal) {
       ad_platform(goal);
       goal.lookback.touches = 2;
     },
     "ann: a@3h => 5", "in_journey 1, conversion 1, outranked 2"},
    {"what_one_conversion_has_no_room_for_another_may",
     "ann 0h view b\n ann 1h buy - 5\n ann 2h click a\n ann 3h buy - 7",
     [](Goal& goal) {
       ad_platform(goal);
       goal.after_conversion = AfterConversion::keep;
     },
     "ann: b@1h => 5\n ann: a@1h => 7", "in_journey 2, conversion 2"},
    {"null_journeys_keep_all_ranks", "ann 0h view b\n ann 1h click a", ad_platform,
     "ann: b@1h a@0s => null", "in_journey 2"},
};
MTA_JOURNEY_CASES(Precedence, precedence_cases);

std::int64_t at(const std::string& text) { return TimeParser().parse(text).value().micros; }

/// Whether a touch counts for a sale, by days of the calendar alone.
bool counts(const std::string& touch, const std::string& sale, std::uint32_t days,
            const std::string& zone) {
  auto events = plain_events("ann 0s click a\n ann 0s buy -");
  events[0].time = at(touch);
  events[1].time = at(sale);
  Goal goal = buy();
  goal.lookback.microseconds = Lookback::unlimited;
  goal.lookback.days = days;
  goal.lookback.zone = zone;
  const Made made = made_journeys(events_of(events, {}), events, goal);
  return made.counts.unattributed_conversions == 0;
}

TEST(CalendarWindows, ReachBackToTheStartOfADay) {
  EXPECT_TRUE(counts("2024-05-01T00:00:00Z", "2024-05-31T23:59:59Z", 30, "UTC"));
  EXPECT_FALSE(counts("2024-04-30T23:59:59Z", "2024-05-31T00:00:00Z", 30, "UTC"));
  EXPECT_TRUE(counts("2024-05-01T00:00:00Z", "2024-05-01T23:59:59Z", 0, "UTC"));
  EXPECT_FALSE(counts("2024-04-30T23:59:59Z", "2024-05-01T00:00:00Z", 0, "UTC"));
}

TEST(CalendarWindows, GoByTheDaysOfTheirZone) {
  // 23:30Z is the next day in Berlin and the same day in New York.
  EXPECT_FALSE(counts("2024-05-01T12:00:00Z", "2024-05-02T23:30:00Z", 1, "Europe/Berlin"));
  EXPECT_TRUE(counts("2024-05-01T12:00:00Z", "2024-05-02T23:30:00Z", 1, "America/New_York"));
  EXPECT_TRUE(counts("2024-05-01T22:30:00Z", "2024-05-02T23:30:00Z", 1, "Europe/Berlin"));
}

TEST(CalendarWindows, TakeDaysOfTwentyThreeAndTwentyFiveHoursAsDays) {
  // 2024-03-31 has 23 hours in Berlin: from 2024-03-30T23:00Z to 2024-03-31T22:00Z.
  EXPECT_TRUE(counts("2024-03-30T23:00:00Z", "2024-03-31T21:59:59Z", 0, "Europe/Berlin"));
  EXPECT_FALSE(counts("2024-03-30T23:00:00Z", "2024-03-31T22:00:00Z", 0, "Europe/Berlin"));
  // 2024-10-27 has 25: from 2024-10-26T22:00Z to 2024-10-27T23:00Z.
  EXPECT_TRUE(counts("2024-10-26T22:00:00Z", "2024-10-27T22:59:59Z", 0, "Europe/Berlin"));
  EXPECT_FALSE(counts("2024-10-26T21:59:59Z", "2024-10-27T22:59:59Z", 0, "Europe/Berlin"));
}

TEST(CalendarWindows, HoldTogetherWithElapsedTime) {
  const auto events = plain_events("ann 0d+20h click a\n ann 1d click b\n ann 1d+12h buy - 5");
  Goal goal = buy();
  goal.lookback.microseconds = duration("18h");
  goal.lookback.days = 0;
  const Made made = made_journeys(events_of(events, {}), events, goal);
  EXPECT_EQ(journey_texts(made.journeys, events), std::vector<std::string>{"ann: b@12h => 5"});
}

TEST(CalendarWindows, MayBeThoseOfAKind) {
  const auto events = plain_events("ann 0d+23h view a\n ann 0d+23h click b\n ann 1d+1h buy - 5");
  Goal goal = buy();
  goal.lookback.by_event = {{"view", Lookback::unlimited, 0}};
  const Made made = made_journeys(events_of(events, {}), events, goal);
  EXPECT_EQ(journey_texts(made.journeys, events), std::vector<std::string>{"ann: b@2h => 5"});
}

TEST(ZoneDays, AreTheSameWhateverWasAskedBefore) {
  ZoneDays berlin("Europe/Berlin");
  const std::int64_t summer = at("2024-07-01T22:00:00Z"), winter = at("2024-01-01T23:00:00Z");
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(berlin.day_of(summer - 1) + 1, berlin.day_of(summer));
    EXPECT_EQ(berlin.day_of(winter - 1) + 1, berlin.day_of(winter));
  }
  EXPECT_EQ(berlin.day_of(winter), 19'724);  // 2024-01-02
  EXPECT_EQ(ZoneDays("UTC").day_of(-1), -1);
  EXPECT_EQ(ZoneDays("-08:00").day_of(at("1970-01-01T07:59:59Z")), -1);
  EXPECT_EQ(berlin.day_of(at("0001-01-01T12:00:00Z")), -719'162);
  EXPECT_EQ(berlin.day_of(at("9999-12-31T12:00:00Z")), 2'932'896);
}

struct Refused {
  std::string name;
  std::function<void(Lookback&)> change;
  std::string names;
};
std::ostream& operator<<(std::ostream& out, const Refused& test) { return out << test.name; }
const Refused refused[] = {
    {"no_time",
     [](Lookback& it) {
       it.by_event = {{"view", 0, {}}};
     },
     "'view'"},
    {"twice",
     [](Lookback& it) {
       it.by_event = {{"view"}, {"view"}};
     },
     "'view'"},
    {"no_name", [](Lookback& it) { it.by_channel = {{""}}; }, "by_channel"},
    {"no_zone", [](Lookback& it) { it.zone = "Nowhere"; }, "Nowhere"},
    {"two_ranks",
     [](Lookback& it) {
       it.precedence = {{"a"}, {"b", "a"}};
     },
     "'a'"},
    {"empty_rank",
     [](Lookback& it) {
       it.precedence = {{"a"}, {}};
     },
     "precedence"},
    {"nameless_rank", [](Lookback& it) { it.precedence = {{""}}; }, "precedence"},
};
class RefusedLookbacks : public testing::TestWithParam<Refused> {};
TEST_P(RefusedLookbacks, AreNamed) {
  Goal goal = buy();
  GetParam().change(goal.lookback);
  try {
    validate(goal);
    FAIL() << "was not refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::invalid_option);
    EXPECT_NE(std::string(error.what()).find(GetParam().names), std::string::npos) << error.what();
  }
}
INSTANTIATE_TEST_SUITE_P(Table, RefusedLookbacks, testing::ValuesIn(refused),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace mta::test

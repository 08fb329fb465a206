// How far back a touch may lie, and what a conversion leaves to the next.
#include "journeys/journey_case.hpp"

namespace mta::test {
namespace {

const JourneyCase window_cases[] = {
    {"no_events", "", {}, "", ""},
    {"one_touch_is_a_null_journey",
     "ann 1d click search",
     {},
     "ann: search@0s => null",
     "in_journey 1"},
    {"one_conversion_without_a_touch_is_unattributed", "ann 1d buy - 5", {}, "", "conversion 1"},
    {"an_event_without_a_channel_is_no_touch",
     "ann 1d click -\n ann 2d buy - 5",
     {},
     "",
     "conversion 1, not_a_touch 1"},
    {"touches_come_oldest_first_whatever_the_order_of_rows",
     "ann 3d buy - 20\n ann 2d click email\n ann 1d click search",
     {},
     "ann: search@2d email@1d => 20",
     "in_journey 2, conversion 1"},
    {"persons_do_not_mix",
     "ann 1d click search\n bob 2d click email\n ann 3d buy - 20",
     {},
     "ann: search@2d => 20\n bob: email@0s => null",
     "in_journey 2, conversion 1"},
    {"the_window_includes_its_last_microsecond",
     "ann 0s click search\n ann 30d buy - 1",
     {},
     "ann: search@30d => 1",
     "in_journey 1, conversion 1"},
    {"one_microsecond_more_is_outside",
     "ann 0s click search\n ann 30d+0.000001s buy - 1",
     {},
     "",
     "conversion 1, outside_window 1"},
    {"a_touch_outside_is_dropped_from_a_journey_that_has_others",
     "ann 0s click search\n ann 20d click email\n ann 31d buy - 1",
     {},
     "ann: email@11d => 1",
     "in_journey 1, conversion 1, outside_window 1"},
    {"unlimited_reaches_back_any_time", "ann 0s click search\n ann 9000d buy - 1",
     [](Goal& goal) { goal.lookback.microseconds = Lookback::unlimited; }, "ann: search@9000d => 1",
     "in_journey 1, conversion 1"},
    {"by_touches_the_last_ones_count",
     "ann 1d click a\n ann 2d click b\n ann 3d click c\n ann 4d buy - 1",
     [](Goal& goal) {
       goal.lookback = {Lookback::unlimited, 2};
     },
     "ann: b@2d c@1d => 1", "in_journey 2, conversion 1, outside_window 1"},
    {"the_conversions_own_touch_is_one_of_them",
     "ann 1d click a\n ann 2d click b\n ann 4d buy phone 1",
     [](Goal& goal) {
       goal.lookback = {Lookback::unlimited, 2};
     },
     "ann: b@2d phone@0s => 1", "in_journey 1, conversion 1, outside_window 1"},
    {"one_touch_leaves_room_for_the_conversions_own_alone", "ann 1d click a\n ann 4d buy phone 1",
     [](Goal& goal) {
       goal.lookback = {Lookback::unlimited, 1};
     },
     "ann: phone@0s => 1", "conversion 1, outside_window 1"},
    {"restart_gives_each_touch_to_the_next_conversion_alone",
     "ann 1d click a\n ann 2d buy - 1\n ann 3d click b\n ann 4d buy - 2\n ann 5d click c",
     {},
     "ann: a@1d => 1\n ann: b@1d => 2\n ann: c@0s => null",
     "in_journey 3, conversion 2"},
    {"restart_leaves_a_second_conversion_without_touches_unattributed",
     "ann 1d click a\n ann 2d buy - 1\n ann 2d+1s buy - 2",
     {},
     "ann: a@1d => 1",
     "in_journey 1, conversion 2"},
    {"keep_lets_each_conversion_look_back_over_the_window",
     "ann 1d click a\n ann 2d buy - 1\n ann 3d click b\n ann 4d buy - 2\n ann 5d click c",
     [](Goal& goal) { goal.after_conversion = AfterConversion::keep; },
     "ann: a@1d => 1\n ann: a@3d b@1d => 2\n ann: c@0s => null", "in_journey 3, conversion 2"},
    {"keep_counts_a_touch_once_though_one_window_misses_it",
     "ann 0s click a\n ann 1d buy - 1\n ann 31d buy - 2",
     [](Goal& goal) { goal.after_conversion = AfterConversion::keep; }, "ann: a@1d => 1",
     "in_journey 1, conversion 2"},
    {"a_conversion_with_a_channel_is_its_own_last_touch",
     "ann 1d click search\n ann 2d buy phone 7",
     {},
     "ann: search@1d phone@0s => 7",
     "in_journey 1, conversion 1"},
    {"never_ignores_the_conversions_channel", "ann 1d click search\n ann 2d buy phone 7",
     [](Goal& goal) { goal.conversion_touch = ConversionTouch::never; }, "ann: search@1d => 7",
     "in_journey 1, conversion 1"},
    {"the_conversions_touch_is_not_seen_by_the_next_conversion",
     "ann 1d buy phone 7\n ann 2d buy - 8",
     [](Goal& goal) { goal.after_conversion = AfterConversion::keep; }, "ann: phone@0s => 7",
     "conversion 2"},
};
MTA_JOURNEY_CASES(Windows, window_cases);

constexpr std::int64_t year_0000 = -62'167'219'200'000'000;
constexpr std::int64_t year_9999 = 253'402'300'799'999'999;

std::vector<PlainEvent> at_the_ends_of_time() {
  auto events = plain_events("ann 0s click search\n ann 0s click email\n ann 0s buy - 1");
  events[0].time = year_0000;
  events[1].time = year_9999 - 1;
  events[2].time = year_9999;
  return events;
}

TEST(WindowsAtTheEndsOfTime, UnlimitedReachesFromTheFirstYearToTheLast) {
  Goal goal = buy();
  goal.lookback.microseconds = Lookback::unlimited;
  const auto events = at_the_ends_of_time();
  const Events input = events_of(events, case_layout());
  EXPECT_EQ(fate_text(made_journeys(input, events, goal).counts.events),
            "in_journey 2, conversion 1");
}

TEST(WindowsAtTheEndsOfTime, NoDurationOverflows) {
  // Between unlimited and nothing: the difference of the times, one less, and the longest there is.
  constexpr std::int64_t between = year_9999 - year_0000;
  const auto in_journey = [](std::int64_t lookback) {
    Goal goal = buy();
    goal.lookback.microseconds = lookback;
    goal.censor = Censor::drop;
    const auto events = at_the_ends_of_time();
    const Made made = made_journeys(events_of(events, case_layout()), events, goal);
    return made.counts.events[static_cast<std::size_t>(Fate::in_journey)];
  };
  EXPECT_EQ(in_journey(between), 2u);
  EXPECT_EQ(in_journey(between - 1), 1u);
  EXPECT_EQ(in_journey(Lookback::unlimited - 1), 2u);
}

TEST(WindowsAtTheEndsOfTime, AConversionInTheFirstYearLooksBackBeforeIt) {
  auto events = plain_events("ann 0s click search\n ann 0s buy - 1");
  events[0].time = events[1].time = year_0000;
  for (const std::int64_t lookback :
       {std::int64_t{1}, Lookback::unlimited - 1, Lookback::unlimited}) {
    Goal goal = buy();
    goal.lookback.microseconds = lookback;
    const Made made = made_journeys(events_of(events, case_layout()), events, goal);
    EXPECT_EQ(fate_text(made.counts.events), "in_journey 1, conversion 1") << lookback;
  }
}

}  // namespace
}  // namespace mta::test

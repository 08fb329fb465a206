// Duplicate conversions, and events of the same moment.
#include "journeys/journey_case.hpp"

namespace mta::test {
namespace {

constexpr std::int64_t day = 86'400'000'000;

void by_order(Goal& goal) { goal.deduplicate_by = order_id; }

const JourneyCase duplicate_cases[] = {
    {"without_deduplicate_by_both_count",
     "ann 1d click a\n ann 2d buy - 20 order=o1\n ann 3d buy - 20 order=o1",
     {},
     "ann: a@1d => 20",
     "in_journey 1, conversion 2"},
    {"the_earliest_is_kept", "ann 3d buy - 30 order=o1\n ann 1d click a\n ann 2d buy - 20 order=o1",
     by_order, "ann: a@1d => 20", "in_journey 1, conversion 1, duplicate_conversion 1"},
    {"a_duplicate_ends_no_journey",
     "ann 1d buy - 20 order=o1\n ann 2d click a\n ann 3d buy - 20 order=o1\n ann 4d buy - 5 "
     "order=o2",
     by_order, "ann: a@2d => 5", "in_journey 1, conversion 2, duplicate_conversion 1"},
    {"a_duplicate_is_no_touch",
     "ann 1d buy - 20 order=o1\n ann 2d buy phone 20 order=o1\n ann 4d buy - 5 order=o2", by_order,
     "", "conversion 2, duplicate_conversion 1"},
    {"an_empty_id_is_no_id", "ann 1d click a\n ann 2d buy - 20\n ann 3d click b\n ann 4d buy - 20",
     by_order, "ann: a@1d => 20\n ann: b@1d => 20", "in_journey 2, conversion 2"},
    {"across_persons_the_earliest_is_kept",
     "ann 1d click a\n ann 3d buy - 20 order=o1\n bob 1d click b\n bob 2d buy - 20 order=o1",
     by_order, "ann: a@0s => null\n bob: b@1d => 20",
     "in_journey 2, conversion 1, duplicate_conversion 1"},
    {"across_many_persons_one_is_kept",
     "p1 5d buy a 1 order=o1\n p2 5d buy a 1 order=o1\n p3 4d buy a 1 order=o1\n p4 5d buy a 1 "
     "order=o1\n"
     "p5 5d buy a 1 order=o1\n p6 5d buy a 1 order=o1",
     by_order, "p3: a@0s => 1", "conversion 1, duplicate_conversion 5"},
    {"the_earliest_is_kept_though_the_period_does_not_admit_it",
     "ann 1d click a\n ann 2d buy - 20 order=o1\n ann 12d buy - 20 order=o1",
     [](Goal& goal) {
       by_order(goal);
       goal.from = TimePoint{10 * day};
     },
     "", "of_uncounted_conversion 1, duplicate_conversion 1, conversion_outside_period 1"},
    {"rows_that_fail_where_are_no_duplicates",
     "ann 1d buy - 20 order=o1 campaign=test\n ann 2d click a\n ann 3d buy - 20 order=o1",
     [](Goal& goal) {
       by_order(goal);
       goal.where = {{"campaign", {"test"}, Condition::Match::none_of}};
     },
     "ann: a@1d => 20", "in_journey 1, conversion 1, not_a_touch 1"},
    {"events_of_another_goal_are_no_duplicates",
     "ann 1d lead chat 0 order=o1\n ann 3d buy - 20 order=o1", by_order, "ann: chat@2d => 20",
     "in_journey 1, conversion 1"},
    {"of_one_moment_the_smaller_value_is_kept",
     "ann 1d click a\n ann 2d buy - 30 order=o1\n ann 2d buy - 20 order=o1", by_order,
     "ann: a@1d => 20", "in_journey 1, conversion 1, duplicate_conversion 1"},
};
MTA_JOURNEY_CASES(Duplicates, duplicate_cases);

void by_input(Goal& goal) { goal.ties = Ties::input_order; }

const JourneyCase tie_cases[] = {
    {"content_orders_by_channel",
     "ann 1d click b\n ann 1d click a\n ann 2d buy - 1",
     {},
     "ann: a@1d b@1d => 1",
     "in_journey 2, conversion 1"},
    {"input_order_leaves_them", "ann 1d click b\n ann 1d click a\n ann 2d buy - 1", by_input,
     "ann: b@1d a@1d => 1", "in_journey 2, conversion 1"},
    {"channels_compare_as_bytes",
     "ann 1d click b\n ann 1d click B\n ann 1d click \xC3\xA9\n ann 2d buy - 1",
     {},
     "ann: B@1d b@1d \xC3\xA9@1d => 1",
     "in_journey 3, conversion 1"},
    {"a_touch_comes_before_a_conversion",
     "ann 2d buy - 1\n ann 2d click z",
     {},
     "ann: z@0s => 1",
     "in_journey 1, conversion 1"},
    {"in_input_order_too", "ann 2d buy - 1\n ann 2d click z", by_input, "ann: z@0s => 1",
     "in_journey 1, conversion 1"},
    {"a_touch_comes_before_a_conversion_whose_channel_is_smaller",
     "ann 2d buy a 1\n ann 2d click z",
     {},
     "ann: z@0s a@0s => 1",
     "in_journey 1, conversion 1"},
    {"of_two_conversions_the_smaller_channel_is_the_first",
     "ann 1d click a\n ann 2d buy y 1\n ann 2d buy x 2",
     {},
     "ann: a@1d x@0s => 2\n ann: y@0s => 1",
     "in_journey 1, conversion 2"},
    {"in_input_order_the_one_that_came_first", "ann 1d click a\n ann 2d buy y 1\n ann 2d buy x 2",
     by_input, "ann: a@1d y@0s => 1\n ann: x@0s => 2", "in_journey 1, conversion 2"},
    {"then_by_value", "ann 1d click a\n ann 2d buy - 9\n ann 2d buy - 8",
     [](Goal& goal) { goal.per_person = PerPerson::first; }, "ann: a@1d => 8",
     "in_journey 1, conversion 1, conversion_not_first 1"},
};
MTA_JOURNEY_CASES(Ties, tie_cases);

TEST(TiesByContent, LookAtTheDimensionsAfterTheChannel) {
  const auto events = plain_events(
      "ann 1d click a campaign=y\n ann 1d click a campaign=x\n ann 1d click a\n ann 2d buy - 1");
  const Made made = made_journeys(events_of(events, case_layout()), events, buy());
  ASSERT_EQ(made.journeys.size(), 1u);
  std::vector<std::size_t> rows;
  for (const ExpectedTouch& touch : made.journeys[0].touches) rows.push_back(touch.event);
  EXPECT_EQ(rows, (std::vector<std::size_t>{2, 1, 0}));  // "", then x, then y
}

}  // namespace
}  // namespace mta::test

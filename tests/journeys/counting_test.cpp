// Which events are touches, and which conversions count.
#include "journeys/journey_case.hpp"

namespace mta::test {
namespace {

constexpr std::int64_t day = 86'400'000'000;
using Match = Condition::Match;

const JourneyCase touch_cases[] = {
    {"named_events_alone_are_touches", "ann 1d view a\n ann 2d click b\n ann 3d buy - 1",
     [](Goal& goal) { goal.touch_events = {"click"}; }, "ann: b@1d => 1",
     "in_journey 1, conversion 1, not_a_touch 1"},
    {"a_filter_on_a_dimension", "ann 1d click a campaign=spring\n ann 2d click b\n ann 3d buy - 1",
     [](Goal& goal) {
       goal.touch_where = {{"campaign", {"spring"}, Match::one_of}};
     },
     "ann: a@2d => 1", "in_journey 1, conversion 1, not_a_touch 1"},
    {"a_filter_on_an_empty_dimension",
     "ann 1d click a campaign=spring\n ann 2d click b\n ann 3d buy - 1",
     [](Goal& goal) {
       goal.touch_where = {{"campaign", {""}, Match::one_of}};
     },
     "ann: b@1d => 1", "in_journey 1, conversion 1, not_a_touch 1"},
    {"a_filter_that_excludes_and_one_on_the_channel",
     "ann 1d click a campaign=bot\n ann 1d click b\n ann 2d click c\n ann 3d buy - 1",
     [](Goal& goal) {
       goal.touch_where = {{"campaign", {"bot"}, Match::none_of},
                           {"channel", {"b"}, Match::none_of}};
     },
     "ann: c@1d => 1", "in_journey 1, conversion 1, not_a_touch 2"},
    {"a_filter_on_the_event", "ann 1d view a\n ann 2d click b\n ann 3d buy - 1",
     [](Goal& goal) {
       goal.touch_where = {{"event", {"view"}, Match::none_of}};
     },
     "ann: b@1d => 1", "in_journey 1, conversion 1, not_a_touch 1"},
    {"the_touch_filter_does_not_concern_the_conversions_own_touch",
     "ann 1d click a\n ann 3d buy phone 1", [](Goal& goal) { goal.touch_events = {"click"}; },
     "ann: a@2d phone@0s => 1", "in_journey 1, conversion 1"},
    {"a_conversion_row_that_fails_where_may_be_a_touch",
     "ann 1d buy phone 5 campaign=test\n ann 3d buy - 1",
     [](Goal& goal) {
       goal.where = {{"campaign", {"test"}, Match::none_of}};
     },
     "ann: phone@2d => 1", "in_journey 1, conversion 1"},
    {"and_without_a_channel_it_is_nothing", "ann 1d buy - 5 campaign=test\n ann 3d buy - 1",
     [](Goal& goal) {
       goal.where = {{"campaign", {"test"}, Match::none_of}};
     },
     "", "conversion 1, not_a_touch 1"},
    {"where_on_the_channel_of_a_conversion",
     "ann 1d click a\n ann 2d buy phone 5\n ann 3d buy web 6",
     [](Goal& goal) {
       goal.where = {{"channel", {"web"}, Match::one_of}};
     },
     "ann: a@2d phone@1d web@0s => 6", "in_journey 2, conversion 1"},
    {"another_goals_conversion_is_a_touch",
     "ann 1d click a\n ann 2d lead chat 3\n ann 3d buy - 1",
     {},
     "ann: a@2d chat@1d => 1",
     "in_journey 2, conversion 1"},
    {"several_events_convert", "ann 1d click a\n ann 2d lead chat 3\n ann 3d buy - 1",
     [](Goal& goal) {
       goal.events = {"buy", "lead"};
     },
     "ann: a@1d chat@0s => 3", "in_journey 1, conversion 2"},
};
MTA_JOURNEY_CASES(Touches, touch_cases);

void in_march(Goal& goal) {
  goal.from = TimePoint{10 * day};
  goal.to = TimePoint{20 * day};
}
void first_only(Goal& goal) { goal.per_person = PerPerson::first; }

const JourneyCase counting_cases[] = {
    {"the_period_includes_its_beginning", "ann 1d click a\n ann 10d buy - 1", in_march,
     "ann: a@9d => 1", "in_journey 1, conversion 1"},
    {"and_excludes_its_end", "ann 11d click a\n ann 20d buy - 1", in_march, "",
     "of_uncounted_conversion 1, conversion_outside_period 1"},
    {"a_microsecond_before_the_end_counts", "ann 11d click a\n ann 19d+86399.999999s buy - 1",
     in_march, "ann: a@777599.999999s => 1", "in_journey 1, conversion 1"},
    {"a_conversion_before_the_period_still_ends_its_journey",
     "ann 1d click a\n ann 2d buy - 1\n ann 11d click b\n ann 12d buy - 2", in_march,
     "ann: b@1d => 2",
     "in_journey 1, conversion 1, of_uncounted_conversion 1, conversion_outside_period 1"},
    {"with_keep_its_touches_may_still_count", "ann 1d click a\n ann 2d buy - 1\n ann 12d buy - 2",
     [](Goal& goal) {
       in_march(goal);
       goal.after_conversion = AfterConversion::keep;
     },
     "ann: a@11d => 2", "in_journey 1, conversion 1, conversion_outside_period 1"},
    {"touches_after_an_uncounted_conversion_are_a_null_journey",
     "ann 1d click a\n ann 2d buy - 1\n ann 3d click b", in_march, "ann: b@0s => null",
     "in_journey 1, of_uncounted_conversion 1, conversion_outside_period 1"},
    {"touches_outside_the_window_of_an_uncounted_conversion", "ann 0s click a\n ann 40d buy - 1",
     in_march, "", "outside_window 1, conversion_outside_period 1"},
    {"a_transform_that_takes_a_touch_of_an_uncounted_conversion_is_what_is_said",
     "ann 1d click a\n ann 2d click a\n ann 3d buy - 1",
     [](Goal& goal) {
       in_march(goal);
       goal.transforms = {{Transform::Kind::collapse, 0, ""}};
     },
     "", "removed_by_transform 1, of_uncounted_conversion 1, conversion_outside_period 1"},
    {"first_counts_one_conversion_a_person",
     "ann 1d click a\n ann 2d buy - 1\n ann 3d click b\n ann 4d buy - 2\n bob 5d buy - 3",
     first_only, "ann: a@1d => 1",
     "in_journey 1, conversion 2, of_uncounted_conversion 1, conversion_not_first 1"},
    {"first_is_the_first_that_the_period_admits",
     "ann 1d click a\n ann 2d buy - 1\n ann 11d click b\n ann 12d buy - 2\n ann 13d buy - 3",
     [](Goal& goal) {
       in_march(goal);
       first_only(goal);
     },
     "ann: b@1d => 2",
     "in_journey 1, conversion 1, of_uncounted_conversion 1, conversion_outside_period 1, "
     "conversion_not_first 1"},
    {"first_is_the_first_that_where_admits",
     "ann 1d buy - 1 campaign=test\n ann 2d click a\n ann 3d buy - 2",
     [](Goal& goal) {
       first_only(goal);
       goal.where = {{"campaign", {""}, Match::one_of}};
     },
     "ann: a@1d => 2", "in_journey 1, conversion 1, not_a_touch 1"},
};
MTA_JOURNEY_CASES(Counting, counting_cases);

}  // namespace
}  // namespace mta::test

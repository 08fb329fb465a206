// Touches that no conversion follows.
#include "journeys/journey_case.hpp"

namespace mta::test {
namespace {

constexpr std::int64_t day = 86'400'000'000;

const JourneyCase null_cases[] = {
    {"a_gap_as_long_as_the_lookback_does_not_cut",
     "ann 0s click a\n ann 30d click b",
     {},
     "ann: a@30d b@0s => null",
     "in_journey 2"},
    {"a_microsecond_more_cuts",
     "ann 0s click a\n ann 30d+0.000001s click b",
     {},
     "ann: a@0s => null\n ann: b@0s => null",
     "in_journey 2"},
    {"many_short_gaps_may_span_more_than_the_lookback",
     "ann 0s click a\n ann 20d click b\n ann 40d click c",
     {},
     "ann: a@40d b@20d c@0s => null",
     "in_journey 3"},
    {"none_never_cuts", "ann 0s click a\n ann 900d click b",
     [](Goal& goal) { goal.null_gap = std::numeric_limits<std::int64_t>::max(); },
     "ann: a@900d b@0s => null", "in_journey 2"},
    {"an_unlimited_lookback_never_cuts", "ann 0s click a\n ann 900d click b",
     [](Goal& goal) { goal.lookback.microseconds = Lookback::unlimited; },
     "ann: a@900d b@0s => null", "in_journey 2"},
    {"a_duration_of_its_own", "ann 0s click a\n ann 1d click b\n ann 2d+1s click c",
     [](Goal& goal) { goal.null_gap = day; }, "ann: a@1d b@0s => null\n ann: c@0s => null",
     "in_journey 3"},
    {"a_gap_of_nothing_keeps_touches_of_the_same_moment_together",
     "ann 1d click a\n ann 1d click b\n ann 2d click c", [](Goal& goal) { goal.null_gap = 0; },
     "ann: a@0s b@0s => null\n ann: c@0s => null", "in_journey 3"},
    {"only_touches_after_the_last_conversion_make_one",
     "ann 0s click a\n ann 31d buy - 1\n ann 32d click b",
     {},
     "ann: b@0s => null",
     "in_journey 1, conversion 1, outside_window 1"},
    {"a_touch_at_the_moment_of_the_conversion_is_the_conversions",
     "ann 1d buy - 1\n ann 1d click a",
     {},
     "ann: a@0s => 1",
     "in_journey 1, conversion 1"},
    {"drop_takes_out_what_may_still_convert", "ann 0s click a\n bob 30d click b\n cat 35d view -",
     [](Goal& goal) { goal.censor = Censor::drop; }, "ann: a@0s => null",
     "in_journey 1, not_a_touch 1, censored 1"},
    {"a_window_that_ends_with_the_data_is_still_open", "ann 0s click a\n cat 30d view -",
     [](Goal& goal) { goal.censor = Censor::drop; }, "", "not_a_touch 1, censored 1"},
    {"a_microsecond_later_it_is_closed", "ann 0s click a\n cat 30d+0.000001s view -",
     [](Goal& goal) { goal.censor = Censor::drop; }, "ann: a@0s => null",
     "in_journey 1, not_a_touch 1"},
    {"an_unlimited_window_never_closes", "ann 0s click a\n cat 900d view -",
     [](Goal& goal) {
       goal.censor = Censor::drop;
       goal.lookback.microseconds = Lookback::unlimited;
     },
     "", "not_a_touch 1, censored 1"},
    {"drop_leaves_converting_journeys_alone", "ann 1d click a\n ann 2d buy - 1",
     [](Goal& goal) { goal.censor = Censor::drop; }, "ann: a@1d => 1",
     "in_journey 1, conversion 1"},
    {"drop_judges_each_piece_of_a_cut_journey", "ann 0s click a\n ann 40d click b",
     [](Goal& goal) { goal.censor = Censor::drop; }, "ann: a@0s => null",
     "in_journey 1, censored 1"},
    {"transforms_apply_to_null_journeys", "ann 1d click a\n ann 2d click a\n ann 3d click b",
     [](Goal& goal) {
       goal.transforms = {{Transform::Kind::collapse, 0, ""}};
     },
     "ann: a@2d b@0s => null", "in_journey 2, removed_by_transform 1"},
};
MTA_JOURNEY_CASES(NullJourneys, null_cases);

}  // namespace
}  // namespace mta::test

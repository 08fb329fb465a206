// Refunds: negative values on conversion rows.
#include "journeys/journey_case.hpp"

namespace mta::test {
namespace {

constexpr std::int64_t day = 86'400'000'000;

void by_order(Goal& goal) { goal.deduplicate_by = order_id; }

const JourneyCase refund_cases[] = {
    {"goes_to_the_touches_of_the_latest_conversion_at_their_ages_then",
     "ann 1d click a\n ann 2d buy - 20\n ann 3d click b\n ann 4d buy - 30\n ann 9d buy - -5",
     {},
     "ann: a@1d => 20\n ann: b@1d => 30\n ann: b@1d => refund -5",
     "in_journey 2, conversion 2, refund 1"},
    {"ends_no_journey",
     "ann 1d click a\n ann 2d buy - 20\n ann 3d click b\n ann 4d buy - -5\n ann 5d buy - 30",
     {},
     "ann: a@1d => 20\n ann: a@1d => refund -5\n ann: b@2d => 30",
     "in_journey 2, conversion 2, refund 1"},
    {"is_no_touch_though_it_has_a_channel",
     "ann 1d click a\n ann 2d buy - 20\n ann 3d buy phone -5\n ann 4d buy - 30",
     {},
     "ann: a@1d => 20\n ann: a@1d => refund -5",
     "in_journey 1, conversion 2, refund 1"},
    {"without_a_conversion_is_unattributed",
     "ann 1d click a\n ann 2d buy - -5",
     {},
     "ann: a@0s => null",
     "in_journey 1, refund 1"},
    {"before_the_conversion_is_unattributed_without_an_order",
     "ann 1d buy - -5\n ann 2d click a\n ann 3d buy - 20",
     {},
     "ann: a@1d => 20",
     "in_journey 1, conversion 1, refund 1"},
    {"before_its_conversion_goes_to_its_order",
     "ann 1d buy - -5 order=o1\n ann 2d click a\n ann 3d buy - 20 order=o1", by_order,
     "ann: a@1d => 20\n ann: a@1d => refund -5", "in_journey 1, conversion 1, refund 1"},
    {"at_the_moment_of_the_conversion_comes_after_it",
     "ann 1d click a\n ann 2d buy - -5\n ann 2d buy - 20",
     {},
     "ann: a@1d => 20\n ann: a@1d => refund -5",
     "in_journey 1, conversion 1, refund 1"},
    {"goes_to_its_order_and_not_to_the_latest",
     "ann 1d click a\n ann 2d buy - 20 order=o1\n ann 3d click b\n ann 4d buy - 30 order=o2\n"
     "ann 9d buy - -5 order=o1",
     by_order, "ann: a@1d => 20\n ann: a@1d => refund -5\n ann: b@1d => 30",
     "in_journey 2, conversion 2, refund 1"},
    {"of_another_persons_order_goes_to_that_person",
     "ann 1d click a\n ann 2d buy - 20 order=o1\n bob 1d click b\n bob 2d buy - 30 order=o2\n"
     "bob 3d buy - -5 order=o1",
     by_order, "ann: a@1d => 20\n ann: a@1d => refund -5\n bob: b@1d => 30",
     "in_journey 2, conversion 2, refund 1"},
    {"of_an_unknown_order_goes_to_the_latest_conversion",
     "ann 1d click a\n ann 2d buy - 20 order=o1\n ann 3d buy - -5 order=o9", by_order,
     "ann: a@1d => 20\n ann: a@1d => refund -5", "in_journey 1, conversion 1, refund 1"},
    {"of_an_unknown_order_by_a_stranger_is_unattributed", "bob 3d buy - -5 order=o9", by_order, "",
     "refund 1"},
    {"the_same_twice_is_a_duplicate",
     "ann 1d click a\n ann 2d buy - 20 order=o1\n ann 3d buy - -5 order=o1\n ann 3d buy - -5 "
     "order=o1",
     by_order, "ann: a@1d => 20\n ann: a@1d => refund -5",
     "in_journey 1, conversion 1, refund 1, duplicate_conversion 1"},
    {"the_same_twice_by_two_persons_is_a_duplicate",
     "ann 1d click a\n ann 2d buy - 20 order=o1\n bob 3d buy - -5 order=o1\n cat 3d buy - -5 "
     "order=o1",
     by_order, "ann: a@1d => 20\n ann: a@1d => refund -5",
     "in_journey 1, conversion 1, refund 1, duplicate_conversion 1"},
    {"the_same_twice_of_an_unknown_order_is_a_duplicate",
     "ann 3d buy - -5 order=o9\n ann 3d buy - -5 order=o9", by_order, "",
     "refund 1, duplicate_conversion 1"},
    {"two_partial_ones_both_count",
     "ann 1d click a\n ann 2d buy - 20 order=o1\n ann 3d buy - -5 order=o1\n ann 4d buy - -5 "
     "order=o1\n"
     "ann 4d buy - -6 order=o1",
     by_order,
     "ann: a@1d => 20\n ann: a@1d => refund -5\n ann: a@1d => refund -5\n ann: a@1d => refund -6",
     "in_journey 1, conversion 1, refund 3"},
    {"without_an_order_all_count",
     "ann 1d click a\n ann 2d buy - 20\n ann 3d buy - -5\n ann 3d buy - -5", by_order,
     "ann: a@1d => 20\n ann: a@1d => refund -5\n ann: a@1d => refund -5",
     "in_journey 1, conversion 1, refund 2"},
    {"of_a_conversion_without_touches_is_unattributed",
     "ann 2d buy - 20 order=o1\n ann 3d click a\n ann 4d buy - -5 order=o1", by_order,
     "ann: a@0s => null", "in_journey 1, conversion 1, refund 1"},
    {"sees_what_transforms_left",
     "ann 1d click a\n ann 2d click b\n ann 3d buy - 20\n ann 4d buy - -5",
     [](Goal& goal) {
       goal.transforms = {{Transform::Kind::trim, 1, ""}};
     },
     "ann: b@1d => 20\n ann: b@1d => refund -5",
     "in_journey 1, conversion 1, refund 1, removed_by_transform 1"},
    {"outside_the_period_does_not_count", "ann 1d click a\n ann 2d buy - 20\n ann 11d buy - -5",
     [](Goal& goal) { goal.to = TimePoint{10 * day}; }, "ann: a@1d => 20",
     "in_journey 1, conversion 1, conversion_outside_period 1"},
    {"inside_the_period_of_a_conversion_before_it_counts",
     "ann 1d click a\n ann 2d buy - 20\n ann 11d buy - -5",
     [](Goal& goal) { goal.from = TimePoint{10 * day}; }, "ann: a@1d => refund -5",
     "in_journey 1, refund 1, conversion_outside_period 1"},
    {"of_the_first_conversion_counts_with_per_person_first",
     "ann 1d click a\n ann 2d buy - 20 order=o1\n ann 3d buy - 30 order=o2\n ann 4d buy - -5 "
     "order=o1",
     [](Goal& goal) {
       by_order(goal);
       goal.per_person = PerPerson::first;
     },
     "ann: a@1d => 20\n ann: a@1d => refund -5",
     "in_journey 1, conversion 1, refund 1, conversion_not_first 1"},
    {"of_a_later_conversion_does_not_count_with_per_person_first",
     "ann 1d click a\n ann 2d buy - 20\n ann 3d buy - 30\n ann 4d buy - -5",
     [](Goal& goal) { goal.per_person = PerPerson::first; }, "ann: a@1d => 20",
     "in_journey 1, conversion 1, conversion_not_first 2"},
    {"of_another_persons_later_conversion_does_not_count_with_per_person_first",
     "ann 1d click a\n ann 2d buy - 20\n ann 3d buy - 30 order=o2\n bob 4d buy - -5 order=o2",
     [](Goal& goal) {
       by_order(goal);
       goal.per_person = PerPerson::first;
     },
     "ann: a@1d => 20", "in_journey 1, conversion 1, conversion_not_first 2"},
};
MTA_JOURNEY_CASES(Refunds, refund_cases);

TEST(RefundSums, BookWhatIsLeftAndCountOrdersThatGaveBackTooMuch) {
  const Made made =
      expect_case({"over_refund",
                   "ann 1d click a\n ann 2d buy - 20 order=o1\n ann 3d buy - -15 order=o1\n"
                   "ann 4d buy - -6 order=o1\n bob 2d buy - 9 order=o2\n"
                   "bob 3d buy - -9 order=o2",
                   by_order, "ann: a@1d => 20\n ann: a@1d => refund -15\n ann: a@1d => refund -6",
                   "in_journey 1, conversion 2, refund 3"});
  EXPECT_EQ(made.counts.over_refunded_orders, 1u);
  EXPECT_EQ(made.counts.booked.checked("booked"), (Worth{Micros{2'000'000}, Micros{-1'000'000}}));
  EXPECT_EQ(made.counts.unattributed.checked("unattributed"), (Worth{one_conversion, Micros{0}}));
  EXPECT_EQ(made.counts.unattributed_conversions, 1u);
  EXPECT_EQ(made.counts.converting_journeys, 1u);
}

}  // namespace
}  // namespace mta::test

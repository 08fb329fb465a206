// Which touch of a journey holds a stage: an index each in "stages 1 -", or none.
#include "journeys/journey_case.hpp"
#include "mta/core/error.hpp"

namespace mta::test {
namespace {

const std::vector<Goal> lead{stage({"lead"})};
const std::vector<Goal> lead_and_opportunity{stage({"lead"}), stage({"opportunity"})};

void keep(Goal& goal) { goal.after_conversion = AfterConversion::keep; }
void by_order(Goal& goal) { goal.deduplicate_by = order_id; }

const JourneyCase stage_cases[] = {
    // Lead on day 3: of a (0), b (2), c (5), d (9) the latest before is b. Opportunity on day 6: c.
    {"w_shaped",
     "ann 0d click a\n ann 2d click b\n ann 3d lead -\n ann 5d click c\n ann 6d opportunity -\n"
     "ann 9d click d\n ann 10d buy - 20",
     {},
     "ann: a@10d b@8d c@5d d@1d => 20 stages 1 2",
     "in_journey 4, conversion 1, not_a_touch 2",
     lead_and_opportunity},
    // Days 2 and 3 lie between a (1) and b (5).
    {"one_touch_may_hold_several",
     "ann 1d click a\n ann 2d lead -\n ann 3d opportunity -\n ann 5d click b\n ann 6d buy - 20",
     {},
     "ann: a@5d b@1d => 20 stages 0 0",
     "in_journey 2, conversion 1, not_a_touch 2",
     lead_and_opportunity},
    // The order asked for is the order told: the lead is the second here.
    {"come_in_the_order_asked_for",
     "ann 1d click a\n ann 2d lead -\n ann 3d click b\n ann 4d opportunity -\n ann 5d buy - 20",
     {},
     "ann: a@4d b@2d => 20 stages 1 0",
     "in_journey 2, conversion 1, not_a_touch 2",
     {stage({"opportunity"}), stage({"lead"})}},
    // Day 1 is before the first touch, day 2: nothing had led to it.
    {"before_the_first_touch_have_none",
     "ann 1d lead -\n ann 2d click a\n ann 3d buy - 20",
     {},
     "ann: a@1d => 20 stages -",
     "in_journey 1, conversion 1, not_a_touch 1",
     lead},
    {"never_passed_have_none",
     "ann 2d click a\n ann 3d buy - 20",
     {},
     "ann: a@1d => 20 stages - -",
     "in_journey 1, conversion 1",
     lead_and_opportunity},
    // Day 4 is after the sale, and bob is not ann.
    {"passed_later_or_by_another_person_have_none",
     "ann 1d click a\n bob 2d lead -\n ann 3d buy - 20\n ann 4d lead -",
     {},
     "ann: a@2d => 20 stages -",
     "in_journey 1, conversion 1, not_a_touch 2",
     lead},
    // The lead of day 2 counts, after a (1), though that of day 4 is after b (3).
    {"passed_again_count_when_they_were_first",
     "ann 1d click a\n ann 2d lead -\n ann 3d click b\n ann 4d lead -\n ann 5d buy - 20",
     {},
     "ann: a@4d b@2d => 20 stages 0",
     "in_journey 2, conversion 1, not_a_touch 2",
     lead},
    // The lead of day 1 is before the first touch; that of day 5 comes after b (4).
    {"passed_before_the_first_touch_and_again_count_the_second_time",
     "ann 1d lead -\n ann 2d click a\n ann 4d click b\n ann 5d lead -\n ann 6d buy - 20",
     {},
     "ann: a@4d b@2d => 20 stages 1",
     "in_journey 2, conversion 1, not_a_touch 2",
     lead},
    {"may_have_several_events",  // the demo of day 2 passes it as well: a (1)
     "ann 1d click a\n ann 2d demo -\n ann 3d click b\n ann 4d lead -\n ann 5d buy - 20",
     {},
     "ann: a@4d b@2d => 20 stages 0",
     "in_journey 2, conversion 1, not_a_touch 2",
     {stage({"lead", "demo"})}},
    // The lead may touch a sale: day 2 is at or before day 2.
    {"that_are_touches_hold_themselves",
     "ann 1d click a\n ann 2d lead chat\n ann 3d click b\n ann 4d buy - 20",
     {},
     "ann: a@3d chat@2d b@1d => 20 stages 1",
     "in_journey 3, conversion 1",
     lead},
    // The sale of day 2 is the event; of a (1) and its own touch (2) the latter is the latest.
    {"that_are_the_conversion_are_held_by_its_own_touch",
     "ann 1d click a\n ann 2d buy phone 20",
     {},
     "ann: a@1d phone@0s => 20 stages 1",
     "in_journey 1, conversion 1",
     {stage({"buy"})}},
    {"that_are_the_conversion_without_a_channel_are_held_by_the_last_touch",
     "ann 1d click a\n ann 2d buy - 20",
     {},
     "ann: a@1d => 20 stages 0",
     "in_journey 1, conversion 1",
     {stage({"buy"})}},
    // The touches end on day 31 with b; a, which came before the lead, is too old.
    {"before_the_window_have_none",
     "ann 0d click a\n ann 1d lead -\n ann 31d click b\n ann 32d buy - 20",
     {},
     "ann: b@1d => 20 stages -",
     "in_journey 1, conversion 1, not_a_touch 1, outside_window 1",
     lead},
    {"of_null_journeys_have_none",
     "ann 1d click a\n ann 2d lead -\n ann 3d click b",
     {},
     "ann: a@2d b@0s => null stages -",
     "in_journey 2, not_a_touch 1",
     lead},
};
MTA_JOURNEY_CASES(Stages, stage_cases);

const JourneyCase tie_cases[] = {
    // b and c are of the lead's moment and so before it; c is the last of them.
    {"touches_of_the_same_moment_came_before",
     "ann 1d click a\n ann 2d click c\n ann 2d lead -\n ann 2d click b\n ann 3d buy - 20",
     {},
     "ann: a@2d b@1d c@1d => 20 stages 2",
     "in_journey 3, conversion 1, not_a_touch 1",
     lead},
    {"the_first_touch_of_the_same_moment_came_before",
     "ann 1d lead -\n ann 1d click a\n ann 3d buy - 20",
     {},
     "ann: a@2d => 20 stages 0",
     "in_journey 1, conversion 1, not_a_touch 1",
     lead},
    // Though `chat` sorts before `zeppelin`, which is of the same moment: times alone decide.
    {"a_stage_that_is_a_touch_gives_way_to_a_later_one_of_its_moment",
     "ann 2d lead chat\n ann 2d click zeppelin\n ann 3d buy - 20",
     {},
     "ann: chat@1d zeppelin@1d => 20 stages 1",
     "in_journey 2, conversion 1",
     lead},
    {"a_stage_of_the_conversions_moment_counts",
     "ann 1d click a\n ann 2d buy - 20\n ann 2d lead -",
     {},
     "ann: a@1d => 20 stages 0",
     "in_journey 1, conversion 1, not_a_touch 1",
     lead},
    // The own touch has the conversion's time, which is the lead's.
    {"a_stage_of_the_conversions_moment_is_held_by_its_own_touch",
     "ann 1d click a\n ann 2d buy phone 20\n ann 2d lead -",
     {},
     "ann: a@1d phone@0s => 20 stages 1",
     "in_journey 1, conversion 1, not_a_touch 1",
     lead},
    // The second sale of the moment follows the first, which has the lead: days 2 is not later
    // than 2.
    {"a_stage_of_the_moment_of_two_conversions_is_of_the_first",
     "ann 1d click a\n ann 2d buy phone 20\n ann 2d lead -\n ann 2d buy phone 30",
     {},
     "ann: a@1d phone@0s => 20 stages 1\n ann: phone@0s => 30 stages -",
     "in_journey 1, conversion 2, not_a_touch 1",
     lead},
    {"a_stage_of_the_moment_of_two_conversions_is_of_both_with_keep",
     "ann 1d click a\n ann 2d buy phone 20\n ann 2d lead -\n ann 2d buy phone 30", keep,
     "ann: a@1d phone@0s => 20 stages 1\n ann: a@1d phone@0s => 30 stages 1",
     "in_journey 1, conversion 2, not_a_touch 1", lead},
};
MTA_JOURNEY_CASES(StagesOfEqualTimes, tie_cases);

const JourneyCase conversion_cases[] = {
    // The second journey begins with b (4), after the lead (2) and the first sale (3).
    {"restart_leaves_a_stage_to_the_conversion_that_followed",
     "ann 1d click a\n ann 2d lead -\n ann 3d buy - 20\n ann 4d click b\n ann 5d buy - 30",
     {},
     "ann: a@2d => 20 stages 0\n ann: b@1d => 30 stages -",
     "in_journey 2, conversion 2, not_a_touch 1",
     lead},
    // Both journeys begin with a (1), so the lead (2) is a's in both.
    {"keep_tells_every_conversion_of_a_stage_in_its_window",
     "ann 1d click a\n ann 2d lead -\n ann 3d buy - 20\n ann 4d click b\n ann 5d buy - 30", keep,
     "ann: a@2d => 20 stages 0\n ann: a@4d b@1d => 30 stages 0",
     "in_journey 2, conversion 2, not_a_touch 1", lead},
    // Each journey has a lead of its own: a's on day 2, c's on day 7.
    {"restart_looks_anew_in_every_journey",
     "ann 1d click a\n ann 2d lead -\n ann 3d buy - 20\n ann 4d click b\n ann 6d click c\n"
     "ann 7d lead -\n ann 8d buy - 30",
     {},
     "ann: a@2d => 20 stages 0\n ann: b@4d c@2d => 30 stages 1",
     "in_journey 3, conversion 2, not_a_touch 2",
     lead},
    // The sale of day 3 does not count, and emits nothing; it ends the journey with the lead all
    // the same.
    {"an_uncounted_conversion_takes_its_stages_along",
     "ann 1d click a\n ann 2d lead -\n ann 3d buy - 20\n ann 4d click b\n ann 5d buy - 30",
     [](Goal& goal) { goal.from = TimePoint{plain_time("4d")}; }, "ann: b@1d => 30 stages -",
     "in_journey 1, conversion 1, not_a_touch 1, of_uncounted_conversion 1, "
     "conversion_outside_period 1",
     lead},
    // The row of day 3 is a duplicate: the journey of a (1) goes on to day 5 with its lead (2).
    {"a_duplicate_does_not_restart_stages",
     "ann 0d buy - 20 order=o1\n ann 1d click a\n ann 2d lead -\n ann 3d buy - 20 order=o1\n"
     "ann 5d buy - 30 order=o2",
     by_order, "ann: a@4d => 30 stages 0",
     "in_journey 1, conversion 2, not_a_touch 1, duplicate_conversion 1", lead},
    // As of the sale (4): the lead (2) is a's; the opportunity (5) came after it.
    {"a_refund_has_the_stages_of_its_conversion",
     "ann 1d click a\n ann 2d lead -\n ann 3d click b\n ann 4d buy - 20\n ann 5d opportunity -\n"
     "ann 9d buy - -5",
     {},
     "ann: a@3d b@1d => 20 stages 0 -\n ann: a@3d b@1d => refund -5 stages 0 -",
     "in_journey 2, conversion 1, refund 1, not_a_touch 2",
     lead_and_opportunity},
    // The refund is of o2, whose journey is b's alone: lead of day 5. That of day 2 is o1's.
    {"a_refund_of_an_order_has_the_stages_of_that_order",
     "ann 1d click a\n ann 2d lead -\n ann 3d buy - 20 order=o1\n ann 4d click b\n ann 5d lead -\n"
     "ann 6d buy - 30 order=o2\n ann 7d click c\n ann 8d buy - 40 order=o3\n"
     "ann 9d buy - -5 order=o2",
     by_order,
     "ann: a@2d => 20 stages 0\n ann: b@2d => 30 stages 0\n ann: b@2d => refund -5 stages 0\n"
     "ann: c@1d => 40 stages -",
     "in_journey 3, conversion 3, refund 1, not_a_touch 2", lead},
};
MTA_JOURNEY_CASES(StagesOfConversions, conversion_cases);

TEST(StagesAsked, ChangeNoJourneyAndGoByEventsAndFilterAlone) {
  const auto events = plain_events(
      "ann 1d click a\n ann 2d lead chat\n ann 3d buy phone 20\n ann 4d click b\n bob 1d click a");
  const Events rows = events_of(events, case_layout());
  Made with = made_journeys(rows, events, buy(), lead);
  Goal same = lead.front();
  same.deduplicate_by = "invoice";  // which the events do not have
  same.touch_where = {{"planet", {"mars"}, Condition::Match::one_of}};
  same.lookback.microseconds = -1;
  const Made again = made_journeys(rows, events, buy(), std::vector<Goal>{same});
  EXPECT_EQ(journey_texts(again.journeys, events), journey_texts(with.journeys, events));
  for (ExpectedJourney& journey : with.journeys) journey.stage.clear();
  const Made without = made_journeys(rows, events, buy());
  EXPECT_EQ(journey_texts(with.journeys, events, Detail::rows),
            journey_texts(without.journeys, events, Detail::rows));
  EXPECT_EQ(with.counts.events, without.counts.events);
}

TEST(StagesAsked, AreRefusedWhereTheyNameNoEventOrAnUnknownDimension) {
  const Events events(case_layout());
  const Vocabulary vocabulary(events);
  Goal no_event = lead.front();
  no_event.events.clear();
  const Goal unknown = stage({"lead"}, {{"planet", {"mars"}, Condition::Match::one_of}});
  for (const Goal& bad : {no_event, unknown}) {
    try {
      const std::vector<Goal> stages{lead.front(), bad};
      const JourneyBuilder builder(buy(), events, vocabulary, stages);
      FAIL() << "accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Errc::invalid_option);
      EXPECT_NE(std::string(error.what()).find("'lead'"), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace mta::test

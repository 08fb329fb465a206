// Which touch holds a stage where transforms rewrote the path or a filter admits some events only.
#include "journeys/journey_case.hpp"

namespace mta::test {
namespace {

using Kind = Transform::Kind;

const std::vector<Goal> lead{stage({"lead"})};
const std::vector<Goal> lead_and_opportunity{stage({"lead"}), stage({"opportunity"})};

const JourneyCase path_cases[] = {
    // Of a (1), b (2), c (5) trim leaves c: the lead (3) is before it, the opportunity (6) is not.
    {"trim_takes_the_stages_of_what_it_takes",
     "ann 1d click a\n ann 2d click b\n ann 3d lead -\n ann 5d click c\n ann 6d opportunity -\n"
     "ann 7d buy - 20",
     [](Goal& goal) {
       goal.transforms = {{Kind::trim, 1, ""}};
     },
     "ann: c@2d => 20 stages - 0",
     "in_journey 1, conversion 1, not_a_touch 2, removed_by_transform 2", lead_and_opportunity},
    // Collapse leaves a (1) and b (4): the lead (3) moves from the second a to the first, and b's
    // place from 2 to 1.
    {"collapse_moves_a_stage_to_the_touch_it_keeps",
     "ann 1d click a\n ann 2d click a\n ann 3d lead -\n ann 4d click b\n ann 5d opportunity -\n"
     "ann 6d buy - 20",
     [](Goal& goal) {
       goal.transforms = {{Kind::collapse, 0, ""}};
     },
     "ann: a@5d b@2d => 20 stages 0 1",
     "in_journey 2, conversion 1, not_a_touch 2, removed_by_transform 1", lead_and_opportunity},
    // Without x (2) the latest before the lead (3) is a (1).
    {"a_stage_of_a_removed_touch_goes_to_the_one_before",
     "ann 1d click a\n ann 2d click x\n ann 3d lead -\n ann 4d click b\n ann 5d buy - 20",
     [](Goal& goal) {
       goal.transforms = {{Kind::exclude, 0, "x"}};
     },
     "ann: a@4d b@1d => 20 stages 0",
     "in_journey 2, conversion 1, not_a_touch 1, removed_by_transform 1", lead},
    // The lead (2) is a touch itself, but collapse dropped it for chat (1).
    {"a_removed_touch_still_passes_its_stage",
     "ann 1d click chat\n ann 2d lead chat\n ann 3d click b\n ann 5d buy - 20",
     [](Goal& goal) {
       goal.transforms = {{Kind::collapse, 0, ""}};
     },
     "ann: chat@4d b@2d => 20 stages 0", "in_journey 2, conversion 1, removed_by_transform 1",
     lead},
    // The web lead (2) does not satisfy the filter; the one of the shop (4) comes after b (3).
    {"where_admits_events_by_a_dimension",
     "ann 1d click a\n ann 2d lead - campaign=web\n ann 3d click b\n ann 4d lead - campaign=shop\n"
     "ann 5d buy - 20",
     {},
     "ann: a@4d b@2d => 20 stages 1",
     "in_journey 2, conversion 1, not_a_touch 2",
     {stage({"lead"}, {{"campaign", {"shop"}, Condition::Match::one_of}})}},
    // A lead by phone (2) is out, the next by chat (3) is its own touch.
    {"where_admits_events_by_their_channel",
     "ann 1d click a\n ann 2d lead phone\n ann 3d lead chat\n ann 5d buy - 20",
     {},
     "ann: a@4d phone@3d chat@2d => 20 stages 2",
     "in_journey 3, conversion 1",
     {stage({"lead"}, {{"channel", {"phone"}, Condition::Match::none_of}})}},
};
MTA_JOURNEY_CASES(StagesOfPaths, path_cases);

}  // namespace
}  // namespace mta::test

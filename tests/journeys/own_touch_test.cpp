// Whether a journey's last touch is the conversion's own row.
#include "journeys/journey_case.hpp"

namespace mta::test {
namespace {

using Kind = Transform::Kind;

struct OwnTouchCase {
  std::string name;
  std::string events;               ///< see plain_events
  std::function<void(Goal&)> goal;  ///< may be empty: the defaults
  std::string journeys;             ///< as of journey_texts, and "own" where the last touch is
};

const OwnTouchCase own_touch_cases[] = {
    {"a_conversion_with_a_channel_has_one",
     "ann 1d click a\n ann 2d buy phone 20",
     {},
     "ann: a@1d phone@0s => 20 own"},
    {"it_may_be_the_only_touch", "ann 2d buy phone 20", {}, "ann: phone@0s => 20 own"},
    {"without_a_channel_it_has_none",
     "ann 1d click phone\n ann 2d buy - 20",
     {},
     "ann: phone@1d => 20"},
    {"never_is_never", "ann 1d click phone\n ann 2d buy phone 20",
     [](Goal& goal) { goal.conversion_touch = ConversionTouch::never; }, "ann: phone@1d => 20"},
    // Of two touches of a moment the click is the first, and the row of the sale the last.
    {"a_touch_of_its_moment_and_channel_is_another",
     "ann 2d buy phone 20\n ann 2d click phone",
     {},
     "ann: phone@0s phone@0s => 20 own"},
    // phone, phone becomes the first phone, which is the click.
    {"collapse_may_take_it", "ann 1d click phone\n ann 2d buy phone 20",
     [](Goal& goal) {
       goal.transforms = {{Kind::collapse, 0, ""}};
     },
     "ann: phone@1d => 20"},
    {"exclude_may_take_it", "ann 1d click a\n ann 2d buy phone 20",
     [](Goal& goal) {
       goal.transforms = {{Kind::exclude, 0, "phone"}};
     },
     "ann: a@1d => 20"},
    {"direct_may_give_way", "ann 1d click a\n ann 2d buy Direct 20",
     [](Goal& goal) { goal.direct = DirectPolicy::ignore_if_others; }, "ann: a@1d => 20"},
    {"trim_leaves_it", "ann 1d click a\n ann 2d buy phone 20",
     [](Goal& goal) {
       goal.transforms = {{Kind::trim, 1, ""}};
     },
     "ann: phone@0s => 20 own"},
    // The refund is without a channel, and has the sale's journey again.
    {"a_refund_repeats_it",
     "ann 1d click a\n ann 2d buy phone 20\n ann 3d buy - -5",
     {},
     "ann: a@1d phone@0s => 20 own\n ann: a@1d phone@0s => refund -5 own"},
    {"a_refunds_own_channel_is_none",
     "ann 1d click a\n ann 2d buy - 20\n ann 3d buy phone -5",
     {},
     "ann: a@1d => 20\n ann: a@1d => refund -5"},
    {"null_journeys_have_none",
     "ann 1d buy phone 20\n ann 2d click phone",
     {},
     "ann: phone@0s => 20 own\n ann: phone@0s => null"},
    {"another_goals_conversion_is_a_touch_like_any",
     "ann 1d lead chat\n ann 2d buy - 20",
     {},
     "ann: chat@1d => 20"},
    {"of_every_conversion_with_keep", "ann 1d click a\n ann 2d buy phone 20\n ann 3d buy - 30",
     [](Goal& goal) { goal.after_conversion = AfterConversion::keep; },
     "ann: a@1d phone@0s => 20 own\n ann: a@2d => 30"},
};

class OwnTouches : public testing::TestWithParam<OwnTouchCase> {
 protected:
  static std::vector<std::string> texts(const std::vector<Goal>& stages) {
    const auto events = plain_events(GetParam().events);
    Goal goal = buy();
    if (GetParam().goal) GetParam().goal(goal);
    Made made = made_journeys(events_of(events, case_layout()), events, goal, stages);
    std::vector<std::string> texts;
    for (ExpectedJourney& journey : made.journeys) {
      journey.stage.clear();
      texts.push_back(journey_texts({journey}, events).front());
      if (journey.own_touch) texts.back().append(" own");
    }
    std::sort(texts.begin(), texts.end());
    return texts;
  }
};
TEST_P(OwnTouches, AreToldAsWorkedByHand) {
  EXPECT_EQ(texts({}), sorted_lines(GetParam().journeys));
}
/// Journeys with stages are made another way.
TEST_P(OwnTouches, AreToldTheSameWhereStagesAreAskedFor) {
  EXPECT_EQ(texts({stage({"lead"})}), sorted_lines(GetParam().journeys));
}
INSTANTIATE_TEST_SUITE_P(Table, OwnTouches, testing::ValuesIn(own_touch_cases),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace mta::test

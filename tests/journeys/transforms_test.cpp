// Rewriting paths: each transform by hand, chains, the Direct policy, other projects' vectors, and
// a brute-force oracle.
#include "journeys/transforms.hpp"

#include "journeys/journey_case.hpp"
#include "support/random_events.hpp"
#include "support/transform_oracle.hpp"

namespace mta::test {
namespace {

using Kind = Transform::Kind;

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream all(text);
  std::vector<std::string> words;
  for (std::string word; all >> word;) words.push_back(word);
  return words;
}

std::vector<std::string> transformed(const std::vector<std::string>& path, const Goal& goal) {
  std::vector<std::string_view> names(path.begin(), path.end());
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::vector<PathTouch> touches;
  for (const std::string& channel : path) {
    const auto at = std::lower_bound(names.begin(), names.end(), channel);
    touches.push_back(
        {static_cast<ChannelId>(at - names.begin()), static_cast<std::uint32_t>(touches.size())});
  }
  std::vector<std::uint8_t> seen;
  PathTransforms(goal, names).apply(touches, seen);
  std::vector<std::string> left;
  for (const PathTouch& touch : touches) left.push_back(path[touch.position]);
  return left;
}

struct TransformCase {
  std::string name, path;
  std::vector<Transform> steps;
  std::string expected;
  DirectPolicy direct = DirectPolicy::keep;
};

const TransformCase transform_cases[] = {
    {"collapse_keeps_one_of_neighbours", "a a b b b a", {{Kind::collapse, 0, ""}}, "a b a"},
    {"first_keeps_one_of_each", "a b a c b", {{Kind::first, 0, ""}}, "a b c"},
    {"frequency_keeps_one_of_each", "a b a c b", {{Kind::frequency, 0, ""}}, "a b c"},
    {"trim_keeps_the_last", "a b c d", {{Kind::trim, 2, ""}}, "c d"},
    {"trim_leaves_shorter_paths_alone", "a b", {{Kind::trim, 2, ""}}, "a b"},
    {"exclude_drops_a_channel", "a x b x", {{Kind::exclude, 0, "x"}}, "a b"},
    {"exclude_may_leave_nothing", "x x", {{Kind::exclude, 0, "x"}}, ""},
    {"a_channel_that_is_nowhere_changes_nothing", "a b", {{Kind::exclude, 0, "z"}}, "a b"},
    {"remove_if_not_all_drops_it", "x a x", {{Kind::remove_if_not_all, 0, "x"}}, "a"},
    {"remove_if_not_all_keeps_it_where_all_are", "x x", {{Kind::remove_if_not_all, 0, "x"}}, "x x"},
    {"remove_if_last_drops_the_run_at_the_end",
     "x a x x",
     {{Kind::remove_if_last_and_not_all, 0, "x"}},
     "x a"},
    {"remove_if_last_keeps_it_where_all_are",
     "x x",
     {{Kind::remove_if_last_and_not_all, 0, "x"}},
     "x x"},
    {"remove_if_last_keeps_one_that_is_not_last",
     "x a",
     {{Kind::remove_if_last_and_not_all, 0, "x"}},
     "x a"},
    {"steps_follow_each_other_in_order",
     "a x a b",
     {{Kind::exclude, 0, "x"}, {Kind::collapse, 0, ""}},
     "a b"},
    {"another_order_gives_another_path",
     "a x a b",
     {{Kind::collapse, 0, ""}, {Kind::exclude, 0, "x"}},
     "a a b"},
    {"trim_before_first", "a b a a", {{Kind::trim, 3, ""}, {Kind::first, 0, ""}}, "b a"},
    {"first_before_trim", "a b a a", {{Kind::first, 0, ""}, {Kind::trim, 3, ""}}, "a b"},
    {"a_step_twice", "a b c d", {{Kind::trim, 3, ""}, {Kind::trim, 1, ""}}, "d"},
    {"steps_after_one_that_left_nothing",
     "x",
     {{Kind::exclude, 0, "x"}, {Kind::remove_if_not_all, 0, "x"}, {Kind::collapse, 0, ""}},
     ""},
    {"direct_is_ignored_beside_others",
     "Direct a (direct) DIRECT b",
     {},
     "a b",
     DirectPolicy::ignore_if_others},
    {"direct_that_gave_way_does_not_come_back",
     "Direct x direct",
     {{Kind::exclude, 0, "x"}},
     "",
     DirectPolicy::ignore_if_others},
    {"direct_of_different_spellings_alone_stays",
     "Direct (direct)",
     {},
     "Direct (direct)",
     DirectPolicy::ignore_if_others},
    {"direct_goes_before_the_transforms",
     "a direct a",
     {{Kind::collapse, 0, ""}},
     "a",
     DirectPolicy::ignore_if_others},
    {"direct_is_a_whole_name", "directory a", {}, "directory a", DirectPolicy::ignore_if_others},
};

class Transforms : public testing::TestWithParam<TransformCase> {};
TEST_P(Transforms, LeaveThePathWorkedByHand) {
  Goal goal = buy();
  goal.transforms = GetParam().steps;
  goal.direct = GetParam().direct;
  EXPECT_EQ(transformed(words_of(GetParam().path), goal), words_of(GetParam().expected));
}
INSTANTIATE_TEST_SUITE_P(Table, Transforms, testing::ValuesIn(transform_cases),
                         [](const auto& test) { return test.param.name; });

TEST(TransformsAgainstTheOracle, LeaveTheSamePositionsOfRandomPaths) {
  for (std::uint64_t seed = 0; seed < 5'000; ++seed) {
    RandomEvents random(seed);
    const Goal goal = random.goal();
    std::vector<std::string> path(seed % 9);
    for (std::string& channel : path)
      channel = random.pick({"search", "email", "Direct", "direct"});
    std::vector<std::string> expected;
    const TransformOracle oracle(path, goal);
    for (const std::size_t position : oracle.left()) expected.push_back(path[position]);
    ASSERT_EQ(transformed(path, goal), expected) << "seed " << seed;
  }
}

const JourneyCase removal_cases[] = {
    {"a_touch_taken_out_is_counted", "ann 1d click a\n ann 2d click a\n ann 3d buy - 1",
     [](Goal& goal) {
       goal.transforms = {{Kind::collapse, 0, ""}};
     },
     "ann: a@2d => 1", "in_journey 1, conversion 1, removed_by_transform 1"},
    {"but_not_if_another_journey_keeps_it",
     "ann 1d click a\n ann 2d click b\n ann 3d buy - 1\n ann 4d click a\n ann 5d buy - 2",
     [](Goal& goal) {
       goal.after_conversion = AfterConversion::keep;
       goal.transforms = {{Kind::trim, 1, ""}};
     },
     "ann: b@1d => 1\n ann: a@1d => 2", "in_journey 2, conversion 2, removed_by_transform 1"},
    {"a_conversion_that_loses_all_touches_is_unattributed", "ann 1d click a\n ann 3d buy - 1",
     [](Goal& goal) {
       goal.transforms = {{Kind::exclude, 0, "a"}};
     },
     "", "conversion 1, removed_by_transform 1"},
    {"a_null_journey_that_loses_all_touches_is_none", "ann 1d click a",
     [](Goal& goal) {
       goal.transforms = {{Kind::exclude, 0, "a"}};
     },
     "", "removed_by_transform 1"},
    {"the_conversions_own_touch_is_transformed_like_the_others",
     "ann 1d click phone\n ann 2d buy phone 1",
     [](Goal& goal) {
       goal.transforms = {{Kind::collapse, 0, ""}};
     },
     "ann: phone@1d => 1", "in_journey 1, conversion 1"},
    {"a_direct_conversion_touch_gives_way_to_others", "ann 1d click a\n ann 2d buy Direct 1",
     [](Goal& goal) { goal.direct = DirectPolicy::ignore_if_others; }, "ann: a@1d => 1",
     "in_journey 1, conversion 1"},
    {"the_window_comes_before_the_transforms",
     "ann 1d click a\n ann 2d click b\n ann 3d click b\n ann 4d buy - 1",
     [](Goal& goal) {
       goal.lookback = {Lookback::unlimited, 2};
       goal.transforms = {{Kind::collapse, 0, ""}};
     },
     "ann: b@2d => 1", "in_journey 1, conversion 1, outside_window 1, removed_by_transform 1"},
};
MTA_JOURNEY_CASES(Removals, removal_cases);

}  // namespace
}  // namespace mta::test

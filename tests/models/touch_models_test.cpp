#include "support/rule_case.hpp"

// Models that look at what a touch is. Expected values are worked by hand; docs/models/ tells the
// same examples under the models' names.
namespace mta::test {
namespace {

class TouchModels : public testing::TestWithParam<RuleValues> {};

TEST_P(TouchModels, EarnAsWorkedByHand) { expect_values(GetParam()); }

const std::string kinds = "email:view@3d search:click@1d => 100\n";
const RuleValues cases[] = {
    {"participation_gives_each_channel_all", "participation", "",
     "email social search search => 100\n", "email 100, search 100, social 100"},
    {"participation_of_one", "participation", "", "a a a => 10\n", "a 10"},
    {"participation_shared", "participation", R"({"worth":"shared"})", "z a m a => 100\n",
     "a 33.333334, m 33.333333, z 33.333333"},
    {"participation_takes_refunds_back", "participation", "", "a b a => 9\na b a => refund -9\n",
     "a 0, b 0"},
    {"same_touch_is_the_conversion_s_own", "same_touch", "", "email@3d search@0s => own 100\n",
     "search 100"},
    {"same_touch_is_no_touch_before", "same_touch", "", "email@3d search@0s => 100\n",
     "(unattributed) 100"},
    {"by_event", "weighted", R"({"events":{"click":1,"view":0.25}})", kinds, "email 20, search 80"},
    {"by_channel", "weighted", R"({"channels":{"email":3}})", kinds, "email 75, search 25"},
    {"by_event_and_channel", "weighted",
     R"({"events":{"click":2,"view":1},"channels":{"email":3,"search":1}})", kinds,
     "email 60, search 40"},
    {"names_that_are_not_listed", "weighted", R"({"events":{"click":2},"otherwise":3})", kinds,
     "email 60, search 40"},
    {"nothing_listed_is_touched", "weighted", R"({"channels":{"tv":2},"otherwise":0})", kinds,
     "(unattributed) 100"},
    {"nothing_weighed_is_linear", "weighted", "", kinds, "email 50, search 50"},
};
INSTANTIATE_TEST_SUITE_P(Table, TouchModels, testing::ValuesIn(cases),
                         [](const auto& test) { return test.param.name; });

TEST(Participation, ThousandsOfTouchesShareTheirChannelsWorth) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += i % 3 == 0 ? "a " : "b ";
  const auto named = journeys_from(text + "=> 1\n");
  const AnyModel model = builtin_models().make("participation");
  EXPECT_EQ(values_of(model, named), "a 1, b 1");
  const auto cells = cells_by_touch(named.view());
  const WrittenContext context(named);
  const Credits credits = credits_of(model, named.view(), cells, cells.size(), context.context());
  EXPECT_EQ(credits.by_cell[0], (Worth{{1000}, {1000}}));
  EXPECT_EQ(credits.by_cell[1], (Worth{{500}, {500}}));
}

TEST(Participation, SaysWhetherItConserves) {
  EXPECT_FALSE(builtin_models().info("participation").conserves);
  EXPECT_FALSE(builtin_models().make("participation").info().conserves);
  EXPECT_TRUE(builtin_models().make("participation", R"({"worth":"shared"})").info().conserves);
}

TEST(Weighted, NeedsEventsOnlyWhereItWeighsThem) {
  EXPECT_FALSE(builtin_models().make("weighted").info().needs_events);
  EXPECT_FALSE(builtin_models().make("weighted", R"({"channels":{"a":1}})").info().needs_times);
  const ModelInfo info = builtin_models().make("weighted", R"({"events":{"a":1}})").info();
  EXPECT_TRUE(info.needs_events);
  EXPECT_TRUE(info.needs_times);
}

}  // namespace
}  // namespace mta::test

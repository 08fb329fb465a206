#include "mta/models/milestones.hpp"

#include <gmock/gmock.h>

#include "mta/core/error.hpp"
#include "support/rule_case.hpp"

// Expected values are worked by hand; docs/models/milestones.md tells the same examples.
namespace mta::test {
namespace {

class MilestoneModels : public testing::TestWithParam<RuleValues> {};

TEST_P(MilestoneModels, EarnAsWorkedByHand) { expect_values(GetParam()); }

const std::string path = "a@9d b@6d+lead c@4d d@2d+opportunity e@1d => 100\n";
const std::string declared = "z@1d+lead+opportunity => null\n";  // stages that others do not reach
const std::string own_names = R"({"first":1,"stages":["mql","sql"],"stage_weights":[2,3],)";
const RuleValues cases[] = {
    {"w_shaped", "w_shaped", "", path, "a 30, b 30, c 5, d 30, e 5"},
    {"u_milestone", "u_milestone", "", path, "a 40, b 40, c 6.666667, d 6.666666, e 6.666667"},
    {"full_path", "full_path", "", path, "a 22.5, b 22.5, c 10, d 22.5, e 22.5"},
    {"milestones_by_default", "milestones", "", path, "a 30, b 30, c 5, d 30, e 5"},
    {"one_touch_holds_several", "w_shaped", "", "a@9d+lead+opportunity b@1d => 100\n",
     "a 90, b 10"},
    {"one_touch_holds_all", "full_path", "", "a@1d+lead+opportunity => 100\n", "a 100"},
    {"the_middle_without_touches_goes_to_the_milestones", "w_shaped", "",
     "a@3d b@2d+lead c@1d+opportunity => 90\n", "a 30, b 30, c 30"},
    {"a_stage_without_a_touch_goes_to_the_others", "w_shaped", "",
     "a@3d b@2d+lead c@1d => 70\n" + declared, "a 30, b 30, c 10"},
    {"the_middle_between_alone", "milestones", R"({"middle_touches":"between"})", path,
     "a 30, b 30, c 10, d 30"},
    {"nothing_between", "milestones", R"({"middle_touches":"between"})",
     "a@3d b@2d+lead c@1d => 70\n" + declared, "a 35, b 35"},
    {"nothing_applies", "milestones", R"({"first":0,"stages":"lead","stage_weights":1,"middle":0})",
     "a@3d b@2d => 70\n" + declared, "(unattributed) 70"},
    {"the_middle_alone_applies", "milestones", R"({"first":0})", "a@3d b@2d => 70\n" + declared,
     "a 35, b 35"},
    {"the_middle_between_nothing", "milestones", R"({"first":0,"middle_touches":"between"})",
     "a@3d b@2d => 70\n" + declared, "(unattributed) 70"},
    {"any_stages", "milestones", own_names + R"("last":4,"middle":0})",
     "a@3d b@2d+sql c@1d d@0s+mql => 10\n", "a 1, b 3, d 6"},
    {"stages_by_names_of_one_s_own", "w_shaped", R"({"lead":"mql","opportunity":"sql"})",
     "a@9d b@6d+mql c@4d d@2d+sql => 100\n", "a 30, b 30, c 10, d 30"},
};
INSTANTIATE_TEST_SUITE_P(Table, MilestoneModels, testing::ValuesIn(cases),
                         [](const auto& test) { return test.param.name; });

TEST(Milestones, SayWhatStagesTheyLookAt) {
  EXPECT_THAT(builtin_models().make("w_shaped", R"({"lead":"mql"})").stages(),
              testing::ElementsAre("mql", "opportunity"));
  EXPECT_THAT(builtin_models().make("linear").stages(), testing::IsEmpty());
  EXPECT_EQ(builtin_models().make("ruler_w").options(), R"({"lead":"lead","customer":"customer"})");
}

TEST(Milestones, AreRefusedWhereTheGoalLacksAStage) {
  const std::string stages[] = {"lead"};
  try {
    (void)builtin_models().make("w_shaped").bind({.stages = stages});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::invalid_option);
    EXPECT_THAT(error.what(), testing::HasSubstr("\"opportunity\""));
  }
}

}  // namespace
}  // namespace mta::test

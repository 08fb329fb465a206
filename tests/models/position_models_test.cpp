#include "support/rule_case.hpp"

// Weights by place. Expected values are worked by hand; docs/models/custom_position.md and
// docs/models/j_shaped.md tell the same examples.
namespace mta::test {
namespace {

class PositionModels : public testing::TestWithParam<RuleValues> {};

TEST_P(PositionModels, EarnAsWorkedByHand) { expect_values(GetParam()); }

const std::string ends = R"({"front":[3,1],"back":[2]})";  // and 0.2 for all between
const RuleValues cases[] = {
    {"five_touches", "custom_position", ends, "a b c d e => 62\n", "a 30, b 10, c 1, d 1, e 20"},
    {"four_touches", "custom_position", ends, "a b c d => 62\n", "a 30, b 10, c 2, d 20"},
    {"nobody_is_between", "custom_position", ends, "a b c => 60\n", "a 30, b 10, c 20"},
    {"places_from_both_ends_add_up", "custom_position", ends, "a b => 60\n", "a 30, b 30"},
    {"one_touch_has_all_places", "custom_position", ends, "a => 60\n", "a 60"},
    {"the_end_of_a_list_is_the_last_touch", "custom_position",
     R"({"front":[],"middle":0,"back":[1,2,7]})", "a b => 90x 90\nc d e f => 10x 10\n",
     "a 20, b 70, d 1, e 2, f 7"},
    {"places_without_a_share_are_alike", "custom_position",
     R"({"front":[0],"middle":1,"back":[0]})", "a b => 10x 10\nc d e => 10x 10\nf => 3x 3\n",
     "a 5, b 5, d 10, f 3"},
    {"defaults_are_those_of_position_based", "custom_position", "", "a b c d => 100\ne f => 100\n",
     "a 40, b 10, c 10, d 40, e 50, f 50"},
    {"j", "j_shaped", "", "a b c d => 100\n", "a 20, b 10, c 10, d 60"},
    {"j_of_two", "j_shaped", "", "a b => 100\n", "a 25, b 75"},
    {"j_of_one", "j_shaped", "", "a => 100\n", "a 100"},
    {"inverse_j", "inverse_j", "", "a b c d => 100\n", "a 60, b 10, c 10, d 20"},
    {"inverse_j_of_two", "inverse_j", "", "a b => 100\n", "a 75, b 25"},
};
INSTANTIATE_TEST_SUITE_P(Table, PositionModels, testing::ValuesIn(cases),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace mta::test

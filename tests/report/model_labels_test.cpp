#include "report/model_labels.hpp"

namespace mta::report {
namespace {

GoalResult goal_of(const std::vector<std::pair<std::string, std::string>>& models) {
  GoalResult goal;
  for (const auto& [name, options] : models) goal.models.push_back({name, options, {}, {}, {}, {}});
  return goal;
}

TEST(ModelLabels, AreBareNamesWhereThoseDiffer) {
  const GoalResult goal = goal_of({{"first", "{}"}, {"markov", R"({"order":2})"}, {"own", ""}});
  EXPECT_THAT(model_labels(goal), testing::ElementsAre("first", "markov", "own"));
}

TEST(ModelLabels, TellOptionsApartAsTheCommandLineSpellsThem) {
  const GoalResult goal = goal_of({{"time_decay", R"({"half_life":"7d","x":1})"},
                                   {"time_decay", R"({"half_life":"3d","x":1})"},
                                   {"last", "{}"}});
  EXPECT_THAT(model_labels(goal),
              testing::ElementsAre("time_decay:half_life=7d", "time_decay:half_life=3d", "last"));
}

TEST(ModelLabels, NumberEqualTwins) {
  const GoalResult goal = goal_of({{"linear", "{}"}, {"linear", "{}"}, {"linear", "{}"}});
  EXPECT_THAT(model_labels(goal), testing::ElementsAre("linear", "linear #2", "linear #3"));
}

}  // namespace
}  // namespace mta::report

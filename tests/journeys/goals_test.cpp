// Several goals over the same events, and goals that cannot be.
#include "journeys/journey_case.hpp"
#include "mta/core/error.hpp"

namespace mta::test {
namespace {

Goal goal_for(const std::string& event) {
  Goal goal;
  goal.name = event;
  goal.events = {event};
  return goal;
}

constexpr const char* lead_then_sale =
    "ann 1d click organic\n ann 4d click paid\n ann 4d+1h lead chat 0\n ann 9d visit direct\n"
    "ann 9d+1h sale phone 900";

std::vector<std::string> texts_of(const Goal& goal) {
  const auto events = plain_events(lead_then_sale);
  return journey_texts(made_journeys(events_of(events, case_layout()), events, goal).journeys,
                       events);
}

TEST(SeveralGoals, SeeEachOthersConversionsAsTouches) {
  EXPECT_EQ(
      texts_of(goal_for("lead")),
      sorted_lines("ann: organic@73h paid@1h chat@0s => 0\n ann: direct@1h phone@0s => null"));
  EXPECT_EQ(texts_of(goal_for("sale")),
            sorted_lines("ann: organic@193h paid@121h chat@5d direct@1h phone@0s => 900"));
}

TEST(SeveralGoals, MayShareAnEvent) {
  Goal both = goal_for("sale");
  both.events = {"sale", "lead"};
  EXPECT_EQ(texts_of(both),
            sorted_lines("ann: organic@73h paid@1h chat@0s => 0\n ann: direct@1h phone@0s => 900"));
  EXPECT_EQ(texts_of(goal_for("sale")),
            sorted_lines("ann: organic@193h paid@121h chat@5d direct@1h phone@0s => 900"));
}

TEST(SeveralGoals, AnEventThatNeverHappensLeavesNullJourneysOnly) {
  EXPECT_EQ(texts_of(goal_for("nothing")),
            sorted_lines("ann: organic@193h paid@121h chat@5d direct@1h phone@0s => null"));
}

TEST(NoEvents, GiveNoJourneysUnderAnyGoal) {
  for (const char* dedup : {"", order_id}) {
    Goal goal = buy();
    goal.deduplicate_by = dedup;
    goal.censor = Censor::drop;
    const Made made = made_journeys(Events(case_layout()), {}, goal);
    EXPECT_TRUE(made.journeys.empty());
    EXPECT_EQ(fate_text(made.counts.events), "");
  }
}

struct BadGoal {
  std::string name;
  std::function<void(Goal&)> change;
  std::vector<std::string> named;  ///< what the message must say
};

const BadGoal bad_goals[] = {
    {"no_name", [](Goal& goal) { goal.name.clear(); }, {"name"}},
    {"no_events", [](Goal& goal) { goal.events.clear(); }, {"'buy'", "events"}},
    {"no_lookback",
     [](Goal& goal) { goal.lookback.microseconds = 0; },
     {"'buy'", "lookback", "0s"}},
    {"no_touches", [](Goal& goal) { goal.lookback.touches = 0; }, {"'buy'", "lookback", "touch"}},
    {"negative_gap", [](Goal& goal) { goal.null_gap = -1; }, {"'buy'", "null_gap"}},
    {"empty_period", [](Goal& goal) { goal.from = goal.to = TimePoint{5}; }, {"'buy'", "period"}},
    {"trim_to_nothing",
     [](Goal& goal) {
       goal.transforms = {{Transform::Kind::trim, 0, ""}};
     },
     {"'buy'", "trim", "0"}},
    {"exclude_nobody",
     [](Goal& goal) {
       goal.transforms = {{Transform::Kind::exclude, 0, ""}};
     },
     {"'buy'", "transforms"}},
    {"unknown_dimension_in_where",
     [](Goal& goal) {
       goal.where = {{"planet", {"mars"}, Condition::Match::one_of}};
     },
     {"'buy'", "planet"}},
    {"unknown_dimension_in_touches",
     [](Goal& goal) {
       goal.touch_where = {{"planet", {"mars"}, Condition::Match::one_of}};
     },
     {"'buy'", "planet"}},
    {"unknown_id", [](Goal& goal) { goal.deduplicate_by = "invoice"; }, {"'buy'", "invoice"}},
};

class BadGoals : public testing::TestWithParam<BadGoal> {};
TEST_P(BadGoals, AreRefusedWithAMessageThatNamesGoalAndRule) {
  Goal goal = buy();
  GetParam().change(goal);
  const Events events(case_layout());
  const Vocabulary vocabulary(events);
  try {
    const JourneyBuilder builder(goal, events, vocabulary);
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::invalid_option);
    for (const std::string& text : GetParam().named) {
      EXPECT_NE(std::string(error.what()).find(text), std::string::npos) << error.what();
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Table, BadGoals, testing::ValuesIn(bad_goals),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace mta::test

// A model's own Direct policy: what it answers is what the goal's would have given it, and the
// models beside it do not notice.
#include "pipeline/plain_run.hpp"
#include "support/random_events.hpp"
#include "support/result_view.hpp"

namespace mta::test {
namespace {

constexpr auto ignore = DirectPolicy::ignore_if_others;

Result answer_text(const std::string& text, const std::string& models,
                   const std::string& direct = "keep") {
  const Spec spec = parse_spec(R"({"goals": [{"name": "buy", "direct": ")" + direct +
                               R"("}], "models": )" + models + '}');
  return answer(spec, Pieces{plain_events(text)});
}

constexpr auto two_persons =
    "ann 1d click search\n ann 2d click Direct\n ann 3d buy - 20\n"
    "bob 1d click Direct\n bob 3d buy - 10";

TEST(DirectPolicy, OfOneModelLeavesTheOthersAlone) {
  const Result result = answer_text(
      two_persons,
      R"([{"model": "last", "direct_policy": "ignore_if_others"}, {"model": "linear"}])");
  const GoalResult& goal = result.goals.at(0);
  ASSERT_EQ(goal.models.size(), 2u);
  EXPECT_EQ(goal.models[0].model, "last");
  EXPECT_EQ(credit_of(goal.models[0], "search"), (Worth{one_conversion, micros_of("20")}));
  EXPECT_EQ(credit_of(goal.models[0], "Direct"), (Worth{one_conversion, micros_of("10")}));
  EXPECT_EQ(goal.models[1].model, "linear");
  EXPECT_EQ(credit_of(goal.models[1], "search").value, micros_of("10"));
  EXPECT_EQ(credit_of(goal.models[1], "Direct").value, micros_of("20"));
  // The goal keeps Direct, and its counts say so.
  EXPECT_EQ(goal.counts.events[static_cast<std::size_t>(Fate::in_journey)], 3u);
}

TEST(DirectPolicy, MayKeepWhatTheGoalIgnores) {
  const Result result = answer_text(two_persons, R"([{"model": "last", "direct_policy": "keep"}])",
                                    "ignore_if_others");
  const GoalResult& goal = result.goals.at(0);
  EXPECT_EQ(credit_of(goal.models.at(0), "Direct").value, micros_of("30"));
  EXPECT_EQ(goal.counts.events[static_cast<std::size_t>(Fate::removed_by_transform)], 1u);
}

TEST(DirectPolicy, IsShownAmongTheModelsOptions) {
  const Result result = answer_text(
      two_persons,
      R"([{"model": "last", "direct_policy": "ignore_if_others"}, {"model": "last_non_direct"}])");
  const auto& models = result.goals.at(0).models;
  EXPECT_NE(models[0].options.find(R"("direct_policy":"ignore_if_others")"), std::string::npos);
  EXPECT_EQ(models[1].options.find("direct_policy"), std::string::npos);
}

TEST(DirectPolicy, IsUnderstoodOnACommandLine) {
  const ModelRequest request = parse_model_request("time_decay:half_life=3d,direct_policy=keep");
  EXPECT_EQ(request.direct_policy, DirectPolicy::keep);
  EXPECT_EQ(request.options, R"({"half_life":"3d"})");
  EXPECT_FALSE(parse_model_request("last").direct_policy);
  EXPECT_ANY_THROW((void)parse_model_request("last:direct_policy=drop"));
}

/// The same rows of credit, and fits that say the same of the channels of either.
void expect_same(const GoalResult& a, const ModelResult& x, const GoalResult& b,
                 const ModelResult& y) {
  EXPECT_EQ(x.model, y.model);
  EXPECT_EQ(x.credits, y.credits);
  ASSERT_EQ(x.explained.size(), y.explained.size());
  for (std::size_t e = 0; e < x.explained.size(); ++e) {
    for (std::size_t c = 0; c < b.channels.size(); ++c) {
      const auto at = std::lower_bound(a.channels.begin(), a.channels.end(), b.channels[c]);
      ASSERT_TRUE(at != a.channels.end() && *at == b.channels[c]);
      EXPECT_EQ(x.explained[e].values.at(static_cast<std::size_t>(at - a.channels.begin())),
                y.explained[e].values.at(c));
    }
  }
}

TEST(DirectPolicy, GivesWhatTheGoalsPolicyWouldHaveGiven) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    RandomEvents random(seed);
    const auto events = random.events(60, 8);
    Goal goal = random.goal();
    Spec mixed = spec_of({goal}, {"channel"});
    for (std::size_t m = 0; m < mixed.models.size(); ++m) {
      if (m % 3 == 1) mixed.models[m].direct_policy = DirectPolicy::keep;
      if (m % 3 == 2) mixed.models[m].direct_policy = ignore;
    }
    const Result result = answer(mixed, Pieces{events});
    for (std::size_t m = 0; m < mixed.models.size(); ++m) {
      goal = mixed.goals[0];
      goal.direct = mixed.models[m].direct_policy.value_or(goal.direct);
      Spec alone = spec_of({goal}, {"channel"});
      alone.models = {{mixed.models[m].name, mixed.models[m].options}};
      const Result other = answer(alone, Pieces{events});
      expect_same(result.goals[0], result.goals[0].models[m], other.goals[0],
                  other.goals[0].models[0]);
      EXPECT_EQ(credit_total(result.goals[0].models[m]), result.goals[0].booked);
    }
  }
}

TEST(DirectPolicy, HoldsForPathTables) {
  const std::string csv =
      "path,total_conversions,total_conversion_value\nsearch > Direct,1,20\nDirect,1,10\n";
  const Spec spec = parse_spec(
      R"({"models": [{"model": "last"}, {"model": "last", "direct_policy": "ignore_if_others"}]})");
  const Result result = run_paths(spec, Source::memory("paths", csv, SourceFormat::csv));
  const auto& models = result.goals.at(0).models;
  EXPECT_EQ(credit_of(models[0], "Direct").value, micros_of("30"));
  EXPECT_EQ(credit_of(models[1], "search").value, micros_of("20"));
  EXPECT_EQ(credit_of(models[1], "Direct").value, micros_of("10"));
}

}  // namespace
}  // namespace mta::test

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "mta/core/decimal.hpp"
#include "mta/core/error.hpp"
#include "mta/pipeline/run.hpp"

// Milestone models, weights by kind of touch and chains, from rows to results.
namespace mta::test {
namespace {

Result answer(const std::string& spec, const std::string& rows) {
  std::vector<Source> sources;
  sources.push_back(Source::memory("rows", rows, SourceFormat::csv));
  return run(parse_spec(spec), std::move(sources));
}

std::map<std::string, std::string> conversions(const ModelResult& model) {
  std::map<std::string, std::string> credits;
  for (const CreditRow& row : model.credits) {
    credits[row.key.front()] = format_micros(row.credit.conversions);
  }
  return credits;
}

using Credits = std::map<std::string, std::string>;

constexpr auto funnel =
    "visitor,time,event,channel,value\n"
    "v,2024-05-01,click,Search,\n"
    "v,2024-05-03,click,Social,\n"
    "v,2024-05-04,signup,,\n"  // the lead: Social holds it
    "v,2024-05-06,click,Email,\n"
    "v,2024-05-07,deal,,\n"  // the opportunity: Email holds it
    "v,2024-05-10,call,Phone,\n"
    "v,2024-05-11,sale,,1000\n";

TEST(Stages, ThatNothingCouldPassAreNoted) {
  const std::string spec = R"({"goals": [{"name": "sale"}], "columns": {"time": "time"},
    "models": [{"model": "u_milestone", "lead": "sign-up"}, {"model": "u_milestone", "lead": "signup"}]})";
  const GoalResult goal = answer(spec, funnel).goals[0];
  ASSERT_EQ(goal.models[0].notes.size(), 1u);
  EXPECT_NE(goal.models[0].notes[0].find("sign-up"), std::string::npos);
  EXPECT_TRUE(goal.models[1].notes.empty());
}

TEST(Stages, AreGoalsOfTheSpecOrStagesOrEvents) {
  const Result result = answer(R"({
    "goals": [{"name": "sale"}, {"name": "lead", "event": "signup"}],
    "stages": [{"name": "opportunity", "event": "deal"}],
    "models": [{"model": "w_shaped"}, {"model": "full_path"}, {"model": "u_milestone", "lead": "signup"},
               {"model": "marketo_u"}]})",
                               funnel);
  ASSERT_EQ(result.goals.size(), 2u);  // the stage is not answered
  const auto& models = result.goals[0].models;
  EXPECT_EQ(conversions(models[0]), (Credits{{"Search", "0.300000"},
                                             {"Social", "0.300000"},
                                             {"Email", "0.300000"},
                                             {"Phone", "0.100000"}}));
  EXPECT_EQ(conversions(models[1]), (Credits{{"Search", "0.250000"},  // no middle: 0.225 / 0.9
                                             {"Social", "0.250000"},
                                             {"Email", "0.250000"},
                                             {"Phone", "0.250000"}}));
  EXPECT_EQ(conversions(models[2]), (Credits{{"Search", "0.400000"},
                                             {"Social", "0.400000"},
                                             {"Email", "0.100000"},
                                             {"Phone", "0.100000"}}));
  EXPECT_EQ(conversions(models[3]), (Credits{{"Search", "0.500000"},
                                             {"Social", "0.500000"},
                                             {"Email", "0.000000"},
                                             {"Phone", "0.000000"}}));
}

TEST(Stages, TouchesAreWeighedByTheirEvents) {
  const Result result = answer(R"({
    "goals": [{"name": "sale"}],
    "models": [{"model": "weighted", "events": {"click": 1, "call": 5}},
               {"model": "weighted", "events": {"click": 1, "call": 5}, "channels": {"Phone": 0}}]})",
                               funnel);
  const auto& models = result.goals[0].models;
  EXPECT_EQ(conversions(models[0]).at("Phone"), "0.625000");
  EXPECT_EQ(conversions(models[0]).at("Search"), "0.125000");
  EXPECT_EQ(conversions(models[1]).at("Phone"), "0.000000");
}

TEST(Stages, OfAPathTableAreAnError) {
  Spec spec;
  spec.models = {{"w_shaped"}};
  EXPECT_THROW((void)run_paths(spec, Source::memory("rows", "path,total_conversions\na,1\n",
                                                    SourceFormat::csv)),
               Error);
}

TEST(Chains, AreKeptWhereTheSpecAsksForThem) {
  const std::string models = R"("models": [{"model": "markov", "order": 2}, {"model": "linear"}]})";
  const Result with = answer(R"({"goals": [{"name": "sale"}], "chains": true, )" + models, funnel);
  const ModelResult& markov = with.goals[0].models[0];
  ASSERT_TRUE(markov.chain.has_value());
  EXPECT_EQ(markov.chain->states,
            (std::vector<std::string>{"(start)", "(conversion)", "(null)", "Social > Email",
                                      "Email > Phone", "Search > Social"}));
  ASSERT_EQ(markov.chain->arcs.size(), 4u);
  EXPECT_EQ(markov.chain->arcs[0], (ChainArc{Chain::start, 5, one_conversion, 1}));
  EXPECT_FALSE(with.goals[0].models[1].chain.has_value());
  const Result without = answer(R"({"goals": [{"name": "sale"}], )" + models, funnel);
  EXPECT_FALSE(without.goals[0].models[0].chain.has_value());
}

TEST(Chains, AreTrueOrFalse) {
  EXPECT_THROW((void)parse_spec(R"({"chains": 1})"), Error);
  EXPECT_THROW((void)parse_spec(R"({"stages": []})"), Error);
}

}  // namespace
}  // namespace mta::test

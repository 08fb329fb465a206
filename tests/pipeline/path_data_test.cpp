// data/channelattribution_pathdata: 10,000 aggregated paths, and other programs' exact answers.
#include <cmath>

#include "mta/pipeline/run.hpp"
#include "support/plain_table.hpp"
#include "support/result_view.hpp"
#include "support/shared_data.hpp"

namespace mta {
namespace {

constexpr auto folder = "channelattribution_pathdata";

GoalResult answer(const std::filesystem::path& path) {
  Run run({});
  run.add(read_paths(Source::file((path / "paths.csv").string())));
  return run.finish().goals.at(0);
}

void expect_near(Micros credit, const std::string& expected, const std::string& what) {
  const double exact = std::stod(expected) * 1e6;
  EXPECT_NEAR(static_cast<double>(credit.units), exact, std::abs(exact) * 1e-6) << what;
}

/// Every channel's credit by `model` equals the columns conversions and value of a file.
void expect_columns(const ModelResult& model, const test::PlainTable& exact,
                    const std::string& conversions, const std::string& value) {
  ASSERT_EQ(exact.rows().size(), 12U);
  for (const test::PlainTable::Row& row : exact.rows()) {
    const std::string& channel = exact.at(row, "channel");
    const Worth credit = test::credit_of(model, channel);
    expect_near(credit.conversions, exact.at(row, conversions), channel + " " + conversions);
    expect_near(credit.value, exact.at(row, value), channel + " " + value);
  }
}

TEST(PathData, BooksTheSumOfItsRowsRoundedToMillionths) {
  MTA_SHARED_DATA_OR_SKIP(path, folder)
  const auto table = test::PlainTable::file(path / "paths.csv");
  Worth expected;
  double unrounded = 0;
  for (const test::PlainTable::Row& row : table.rows()) {
    const std::string& value = table.at(row, "total_conversion_value");
    expected += {Micros{std::stoll(table.at(row, "total_conversions")) * 1'000'000},
                 Micros{std::llround(std::stold(value) * 1e6L)}};
    unrounded += std::stod(value);
  }
  EXPECT_EQ(expected, test::worth_of("19785", "74802.971584"));
  EXPECT_NEAR(unrounded, 74802.97158721084, 1e-8);  // what the owners of the table publish
  EXPECT_EQ(answer(path).booked, expected);
}

TEST(PathData, EveryModelHandsOutExactlyWhatWasBooked) {
  MTA_SHARED_DATA_OR_SKIP(path, folder)
  const GoalResult goal = answer(path);
  ASSERT_EQ(goal.models.size(), 5U);  // time decay needs times
  for (const ModelResult& model : goal.models) {
    EXPECT_EQ(test::credit_total(model), test::worth_of("19785", "74802.971584")) << model.model;
  }
}

TEST(PathData, RuleModelsEqualTheExactHeuristics) {
  MTA_SHARED_DATA_OR_SKIP(path, folder)
  const GoalResult goal = answer(path);
  const auto exact = test::PlainTable::file(path / "exact" / "heuristics.csv");
  expect_columns(test::model_of(goal, "first"), exact, "first_conv", "first_value");
  expect_columns(test::model_of(goal, "last"), exact, "last_conv", "last_value");
  expect_columns(test::model_of(goal, "linear"), exact, "linear_conv", "linear_value");
  expect_columns(test::model_of(goal, "position_based"), exact, "position_40_20_40_conv",
                 "position_40_20_40_value");
}

TEST(PathData, MarkovEqualsTheExactChain) {
  MTA_SHARED_DATA_OR_SKIP(path, folder)
  const auto exact = test::PlainTable::file(path / "exact" / "markov_o1.csv");
  expect_columns(test::model_of(answer(path), "markov"), exact, "conversions", "value");
}

TEST(PathData, MarkovExplainsItselfByTheExactRemovalEffects) {
  MTA_SHARED_DATA_OR_SKIP(path, folder)
  const GoalResult goal = answer(path);
  const ModelResult& markov = test::model_of(goal, "markov");
  const auto exact = test::PlainTable::file(path / "exact" / "markov_o1.csv");
  ASSERT_EQ(markov.numbers.size(), 2U);
  EXPECT_EQ(markov.numbers[1].name, "steps_to_absorption");
  EXPECT_NEAR(markov.numbers[0].value, 19785.0 / 88387.0, 1e-14);
  ASSERT_EQ(markov.explained.size(), 3U);
  EXPECT_EQ(markov.explained[2].name, "expected_visits");
  for (const test::PlainTable::Row& row : exact.rows()) {
    const auto at = std::find(goal.channels.begin(), goal.channels.end(), exact.at(row, "channel"));
    ASSERT_NE(at, goal.channels.end());
    const auto c = static_cast<std::size_t>(at - goal.channels.begin());
    const double by_conversions = std::stod(exact.at(row, "removal_effect_conv"));
    const double by_value = std::stod(exact.at(row, "removal_effect_value"));
    EXPECT_NEAR(markov.explained[0].values[c], by_conversions, 1e-9 * by_conversions) << *at;
    EXPECT_NEAR(markov.explained[1].values[c], by_value, 1e-9 * by_value) << *at;
  }
}

}  // namespace
}  // namespace mta

#include <gtest/gtest.h>

#include "mta/models/registry.hpp"
#include "support/channel_credit.hpp"

// Expected credit is worked by hand; docs/models/*.md tell the same examples.
namespace mta::test {
namespace {

struct RuleCase {
  std::string name, model, options, journeys;
  std::map<std::string, std::pair<std::string, std::string>> expected;  // conversions, value
};
void PrintTo(const RuleCase& rule, std::ostream* out) { *out << rule.name; }

class RuleModels : public testing::TestWithParam<RuleCase> {};

TEST_P(RuleModels, CreditAsWorkedByHand) {
  const RuleCase& rule = GetParam();
  const auto named = journeys_from(rule.journeys);
  const auto credits = named_credits(builtin_models().make(rule.model, rule.options), named);
  ASSERT_EQ(credits.size(), rule.expected.size());
  for (const auto& [channel, expected] : rule.expected) {
    EXPECT_EQ(format_micros(credits.at(channel).conversions), expected.first) << channel;
    EXPECT_EQ(format_micros(credits.at(channel).value), expected.second) << channel;
  }
}

const std::string example = "email@9d social@6d search@0s search@0s => 100\n";
const RuleCase rule_cases[] = {
    {"first_takes_all",
     "first",
     "",
     example,
     {{"email", {"1.000000", "100.000000"}},
      {"social", {"0.000000", "0.000000"}},
      {"search", {"0.000000", "0.000000"}}}},
    {"last_takes_all",
     "last",
     "",
     example,
     {{"email", {"0.000000", "0.000000"}},
      {"social", {"0.000000", "0.000000"}},
      {"search", {"1.000000", "100.000000"}}}},
    {"linear_counts_touches_not_channels",
     "linear",
     "",
     example,
     {{"email", {"0.250000", "25.000000"}},
      {"social", {"0.250000", "25.000000"}},
      {"search", {"0.500000", "50.000000"}}}},
    {"linear_thirds_add_up_to_the_last_unit",
     "linear",
     "",
     "a b c => 1\n",
     {{"a", {"0.333333", "0.333333"}},
      {"b", {"0.333334", "0.333334"}},
      {"c", {"0.333333", "0.333333"}}}},
    // 2^(-9/7) = 0.410168, 2^(-6/7) = 0.552045, 1, 1; their sum 2.962212
    {"time_decay_by_the_published_example",
     "time_decay",
     "",
     example,
     {{"email", {"0.138467", "13.846667"}},
      {"social", {"0.186362", "18.636231"}},
      {"search", {"0.675171", "67.517102"}}}},
    {"time_decay_of_one_day",
     "time_decay",
     R"({"half_life":"1d"})",
     "a@2d b@1d c@0s => 7\n",
     {{"a", {"0.142857", "1.000000"}},
      {"b", {"0.285714", "2.000000"}},
      {"c", {"0.571429", "4.000000"}}}},
    {"position_gives_one_touch_all",
     "position_based",
     "",
     "a => 5\n",
     {{"a", {"1.000000", "5.000000"}}}},
    {"position_gives_two_touches_halves",
     "position_based",
     "",
     "a b => 5\n",
     {{"a", {"0.500000", "2.500000"}}, {"b", {"0.500000", "2.500000"}}}},
    {"position_40_20_40",
     "position_based",
     "",
     "a b c d => 100\n",
     {{"a", {"0.400000", "40.000000"}},
      {"b", {"0.100000", "10.000000"}},
      {"c", {"0.100000", "10.000000"}},
      {"d", {"0.400000", "40.000000"}}}},
    {"position_shares_are_proportions",
     "position_based",
     R"({"first":60,"middle":20,"last":20})",
     "a b c => 100\nb c => 100\n",
     {{"a", {"0.600000", "60.000000"}},
      {"b", {"0.950000", "95.000000"}},
      {"c", {"0.450000", "45.000000"}}}},
    {"position_of_the_middle_alone_halves_two_touches",
     "position_based",
     R"({"first":0,"last":0})",
     "a b => 10\na b c => 10\n",
     {{"a", {"0.500000", "5.000000"}},
      {"b", {"1.500000", "15.000000"}},
      {"c", {"0.000000", "0.000000"}}}},
    {"a_refund_takes_value_from_the_same_touches",
     "position_based",
     "",
     "a b c => 100\na b c => refund -100\n",
     {{"a", {"0.400000", "0.000000"}},
      {"b", {"0.200000", "0.000000"}},
      {"c", {"0.400000", "0.000000"}}}},
};
INSTANTIATE_TEST_SUITE_P(Table, RuleModels, testing::ValuesIn(rule_cases),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace mta::test

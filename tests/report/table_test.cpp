#include <algorithm>
#include <sstream>

#include "mta/report/report.hpp"
#include "report/display_text.hpp"
#include "report/sample_result.hpp"

namespace mta {
namespace {

constexpr std::string_view expected_table =
    R"txt(input: 1,204 rows, 1,200 events, 4 rejected
rejected: 1 empty_visitor, 3 invalid_time
columns: visitor = cookie (recognised), time = ts

goal purchase: conversions 5, value 1,234.50; journeys 1,004 (4 converting, 1,000 null); unattributed: conversions 1, value 34.50

conversions                        linear            last                  markov
channel             credit  share vs last   credit  share   credit  share vs last
---------------------------------------------------------------------------------
Display|"x",\nnew     1.50  30.0%   -1.50     3.00  60.0%     2.00  40.0%   -1.00
(unattributed)        1.00  20.0%    0.00     1.00  20.0%     1.00  20.0%    0.00
Search                2.50  50.0%   +1.50     1.00  20.0%     2.00  40.0%   +1.00
---------------------------------------------------------------------------------
total                 5.00 100.0%    0.00     5.00 100.0%     5.00 100.0%    0.00

value                                linear              last                    markov
channel               credit  share vs last     credit  share     credit  share vs last
---------------------------------------------------------------------------------------
Display|"x",\nnew     800.00  64.8% -400.00   1,200.00  97.2%     600.00  48.6% -600.00
(unattributed)         34.50   2.8%    0.00      34.50   2.8%      34.50   2.8%    0.00
Search                400.00  32.4% +400.00       0.00   0.0%     600.00  48.6% +600.00
---------------------------------------------------------------------------------------
total               1,234.50 100.0%    0.00   1,234.50 100.0%   1,234.50 100.0%    0.00

events: 1,100 in_journey, 5 conversion, 95 outside_window
note on markov: value was split by | effects
)txt";

TEST(Table, PutsAllModelsSideBySide) { EXPECT_EQ(to_table(test::sample_result()), expected_table); }

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// A goal of `channels` channels under linear with options a=0, a=1, ...
Result wide_result(std::size_t channels, std::size_t models) {
  Result result;
  result.by = {"channel"};
  GoalResult goal;
  goal.goal = "sale";
  for (std::size_t m = 0; m < models; ++m) {
    ModelResult model{"linear", R"({"a":)" + std::to_string(m) + "}", {}, {}, {}, {}};
    for (std::size_t c = 0; c < channels; ++c) {
      model.credits.push_back({{"channel_" + std::to_string(c)}, {test::amount(1'000'000), {}}});
    }
    goal.models.push_back(model);
  }
  result.goals = {goal};
  return result;
}

TEST(Table, ModelsThatDoNotFitTheLineGoBelowWithTheNamesRepeated) {
  const auto lines = lines_of(to_table(wide_result(20, 12)));
  std::size_t headings = 0;
  for (const std::string& line : lines) {
    EXPECT_LE(line.size(), 180u) << line;
    if (line.starts_with("conversions ")) ++headings;
  }
  EXPECT_EQ(headings, 2u);
  EXPECT_EQ(std::count_if(lines.begin(), lines.end(),
                          [](const auto& line) { return line.starts_with("channel_7 "); }),
            2);
}

TEST(Table, LeavesTheValueBlockOutWhereAllValuesAreZero) {
  const std::string text = to_table(wide_result(2, 1));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("\nvalue")));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("vs last")));
}

TEST(Table, SixModelsOfTwentyChannelsFitOneBlock) {
  Result result = wide_result(20, 6);
  const char* const names[] = {"first", "last", "linear", "time_decay", "position_based", "markov"};
  for (std::size_t m = 0; m < 6; ++m) {
    result.goals[0].models[m].model = names[m];
    for (CreditRow& row : result.goals[0].models[m].credits)
      row.credit.conversions = {1'234'567'890};
  }
  const auto lines = lines_of(to_table(result));
  EXPECT_EQ(std::count_if(lines.begin(), lines.end(),
                          [](const auto& line) { return line.starts_with("channel_7 "); }),
            1);
}

TEST(Table, EveryLineOfABlockIsAlignedWhateverTheScript) {
  Result result = wide_result(3, 1);
  auto& credits = result.goals[0].models[0].credits;
  credits[0].key = {"検索"};
  credits[1].key = {"Café"};
  credits[2].key = {"evil\x1b[31m\tname\xff"};
  const auto lines = lines_of(to_table(result));
  std::vector<std::size_t> widths;
  for (const std::string& line : lines) {
    if (line.ends_with('%')) widths.push_back(report::display_width(line));
    EXPECT_EQ(line.find('\x1b'), std::string::npos);
  }
  ASSERT_EQ(widths.size(), 4u);  // three rows and the total
  EXPECT_EQ(std::count(widths.begin(), widths.end(), widths[0]), 4);
  EXPECT_THAT(to_table(result), testing::HasSubstr("evil\\x1b[31m\\tname\\xff "));
}

TEST(Table, AGoalWithoutRowsStillAddsUp) {
  EXPECT_THAT(to_table(wide_result(0, 1)), testing::HasSubstr("total           0.00     -\n"));
}

TEST(Table, OverRefundedOrdersAreTold) {
  Result result = wide_result(1, 1);
  EXPECT_THAT(to_table(result), testing::Not(testing::HasSubstr("over-refunded")));
  result.goals[0].counts.over_refunded_orders = 2;
  EXPECT_THAT(to_table(result), testing::HasSubstr("; over-refunded orders 2\n"));
}

}  // namespace
}  // namespace mta

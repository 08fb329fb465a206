// Statistics of journeys in all forms of a report.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "mta/report/report.hpp"
#include "report/sample_result.hpp"

namespace mta {
namespace {

using test::amount;
using testing::HasSubstr;

Result with_statistics() {
  Result result = test::sample_result();
  JourneyStatistics& statistics = result.goals[0].statistics.emplace();
  statistics.paths = 1'234;
  statistics.top_paths = {{{"Search", "Display|x"}, {amount(2), amount(600)}, {1'500'000}}};
  statistics.lengths = {{2, {amount(2), amount(600)}}};
  statistics.lags = {{0, {amount(1), amount(500)}}, {31, {amount(1), amount(100)}}};
  statistics.roles = {
      {"Search", {amount(2), amount(600)}, {}, {amount(2), amount(600)}, {amount(2), amount(600)}}};
  statistics.overlaps = {{"Search", "Display|x", {amount(2), amount(600)}}};
  return result;
}

TEST(Statistics, AreTablesForPeople) {
  const std::string text = to_table(with_statistics());
  EXPECT_THAT(text, HasSubstr("\ntop paths of 1,234\n"
                              "conversions   value  share  null journeys  path\n"
                              "-------------------------------------------------------------\n"
                              "       2.00  600.00  40.0%            1.5  Search > Display|x\n"));
  EXPECT_THAT(text, HasSubstr("\ntime lag: days from the first touch to the conversion\n"
                              "days  conversions   value  share\n"
                              "--------------------------------\n"
                              "   0         1.00  500.00  20.0%\n"
                              "  31         1.00  100.00  20.0%\n"));
  EXPECT_THAT(text, HasSubstr("\nchannels together\n"
                              "channel  and        conversions   value  share\n"));
}

TEST(Statistics, AreTablesOfMarkdown) {
  EXPECT_THAT(to_markdown(with_statistics()),
              HasSubstr("\n### top paths of 1,234\n\n"
                        "| conversions | value | share | null journeys | path |\n"
                        "| --: | --: | --: | --: | :-- |\n"
                        "| 2.00 | 600.00 | 40.0% | 1.5 | Search \\> Display\\|x |\n"));
}

TEST(Statistics, AreABlockOfJson) {
  const auto json = nlohmann::json::parse(to_json(with_statistics()));
  const auto expected = nlohmann::json::parse(R"json({
    "distinct_paths": 1234,
    "top_paths": [{"path": ["Search", "Display|x"], "conversions": "2.000000",
                   "value": "600.000000", "null_journeys": "1.500000"}],
    "path_length": [{"touches": 2, "conversions": "2.000000", "value": "600.000000"}],
    "time_lag": [{"days": 0, "conversions": "1.000000", "value": "500.000000"},
                 {"days": 31, "conversions": "1.000000", "value": "100.000000"}],
    "channels": [{"channel": "Search", "any_conversions": "2.000000", "any_value": "600.000000",
                  "first_conversions": "2.000000", "first_value": "600.000000",
                  "last_conversions": "0.000000", "last_value": "0.000000",
                  "assisted_conversions": "2.000000", "assisted_value": "600.000000"}],
    "overlap": [{"channels": ["Search", "Display|x"], "conversions": "2.000000",
                 "value": "600.000000"}]})json");
  EXPECT_EQ(json["goals"][0]["statistics"], expected);
  EXPECT_FALSE(
      nlohmann::json::parse(to_json(test::sample_result()))["goals"][0].contains("statistics"));
}

}  // namespace
}  // namespace mta

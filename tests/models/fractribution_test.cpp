#include <gtest/gtest.h>

#include <map>

#include "mta/models/leave_one_out.hpp"
#include "mta/models/registry.hpp"
#include "support/channel_credit.hpp"
#include "support/path_rows.hpp"
#include "support/shared_data.hpp"

// Snowplow's own integration test of its port of fractribution, from its expected paths on.
namespace mta::test {
namespace {

class Fractribution : public testing::Test {
 protected:
  void SetUp() override {
    MTA_SHARED_DATA_OR_SKIP(data, "snowplow_fractribution_it");
    const auto table = [&](const std::string& name) {
      return plain_csv(data / ("expected/snowplow_fractribution_" + name + "_expected.csv"));
    };
    std::string text;
    for (const auto& row : rows_of(table("paths_to_conversion"))) {
      text += touches(row.at("transformed_path")) + " => " + row.at("revenue") + '\n';
    }
    for (const auto& row : rows_of(table("paths_to_non_conversion"))) {
      text += touches(row.at("transformed_path")) + " => null\n";
    }
    named = journeys_from(text);
    for (const auto& row : rows_of(table("channel_attribution"))) {
      expected[row.at("ATTRIBUTION_TYPE")][row.at("CHANNEL")] = {std::stod(row.at("CONVERSIONS")),
                                                                 std::stod(row.at("REVENUE"))};
    }
  }

  using Row = std::map<std::string, std::string>;
  static std::vector<Row> rows_of(const std::vector<std::vector<std::string>>& table) {
    std::vector<Row> rows;
    for (std::size_t i = 1; i < table.size(); ++i) {
      for (std::size_t c = 0; c < table[0].size(); ++c) {
        if (c == 0) rows.emplace_back();
        rows.back()[table[0][c]] = table[i].at(c);
      }
    }
    return rows;
  }
  /// "A > B" as "A B".
  static std::string touches(std::string path) {
    for (std::size_t at = path.find('>'); at != std::string::npos; at = path.find('>'))
      path.erase(at, 1);
    return path;
  }
  void expect_credits(const std::string& model, const std::string& type) {
    const auto credits = named_credits(builtin_models().make(model), named);
    ASSERT_EQ(expected.at(type).size(), 6u);
    for (const auto& [channel, amounts] : expected.at(type)) {
      EXPECT_NEAR(units(credits.at(channel).conversions), amounts.first, 1.1e-6) << channel;
      EXPECT_NEAR(units(credits.at(channel).value), amounts.second, 1.1e-6) << channel;
    }
  }
  NamedJourneys named;
  std::map<std::string, std::map<std::string, std::pair<double, double>>> expected;
};

TEST_F(Fractribution, LastTouchEqualsTheirs) { expect_credits("last", "last_touch"); }

/// What they call "shapley" leaves one touch out at a time.
TEST_F(Fractribution, LeaveOneOutEqualsTheirs) { expect_credits("leave_one_out", "shapley"); }

}  // namespace
}  // namespace mta::test

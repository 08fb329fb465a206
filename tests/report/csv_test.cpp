#include <map>

#include "mta/core/decimal.hpp"
#include "mta/report/report.hpp"
#include "report/sample_result.hpp"

namespace mta {
namespace {

TEST(Csv, HasALineForEachGoalModelAndRow) {
  EXPECT_EQ(to_csv(test::sample_result()),
            "goal,model,channel,conversions,value\n"
            "purchase,linear,Search,2.500000,400.000001\n"
            "purchase,linear,\"Display|\"\"x\"\",\nnew\",1.500000,799.999999\n"
            "purchase,linear,(unattributed),1.000000,34.500000\n"
            "purchase,last,\"Display|\"\"x\"\",\nnew\",3.000000,1200.000000\n"
            "purchase,last,(unattributed),1.000000,34.500000\n"
            "purchase,last,Search,1.000000,0.000000\n"
            "purchase,markov,\"Display|\"\"x\"\",\nnew\",2.000000,600.000000\n"
            "purchase,markov,Search,2.000000,600.000000\n"
            "purchase,markov,(unattributed),1.000000,34.500000\n");
}

TEST(Csv, HasAColumnForEachDimension) {
  Result result = test::sample_result();
  result.by = {"channel", "campaign, of all"};
  result.goals[0].models = {
      {"linear", "{}", {{{"Search", ""}, {test::amount(-1), test::amount(-0.5)}}}, {}, {}, {}}};
  EXPECT_EQ(to_csv(result),
            "goal,model,channel,\"campaign, of all\",conversions,value\n"
            "purchase,linear,Search,,-1.000000,-0.500000\n");
}

TEST(Csv, TellsTwoUsesOfOneModelApart) {
  Result result = test::sample_result();
  auto& models = result.goals[0].models;
  models = {models[2], models[2]};
  models[1].options = R"({"order":2,"names":["x","z"]})";
  const std::string text = to_csv(result);
  EXPECT_THAT(text, testing::HasSubstr("\npurchase,\"markov:order=1,names=x;y\",Search,"));
  EXPECT_THAT(text, testing::HasSubstr("\npurchase,\"markov:order=2,names=x;z\",Search,"));
}

/// A reader of RFC 4180 as plain as can be: the oracle for what we write.
std::vector<std::vector<std::string>> parse_csv(std::string_view text) {
  std::vector<std::vector<std::string>> rows{{""}};
  bool quoted = false;
  for (const char c : text) {
    std::string& field = rows.back().back();
    if (quoted && c != '"') {
      field += c;
    } else if (c == '"') {
      // A doubled quote closes and opens again: it leaves one quote behind.
      if (!quoted && !field.empty()) field += '"';
      quoted = !quoted;
    } else if (c == ',') {
      rows.back().emplace_back();
    } else if (c == '\n') {
      rows.push_back({""});
    } else {
      field += c;
    }
  }
  rows.pop_back();
  return rows;
}

TEST(Csv, ReadBackAddsUpToWhatWasBooked) {
  const Result result = test::sample_result();
  const auto rows = parse_csv(to_csv(result));
  std::map<std::string, Worth> total;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    ASSERT_EQ(rows[i].size(), 5u);
    total[rows[i][1]] += {parse_micros(rows[i][3]).value, parse_micros(rows[i][4]).value};
  }
  ASSERT_EQ(total.size(), 3u);
  for (const auto& [model, worth] : total) EXPECT_EQ(worth, result.goals[0].booked) << model;
  EXPECT_EQ(rows[2][2], result.goals[0].channels[0]);
}

}  // namespace
}  // namespace mta

#include <nlohmann/json.hpp>

#include "mta/report/report.hpp"
#include "report/sample_result.hpp"

namespace mta {
namespace {

/// The sample with one model, small enough to write the whole of its JSON down.
Result one_model() {
  Result result = test::sample_result();
  result.goals[0].models.erase(result.goals[0].models.begin(), result.goals[0].models.begin() + 2);
  result.goals[0].models[0].credits.pop_back();
  return result;
}

constexpr std::string_view expected_json = R"json({
 "mta": {
  "version": "0.1.0",
  "format": 1
 },
 "input": {
  "rows": 1204,
  "events": 1200,
  "rejected": 4,
  "rejected_by_reason": {
   "empty_visitor": 1,
   "invalid_time": 3
  },
  "columns": [
   {
    "role": "visitor",
    "column": "cookie",
    "recognised": true
   },
   {
    "role": "time",
    "column": "ts",
    "recognised": false
   }
  ]
 },
 "goals": [
  {
   "goal": "purchase",
   "conversions": "5.000000",
   "value": "1234.500000",
   "journeys": 1004,
   "converting_journeys": 4,
   "null_journeys": 1000,
   "unattributed_conversions": 1,
   "over_refunded_orders": 0,
   "events": {
    "in_journey": 1100,
    "conversion": 5,
    "refund": 0,
    "not_a_touch": 0,
    "outside_window": 95,
    "removed_by_transform": 0,
    "censored": 0,
    "of_uncounted_conversion": 0,
    "duplicate_conversion": 0,
    "conversion_outside_period": 0,
    "conversion_not_first": 0,
    "outranked": 0,
    "of_session": 0,
    "not_engaged": 0
   },
   "models": [
    {
     "model": "markov",
     "options": {
      "order": 1,
      "names": [
       "x",
       "y"
      ]
     },
     "credits": [
      {
       "channel": "Display|\"x\",\nnew",
       "conversions": "2.000000",
       "value": "600.000000"
      },
      {
       "channel": "Search",
       "conversions": "2.000000",
       "value": "600.000000"
      }
     ],
     "notes": [
      "value was split by | effects"
     ],
     "fit": {
      "numbers": {
       "probability": 0.25
      },
      "channels": [
       {
        "channel": "Display|\"x\",\nnew",
        "removal_effect": 0.5
       },
       {
        "channel": "Search",
        "removal_effect": 0.1
       }
      ]
     }
    }
   ]
  }
 ]
}
)json";

TEST(Json, HasTheKeysOfItsFormatInTheirOrder) { EXPECT_EQ(to_json(one_model()), expected_json); }

TEST(Json, RuleModelsHaveNeitherFitNorNotes) {
  const auto read = nlohmann::json::parse(to_json(test::sample_result()));
  const auto& linear = read["goals"][0]["models"][0];
  EXPECT_EQ(linear["model"], "linear");
  EXPECT_FALSE(linear.contains("fit"));
  EXPECT_FALSE(linear.contains("notes"));
}

TEST(Json, RowsCarryEveryDimensionAskedFor) {
  Result result = one_model();
  result.by = {"channel", "campaign"};
  result.goals[0].models[0].credits = {{{"Search", "(not set)"}, {test::amount(4), {}}}};
  const auto read = nlohmann::ordered_json::parse(to_json(result));
  const std::string row = read["goals"][0]["models"][0]["credits"][0].dump();
  EXPECT_EQ(row, R"row({"channel":"Search","campaign":"(not set)",)row"
                 R"row("conversions":"4.000000","value":"0.000000"})row");
}

TEST(Json, DoublesAreReadBackAsTheyWere) {
  Result result = one_model();
  const double third = 1.0 / 3.0;
  result.goals[0].models[0].numbers = {{"third", third}, {"tiny", 5e-324}};
  const auto read = nlohmann::json::parse(to_json(result));
  const auto& numbers = read["goals"][0]["models"][0]["fit"]["numbers"];
  EXPECT_EQ(numbers["third"].get<double>(), third);
  EXPECT_EQ(numbers["tiny"].get<double>(), 5e-324);
}

TEST(Json, AnEmptyResultIsStillADocument) {
  const auto read = nlohmann::json::parse(to_json(Result{}));
  EXPECT_EQ(read["mta"]["format"], 1);
  EXPECT_TRUE(read["goals"].is_array());
  EXPECT_TRUE(read["input"]["rejected_by_reason"].is_object());
}

TEST(Json, BytesThatAreNoUtf8AreReplaced) {
  Result result = one_model();
  result.goals[0].goal = "caf\xE9";
  EXPECT_EQ(nlohmann::json::parse(to_json(result))["goals"][0]["goal"], "caf\xEF\xBF\xBD");
}

}  // namespace
}  // namespace mta

// data/peer_unit_vectors through a path table and a run: paths to credit as other projects' own
// tests have it. Left out: EM1 (transitions: tested at the model), ES1 to ES5 (Shapley, shares).
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "mta/pipeline/run.hpp"
#include "support/result_view.hpp"
#include "support/shared_data.hpp"

namespace mta {
namespace {

using nlohmann::json;

constexpr auto vectors = "peer_unit_vectors/path_model_vectors.json";

std::string path_table(const json& paths) {
  std::string csv = "path,total_conversions,total_conversion_value,total_null\n";
  for (const json& path : paths) {
    csv += path["path"].get<std::string>() + ',' + path["conversions"].dump() + ',' +
           path.value("value", json(0)).dump() + ',' + path["nulls"].dump() + '\n';
  }
  return csv;
}

GoalResult answer(const json& paths, std::vector<ModelRequest> models) {
  Spec spec;
  spec.models = std::move(models);
  Run run(spec);
  const std::string csv = path_table(paths);
  run.add(read_paths(Source::memory("paths.csv", csv, SourceFormat::csv)));
  return run.finish().goals.at(0);
}

ModelRequest request_of(const json& config) {
  const std::string name = config["model"];
  if (name == "first_touch") return {"first"};
  if (name == "last_touch") return {"last"};
  if (name == "position_based") {
    return {name,
            json{{"first", config["first"]}, {"middle", 0.2}, {"last", config["last"]}}.dump()};
  }
  return {name};
}

void expect_credit(const ModelResult& model, const json& expected, Micros Worth::*field,
                   double tolerance, const std::string& id) {
  double sum = 0;
  for (const auto& [channel, amount] : expected.items()) {
    const auto units = static_cast<double>((test::credit_of(model, channel).*field).units);
    EXPECT_NEAR(units, amount.get<double>() * 1e6, tolerance) << id << ' ' << channel;
    sum += amount.get<double>();
  }
  EXPECT_EQ((test::credit_total(model).*field).units, std::llround(sum * 1e6)) << id;
}

TEST(PeerVectors, AreMetByPathTablesAndARun) {
  MTA_SHARED_DATA_OR_SKIP(path, vectors)
  const std::set<std::string> covered{"MK1", "EH1", "EH2", "EH3", "EH4", "EH5", "EH6",
                                      "EH8", "EH9", "DP1", "DP2", "DP3", "DP4"};
  std::set<std::string> met;
  for (const json& vector : json::parse(std::ifstream(path))) {
    const std::string id = vector["id"];
    if (!covered.contains(id)) continue;
    met.insert(id);
    const GoalResult goal = answer(vector["paths"], {request_of(vector["config"])});
    const json& expected = vector["expected"];
    const auto tolerance = static_cast<double>(vector["paths"].size());  // law 1: one unit a path
    for (const auto& [name, field] :
         {std::pair{"conversions", &Worth::conversions}, std::pair{"value", &Worth::value}}) {
      if (expected.contains(name))
        expect_credit(goal.models.at(0), expected[name], field, tolerance, id);
    }
  }
  EXPECT_EQ(met, covered);
}

TEST(PeerVectors, MarkovExplainsBrylsExample) {
  MTA_SHARED_DATA_OR_SKIP(path, vectors)
  const json all = json::parse(std::ifstream(path));
  ASSERT_EQ(all.at(0)["id"], "MK1");
  const json& expected = all[0]["expected"];
  const GoalResult goal = answer(all[0]["paths"], {{"markov"}});
  const ModelResult& markov = goal.models.at(0);
  EXPECT_NEAR(markov.numbers.at(0).value, expected["p_conversion"].get<double>(), 1e-12);
  for (std::size_t c = 0; c < goal.channels.size(); ++c) {
    EXPECT_NEAR(markov.explained.at(0).values[c],
                expected["removal_effect"][goal.channels[c]].get<double>(), 1e-12);
  }
}

TEST(PeerVectors, EveryModelHandsOutTheTotal) {
  MTA_SHARED_DATA_OR_SKIP(path, vectors)
  for (const json& vector : json::parse(std::ifstream(path))) {
    if (vector["id"] != "DP6") continue;
    const GoalResult goal = answer(vector["paths"], {});
    ASSERT_EQ(goal.models.size(), 5U);
    for (const ModelResult& model : goal.models) {
      EXPECT_EQ(test::credit_total(model), test::worth_of("9", "27")) << model.model;
    }
  }
}

}  // namespace
}  // namespace mta

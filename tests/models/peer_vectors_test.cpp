#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "mta/models/markov.hpp"
#include "mta/models/ordered_shapley.hpp"
#include "mta/models/registry.hpp"
#include "mta/models/shapley.hpp"
#include "support/channel_credit.hpp"
#include "support/path_rows.hpp"
#include "support/shared_data.hpp"

// Other projects' vectors: all of path_model_vectors.json, and both toys of toy_rational.json.
namespace mta::test {
namespace {

using Json = nlohmann::json;

Json read_json(const std::filesystem::path& file) {
  std::ifstream in(file);
  return Json::parse(in);
}

Micros micros(const Json& number) { return micros_from(number.get<double>()).value; }

NamedJourneys journeys_of(const Json& vector) {
  std::vector<WrittenJourney> written;
  for (const Json& row : vector.at("paths")) {
    add_path(written, row.at("path"),
             {micros(row.at("conversions")), micros(row.value("value", Json(0)))},
             micros(row.at("nulls")));
  }
  return numbered(written);
}

AnyModel model_of(const Json& config) {
  static const std::map<std::string, std::string> ours = {{"first_touch", "first"},
                                                          {"last_touch", "last"}};
  const std::string theirs = config.at("model");
  const std::string name = ours.contains(theirs) ? ours.at(theirs) : theirs;
  Json options = Json::object();
  for (const char* key : {"first", "last", "order"}) {
    if (config.contains(key)) options[key] = config[key];
  }
  return builtin_models().make(name, options.dump());
}

/// Compares every channel; one that is not listed expects nothing.
void expect_amounts(const std::map<std::string, Worth>& credits, const Json& expected,
                    Micros Worth::*field, double whole) {
  for (const auto& [channel, worth] : credits) {
    EXPECT_NEAR(units(worth.*field) / whole, expected.value(channel, 0.0), 2e-6) << channel;
  }
}

class PeerVector : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    MTA_SHARED_DATA_OR_SKIP(file, "peer_unit_vectors/path_model_vectors.json");
    for (const Json& each : read_json(file)) {
      if (each.at("id") == GetParam()) vector = each;
    }
    ASSERT_FALSE(vector.is_null());
  }
  Json vector;
};

TEST_P(PeerVector, CreditsEqual) {
  const auto named = journeys_of(vector);
  const auto credits = named_credits(model_of(vector.at("config")), named);
  const Json& expected = vector.at("expected");
  const Worth all = booked(named.journeys.view());
  bool compared = false;
  if (expected.contains("conversions")) {
    expect_amounts(credits, expected["conversions"], &Worth::conversions, 1.0);
    compared = true;
  }
  if (expected.contains("value")) {
    expect_amounts(credits, expected["value"], &Worth::value, 1.0);
    compared = true;
  }
  if (expected.contains("share")) {
    expect_amounts(credits, expected["share"], &Worth::conversions, units(all.conversions));
    compared = true;
  }
  EXPECT_TRUE(compared);
}

INSTANTIATE_TEST_SUITE_P(Ids, PeerVector,
                         testing::Values("MK1", "EH1", "EH2", "EH3", "EH4", "EH5", "EH6", "EH8",
                                         "EH9", "ES1", "ES2", "ES3", "ES4", "ES5", "DP1", "DP2",
                                         "DP3", "DP4"),
                         [](const auto& test) { return test.param; });

class PeerVectors : public testing::Test {
 protected:
  Json vector(const std::string& id) {
    for (const Json& each : all) {
      if (each.at("id") == id) return each;
    }
    return {};
  }
  MarkovFit markov(const NamedJourneys& named, const MarkovOptions& options = {}) {
    const Markov model(options);
    auto state = model.start(named.names.size());
    model.accumulate(state, named.journeys.view());
    return model.finish(state);
  }
  void SetUp() override {
    MTA_SHARED_DATA_OR_SKIP(data, "peer_unit_vectors");
    all = read_json(data / "path_model_vectors.json");
    toys = read_json(data / "toy_rational.json");
  }
  Json all, toys;
};

std::string node_name(const MarkovFit& fit, const NamedJourneys& named, std::uint32_t node,
                      const std::vector<std::string>& others) {
  if (node >= fit.states) return others[node - fit.states];
  std::string name;
  for (std::size_t i = node * fit.order; i < (node + 1) * fit.order; ++i) {
    if (fit.grams[i] == GramCounts::none) continue;
    name += (name.empty() ? "" : ">") + named.names[fit.grams[i]];
  }
  return name;
}

TEST_F(PeerVectors, MK1RemovalEffects) {
  const Json mk1 = vector("MK1");
  const auto named = journeys_of(mk1);
  const MarkovFit fit = markov(named);
  EXPECT_NEAR(fit.conversion_probability, mk1["expected"]["p_conversion"].get<double>(), 1e-12);
  for (std::size_t c = 0; c < named.names.size(); ++c) {
    const double effect = mk1["expected"]["removal_effect"][named.names[c]];
    const double without = mk1["expected"]["p_conversion_without"][named.names[c]];
    EXPECT_NEAR(fit.removal_effect_conversions[c], effect, 1e-12);
    EXPECT_NEAR(fit.conversion_probability * (1 - effect), without, 1e-12);
  }
}

TEST_F(PeerVectors, EM1Transitions) {
  const Json em1 = vector("EM1");
  const auto named = journeys_of(em1);
  const MarkovFit fit = markov(named);
  std::map<std::string, double> arcs;
  for (const MarkovArc& arc : fit.arcs) {
    const std::vector<std::string> others = {"start", "conv", "null"};
    arcs[node_name(fit, named, arc.from, others) + '>' + node_name(fit, named, arc.to, others)] =
        arc.probability;
  }
  ASSERT_EQ(arcs.size(), em1["expected"]["transition"].size());
  for (const auto& [name, probability] : em1["expected"]["transition"].items()) {
    EXPECT_NEAR(arcs.at(name), probability.get<double>(), 1e-12) << name;
  }
}

Micros sum_of_values(const std::string& model, const std::string& options,
                     const NamedJourneys& named) {
  Worth sum;
  for (const auto& [channel, worth] : named_credits(builtin_models().make(model, options), named)) {
    sum += worth;
  }
  return sum.value;
}

TEST_F(PeerVectors, DP6EveryModelConserves) {
  const Json dp6 = vector("DP6");
  const auto named = journeys_of(dp6);
  for (const std::string& name : builtin_models().names()) {
    const ModelInfo& info = builtin_models().info(name);
    if (info.needs_times || !info.conserves) continue;  // paths have none; says that it does not
    EXPECT_EQ(sum_of_values(name, "", named), Micros{27'000'000}) << name;
  }
  // What it calls last non-A.
  EXPECT_EQ(sum_of_values("last_non_direct", R"({"direct":"A"})", named), Micros{27'000'000});
}

void expect_toy(const MarkovFit& fit, const NamedJourneys& named, const Json& expected) {
  EXPECT_NEAR(fit.conversion_probability, expected["p_conversion"]["float"].get<double>(), 1e-15);
  for (std::size_t c = 0; c < named.names.size(); ++c) {
    const Json& channel = expected["channels"][named.names[c]];
    const auto number = [&](const char* key) { return channel[key]["float"].get<double>(); };
    EXPECT_NEAR(fit.removal_effect_conversions[c], number("removal_effect_conv"), 1e-14);
    EXPECT_NEAR(fit.removal_effect_value[c], number("removal_effect_value"), 1e-14);
    EXPECT_NEAR(units(fit.credit[c].conversions), number("conversions"), 1.1e-6);
    EXPECT_NEAR(units(fit.credit[c].value), number("value"), 1.1e-6);
  }
  EXPECT_EQ(fit.arcs.size(), expected["transitions"].size());
  for (const Json& arc : expected["transitions"]) {
    const std::vector<std::string> others = {"(start)", "(conversion)", "(null)"};
    const auto at = std::find_if(fit.arcs.begin(), fit.arcs.end(), [&](const MarkovArc& ours) {
      return node_name(fit, named, ours.from, others) == arc["from"].get<std::string>() &&
             node_name(fit, named, ours.to, others) == arc["to"].get<std::string>();
    });
    ASSERT_NE(at, fit.arcs.end()) << arc;
    EXPECT_NEAR(at->probability, arc["p"]["float"].get<double>(), 1e-15) << arc;
  }
}

template <class M>
auto fit_of(const M& model, const NamedJourneys& named) {
  auto state = model.start(named.names.size());
  model.accumulate(state, named.view());
  return model.finish(state);
}

void expect_shapley_toy(const NamedJourneys& named, const Json& expected) {
  const ShapleyFit sums = fit_of(Shapley(), named);
  const ShapleyFit rates = fit_of(Shapley({.game = Game::conversion_rate}), named);
  const ShapleyFit exact = fit_of(Shapley({.game = Game::exact_rate}), named);
  const OrderedShapleyFit ordered = fit_of(OrderedShapley(), named);
  for (std::size_t c = 0; c < named.names.size(); ++c) {
    const auto number = [&](const char* key) {
      return expected.at(key).at(named.names[c]).at("float").get<double>();
    };
    EXPECT_NEAR(sums.shares[c], number("simplified_conv"), 1e-14);
    EXPECT_NEAR(sums.shares[c], number("game_conv_sum_subset"), 1e-14);
    EXPECT_NEAR(sums.value_shares[c], number("simplified_value"), 1e-13);
    EXPECT_NEAR(rates.shares[c], number("game_conv_rate_subset"), 1e-15);
    EXPECT_NEAR(exact.shares[c], number("game_conv_rate_exact_set"), 1e-15);
    const Json& positions = expected.at("ordered_conv_by_position").at(named.names[c]);
    ASSERT_LE(ordered.positions, positions.size());
    for (std::size_t p = 0; p < ordered.positions; ++p) {
      EXPECT_NEAR(ordered.conversions[c * ordered.positions + p],
                  positions[p]["float"].get<double>(), 1e-14);
    }
  }
}

TEST_F(PeerVectors, ToysOfRationalNumbersAtOrders1To3AndShapley) {
  for (const auto& [toy, content] : toys.items()) {
    std::vector<WrittenJourney> written;
    for (const Json& row : content.at("rows")) {
      add_path(written, row.at("path"),
               {micros(row.at("total_conversions")), micros(row.at("total_conversion_value"))},
               micros(row.at("total_null")));
    }
    const auto named = numbered(written);
    expect_shapley_toy(named, content.at("shapley"));
    for (const std::int64_t order : {1, 2, 3}) {
      SCOPED_TRACE(toy + " at order " + std::to_string(order));
      expect_toy(markov(named, {.order = order}), named,
                 content.at("markov_order" + std::to_string(order)));
    }
  }
}

}  // namespace
}  // namespace mta::test

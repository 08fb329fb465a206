#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "mta/models/markov.hpp"
#include "mta/models/registry.hpp"
#include "support/channel_credit.hpp"
#include "support/path_rows.hpp"
#include "support/shared_data.hpp"

// The 10,000 paths of ChannelAttribution against reference answers computed elsewhere (their
// README).
namespace mta::test {
namespace {

double relative(double got, double expected) {
  return std::abs(got - expected) / std::abs(expected);
}

void expect_near(const Worth& got, double conversions, double value, const std::string& channel) {
  // Apportionment moves a channel's sum by at most half a micro-unit a path.
  EXPECT_LT(relative(units(got.conversions), conversions), 1e-6) << channel;
  EXPECT_LT(relative(units(got.value), value), 1e-6) << channel;
}

class PathData : public testing::Test {
 protected:
  void SetUp() override {
    MTA_SHARED_DATA_OR_SKIP(data, "channelattribution_pathdata");
    named = path_rows(data / "paths.csv");
    heuristics = plain_csv(data / "exact/heuristics.csv");
    for (const char* order : {"1", "2", "3"}) {
      markov.push_back(plain_csv(data / ("exact/markov_o" + std::string(order) + ".csv")));
    }
    orders = plain_csv(data / "exact/choose_order.csv");
  }
  [[nodiscard]] std::size_t number_of(const std::string& channel) const {
    return static_cast<std::size_t>(std::ranges::find(named.names, channel) - named.names.begin());
  }
  [[nodiscard]] MarkovFit fit(const MarkovOptions& options) const {
    const Markov model(options);
    auto state = model.start(named.names.size());
    model.accumulate(state, named.journeys.view());
    return model.finish(state);
  }
  NamedJourneys named;
  using Table = std::vector<std::vector<std::string>>;
  Table heuristics, orders;
  std::vector<Table> markov;  // of order 1, 2, 3
};

TEST_F(PathData, RuleModelsEqualTheReference) {
  const std::pair<std::string, std::string> models[] = {
      {"first", "first_conv"},
      {"last", "last_conv"},
      {"linear", "linear_conv"},
      {"position_based", "position_40_20_40_conv"}};
  for (const auto& [model, column] : models) {
    const auto credits = named_credits(builtin_models().make(model), named);
    const auto at = static_cast<std::size_t>(
        std::find(heuristics[0].begin(), heuristics[0].end(), column) - heuristics[0].begin());
    Worth sum;
    for (std::size_t i = 1; i < heuristics.size(); ++i) {
      const auto& row = heuristics[i];
      expect_near(credits.at(row[0]), std::stod(row[at]), std::stod(row[at + 1]),
                  model + ' ' + row[0]);
      sum += credits.at(row[0]);
    }
    EXPECT_EQ(format_micros(sum.conversions), "19785.000000") << model;
    EXPECT_EQ(format_micros(sum.value), format_micros(booked(named.journeys.view()).value))
        << model;
    EXPECT_NEAR(units(sum.value), 74802.971584, 1e-3) << model;
  }
}

TEST_F(PathData, MarkovOfEveryOrderEqualsTheReference) {
  for (std::size_t order = 1; order <= markov.size(); ++order) {
    const MarkovFit markov_fit = fit({.order = static_cast<std::int64_t>(order)});
    const Table& expected = markov[order - 1];
    EXPECT_LT(relative(markov_fit.conversion_probability, 19785.0 / 88387.0), 1e-14);
    const auto& effects = markov_fit.removal_effect_conversions;
    const auto& value_effects = markov_fit.removal_effect_value;
    const double all = std::accumulate(effects.begin(), effects.end(), 0.0);
    const double all_value = std::accumulate(value_effects.begin(), value_effects.end(), 0.0);
    Worth sum;
    for (std::size_t i = 1; i < expected.size(); ++i) {
      const auto& row = expected[i];
      const std::size_t c = number_of(row[0]);
      const std::string what = row[0] + " at order " + std::to_string(order);
      EXPECT_LT(relative(effects[c], std::stod(row[1])), 1e-10) << what;
      EXPECT_LT(relative(effects[c] / all * 19785, std::stod(row[3])), 1e-10) << what;
      // The reference reads values as doubles, this library as micro-units.
      EXPECT_LT(relative(value_effects[c], std::stod(row[2])), 1e-8) << what;
      EXPECT_LT(relative(value_effects[c] / all_value * 74802.97158721084, std::stod(row[4])), 1e-8)
          << what;
      expect_near(markov_fit.credit[c], std::stod(row[3]), std::stod(row[4]), what);
      sum += markov_fit.credit[c];
    }
    EXPECT_EQ(format_micros(sum.conversions), "19785.000000");
    EXPECT_EQ(sum.value, booked(named.journeys.view()).value);
  }
}

TEST_F(PathData, TheOrderChosenIsTheReferences) {
  const MarkovFit chosen = fit({.order = 8, .choose_order = ChooseOrder::penalized_auc});
  ASSERT_EQ(chosen.orders.size(), 8u);
  for (std::size_t order = 1; order <= 8; ++order) {
    const OrderFit& got = chosen.orders[order - 1];
    EXPECT_NEAR(got.auc_100, std::stod(orders[order][1]), 1e-9) << order;
    EXPECT_NEAR(got.auc, std::stod(orders[order][2]), 1e-9) << order;
    EXPECT_NEAR(got.penalized_auc, std::stod(orders[order][3]), 1e-9) << order;
  }
  EXPECT_EQ(chosen.order, 4u);
  const MarkovFit fourth = fit({.order = 4});
  EXPECT_EQ(chosen.credit, fourth.credit);
  EXPECT_EQ(chosen.removal_effect_conversions, fourth.removal_effect_conversions);
}

}  // namespace
}  // namespace mta::test

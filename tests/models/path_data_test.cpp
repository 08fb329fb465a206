#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "mta/models/leave_one_out.hpp"
#include "mta/models/markov.hpp"
#include "mta/models/ordered_shapley.hpp"
#include "mta/models/registry.hpp"
#include "mta/models/shapley.hpp"
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
    shapley = plain_csv(data / "exact/shapley.csv");
    positions = plain_csv(data / "exact/shapley_ordered_positions.csv");
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
  Table heuristics, orders, shapley, positions;
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

/// A column of the reference by channel.
std::map<std::string, double> column(const std::vector<std::vector<std::string>>& table,
                                     const std::string& name) {
  const auto at = static_cast<std::size_t>(std::ranges::find(table[0], name) - table[0].begin());
  std::map<std::string, double> values;
  for (std::size_t i = 1; i < table.size(); ++i)
    values[table[i].at(0)] = std::stod(table[i].at(at));
  return values;
}

template <class M>
auto fit_of(const M& model, const NamedJourneys& named) {
  auto state = model.start(named.names.size());
  model.accumulate(state, named.journeys.view());
  return model.finish(state);
}

TEST_F(PathData, ShapleyOfConversionsEqualsTheReference) {
  const ShapleyFit got = fit_of(Shapley(), named);
  const auto conversions = column(shapley, "simplified_zhao2018_conv");
  const auto value = column(shapley, "simplified_zhao2018_value");
  const auto all_coalitions = column(shapley, "exact_2^n_convsum");
  for (std::size_t c = 0; c < named.names.size(); ++c) {
    const std::string& name = named.names[c];
    EXPECT_LT(relative(got.shares[c], conversions.at(name)), 1e-10) << name;
    EXPECT_LT(relative(got.shares[c], all_coalitions.at(name)), 1e-10) << name;
    EXPECT_LT(relative(got.value_shares[c], value.at(name)), 1e-8) << name;
    expect_near(got.credit[c], conversions.at(name), value.at(name), name);
  }
}

/// Shares in the game's unit, and scaled to all conversions where there is a column for that.
TEST_F(PathData, ShapleyOfRatesEqualsTheReference) {
  struct Case {
    ShapleyOptions options;
    const char *raw, *scaled;
  };
  const Case cases[] = {{{.game = Game::conversion_rate},
                         "exact_2^n_convrate_subset_raw",
                         "exact_2^n_convrate_subset_conv"},
                        {{.game = Game::exact_rate}, "exact_2^n_convrate_exactset_raw", nullptr},
                        {{.game = Game::dp6_rate}, "dp6_size4_convrate", nullptr},
                        {{.game = Game::dp6_ordered_rate}, "dp6_size4_convrate_order", nullptr},
                        {{.game = Game::dp6_rate, .size = 20}, "dp6_sizeall_convrate", nullptr}};
  for (const Case& one : cases) {
    const ShapleyFit got = fit_of(Shapley(one.options), named);
    const auto raw = column(shapley, one.raw);
    const double all = std::accumulate(got.shares.begin(), got.shares.end(), 0.0);
    for (std::size_t c = 0; c < named.names.size(); ++c) {
      const std::string& name = named.names[c];
      EXPECT_LT(relative(got.shares[c], raw.at(name)), 1e-9) << one.raw << ' ' << name;
      if (one.scaled == nullptr) continue;
      EXPECT_LT(relative(got.shares[c] / all * 19785, column(shapley, one.scaled).at(name)), 1e-9)
          << name;
    }
  }
}

TEST_F(PathData, OrderedShapleyEqualsTheReferencePositionByPosition) {
  const OrderedShapleyFit got = fit_of(OrderedShapley(), named);
  const auto total = column(shapley, "ordered_zhao2018_sum_over_positions");
  ASSERT_LE(got.positions + 1, positions[0].size());
  for (std::size_t i = 1; i < positions.size(); ++i) {
    const std::size_t c = number_of(positions[i][0]);
    for (std::size_t p = 0; p + 1 < positions[i].size(); ++p) {
      const double ours = p < got.positions ? got.conversions[c * got.positions + p] : 0;
      EXPECT_NEAR(ours, std::stod(positions[i][p + 1]), 1e-9) << positions[i][0] << ' ' << p;
    }
    EXPECT_LT(relative(units(got.credit[c].conversions), total.at(positions[i][0])), 1e-6);
  }
}

TEST_F(PathData, LeaveOneOutEqualsTheReference) {
  const FittedCredit got = fit_of(LeaveOneOut(), named);
  const auto conversions = column(shapley, "fractribution_conv");
  const auto value = column(shapley, "fractribution_value");
  for (std::size_t c = 0; c < named.names.size(); ++c) {
    expect_near(got.credit[c], conversions.at(named.names[c]), value.at(named.names[c]),
                named.names[c]);
  }
}

}  // namespace
}  // namespace mta::test

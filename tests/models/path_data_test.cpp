#include <gtest/gtest.h>

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
    markov = plain_csv(data / "exact/markov_o1.csv");
  }
  NamedJourneys named;
  std::vector<std::vector<std::string>> heuristics, markov;
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

TEST_F(PathData, MarkovEqualsTheReference) {
  const Markov model;
  auto state = model.start(named.names.size());
  model.accumulate(state, named.journeys.view());
  const MarkovFit fit = model.finish(state);
  EXPECT_LT(relative(fit.conversion_probability, 19785.0 / 88387.0), 1e-14);
  Worth sum;
  for (std::size_t i = 1; i < markov.size(); ++i) {
    const auto& row = markov[i];
    const auto c = static_cast<std::size_t>(
        std::find(named.names.begin(), named.names.end(), row[0]) - named.names.begin());
    EXPECT_LT(relative(fit.removal_effect_conversions[c], std::stod(row[1])), 1e-9) << row[0];
    // The reference reads values as doubles, this library as micro-units.
    EXPECT_LT(relative(fit.removal_effect_value[c], std::stod(row[2])), 1e-6) << row[0];
    expect_near(fit.credit[c], std::stod(row[3]), std::stod(row[4]), "markov " + row[0]);
    sum += fit.credit[c];
  }
  EXPECT_EQ(format_micros(sum.conversions), "19785.000000");
  EXPECT_EQ(sum.value, booked(named.journeys.view()).value);
}

}  // namespace
}  // namespace mta::test

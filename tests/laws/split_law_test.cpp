#include <gtest/gtest.h>

#include "mta/core/apportion.hpp"
#include "mta/core/error.hpp"
#include "mta/models/credit.hpp"
#include "support/channel_credit.hpp"
#include "support/synthetic_journeys.hpp"

// Law 1, for what every model splits by.
namespace mta::test {
namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

std::vector<Worth> split(const Worth& worth, const std::vector<double>& weight) {
  std::vector<CellId> cells(weight.size());
  for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = static_cast<CellId>(i);
  CreditSink sink;
  sink.begin_batch(cells, cells.size());
  SplitScratch scratch;
  split_worth(worth, weight, 0, scratch, sink);
  return {sink.credit().begin(), sink.credit().end()};
}

/// The law as core states it, without any fast path.
std::vector<Micros> split_by_core(Micros amount, const std::vector<double>& weight) {
  std::vector<std::uint32_t> quantized(weight.size());
  quantize_weights(weight, quantized);
  std::vector<Micros> part(weight.size());
  apportion(amount, quantized, part);
  return part;
}

std::int64_t amount_of(std::uint64_t dice, Random& random) {
  switch (dice % 5) {
    case 0:
      return 1;
    case 1:
      return 1'000'000;
    case 2:
      return random.micros(500'000'000);
    case 3:
      return random.micros(std::int64_t{1} << 50);
    default:
      return largest - random.micros(1000);
  }
}

TEST(SplitLaw, FastPathsHandOutWhatTheLawSays) {
  Random random(7);
  for (int round = 0; round < 4000; ++round) {
    std::vector<double> weight(1 + random.below(40));
    for (double& w : weight) {
      w = random.below(4) == 0 ? 0.0 : static_cast<double>(random.below(1'000'000)) / 1e5;
      if (round % 3 == 0) w = 1.0;  // equal weights: fractions of exactly a half occur
    }
    const Worth worth{{amount_of(random.next(), random)}, {-amount_of(random.next(), random)}};
    const std::vector<Worth> parts = split(worth, weight);
    const std::vector<Micros> conversions = split_by_core(worth.conversions, weight);
    const std::vector<Micros> value = split_by_core(worth.value, weight);
    for (std::size_t i = 0; i < weight.size(); ++i) {
      ASSERT_EQ(parts[i], (Worth{conversions[i], value[i]}))
          << "round " << round << ", touch " << i;
    }
  }
}

TEST(SplitLaw, PartsOfMinusWorthAreMinusTheParts) {
  Random random(8);
  for (int round = 0; round < 1000; ++round) {
    std::vector<double> weight(1 + random.below(9));
    for (double& w : weight) w = static_cast<double>(random.below(5));
    const std::int64_t conversions = amount_of(random.next(), random);
    const std::int64_t value = amount_of(random.next(), random);
    const auto plus = split({{conversions}, {value}}, weight);
    const auto minus = split({{-conversions}, {-value}}, weight);
    for (std::size_t i = 0; i < weight.size(); ++i) ASSERT_EQ(Worth{} - plus[i], minus[i]);
  }
}

TEST(SplitLaw, WorthWithoutWeightIsUnattributed) {
  CreditSink sink;
  const std::vector<CellId> cells(3);
  sink.begin_batch(cells, 1);
  SplitScratch scratch;
  split_worth({{5}, {-7}}, std::vector<double>{0, 0, 0}, 0, scratch, sink);
  EXPECT_EQ(sink.unattributed(), (Worth{{5}, {-7}}));
  EXPECT_EQ(sink.credit()[0], Worth{});
}

TEST(SplitLaw, WeightsThatAreNoWeightsAreRefused) {
  for (const double bad :
       {-1.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    try {
      split({{5}, {5}}, {1.0, bad});
      FAIL() << bad;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Errc::invalid_weight);
    }
  }
}

TEST(SplitLaw, EffectsThatVanishOnATouchPathLeaveItsWorthUnattributed) {
  const auto named = journeys_from("a b => 10\nb b => 5\n");
  FittedCredit fit;
  fit.conversion_effect = {1.0, 0.0};
  fit.value_effect = {0.0, 1.0};
  const auto cells = cells_by_channel(named.journeys.view());
  CreditSink sink;
  sink.begin_batch(cells, 2);
  credit_by_effect(fit, named.journeys.view(), sink);
  EXPECT_EQ(sink.credit()[0], (Worth{one_conversion, {0}}));
  EXPECT_EQ(sink.credit()[1], (Worth{{0}, {15'000'000}}));
  EXPECT_EQ(sink.unattributed(), (Worth{one_conversion, {0}}));
}

}  // namespace
}  // namespace mta::test

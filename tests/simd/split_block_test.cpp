#include "simd/split_block.hpp"

#include <limits>
#include <numeric>
#include <optional>

#include "mta/core/apportion.hpp"
#include "simd/forced_targets.hpp"
#include "support/synthetic_journeys.hpp"

// Every part that a kernel does not flag is what `apportion` says.
namespace mta::test {
namespace {

constexpr std::size_t stride = simd::largest_block;

struct Amounts {
  std::vector<std::int64_t> conversions, value;

  explicit Amounts(const std::vector<Worth>& worth)
      : conversions(worth.size() + simd::most_lanes), value(conversions.size()) {
    for (std::size_t j = 0; j < worth.size(); ++j) {
      conversions[j] = worth[j].conversions.units;
      value[j] = worth[j].value.units;
    }
  }
  [[nodiscard]] simd::BlockWorth block() const {
    return {conversions.data(), value.data(), conversions.size() - simd::most_lanes};
  }
};

/// What a journey's touches earn, or nothing where all weights are 0.
std::optional<std::vector<Worth>> exact_parts(const Worth& worth,
                                              const std::vector<std::uint32_t>& weight) {
  std::vector<Micros> conversions(weight.size()), value(weight.size());
  if (!apportion(worth.conversions, weight, conversions)) return std::nullopt;
  apportion(worth.value, weight, value);
  std::vector<Worth> parts;
  for (std::size_t i = 0; i < weight.size(); ++i) parts.push_back({conversions[i], value[i]});
  return parts;
}

std::vector<Worth> column(const std::vector<std::int64_t>& part, std::size_t touches,
                          std::size_t j) {
  std::vector<Worth> parts;
  for (std::size_t at = 2 * j; parts.size() < touches; at += 2 * stride) {
    parts.push_back({{part[at]}, {part[at + 1]}});
  }
  return parts;
}

bool flagged(std::uint64_t flags, std::size_t j) { return (flags >> j & 1) != 0; }

/// Splits over weights that every journey shares; expects all parts as `apportion` gives them.
/// Returns how many were flagged.
std::size_t check_fractions(const std::vector<Worth>& worth,
                            const std::vector<std::uint32_t>& weight) {
  const std::uint32_t divisor = std::accumulate(weight.begin(), weight.end(), std::uint32_t{0},
                                                [](auto a, auto b) { return std::gcd(a, b); });
  std::vector<double> upto;
  const auto total = std::accumulate(weight.begin(), weight.end(), std::uint64_t{0});
  std::uint64_t sum = 0;
  for (const std::uint32_t w : weight) {
    sum += w;
    upto.push_back(static_cast<double>(sum) / static_cast<double>(total) + 0x1p-50);
  }
  const Amounts amounts(worth);
  std::vector<std::int64_t> part(2 * stride * weight.size());
  const std::uint64_t flags = simd::split_by_fractions(
      amounts.block(), {upto, static_cast<double>(total / divisor)}, stride, part.data());
  std::size_t count = 0;
  for (std::size_t j = 0; j < stride; ++j) {
    if (flagged(flags, j)) {
      EXPECT_LT(j, worth.size());
      ++count;
    } else if (j < worth.size()) {
      EXPECT_EQ(column(part, weight.size(), j), exact_parts(worth[j], weight)) << j;
    }
  }
  return count;
}

Worth random_worth(Random& random) {
  const std::int64_t size = std::int64_t{1} << random.below(47);
  const auto amount = [&] { return Micros{random.micros(2 * size + 1) - size}; };
  return {random.below(2) == 0 ? one_conversion : amount(), amount()};
}

class SplitBlock : public OnEveryTarget {};

TEST_P(SplitBlock, EqualWeightsAreNeverInDoubtHalvesIncluded) {
  // 1, 3, 5 ... over 2, 4, 8 touches meet halves all the time; away from 0 they go.
  std::vector<Worth> worth;
  for (std::int64_t j = 0; j < 64; ++j) worth.push_back({{2 * j - 63}, {j * 1'000'001}});
  for (const std::size_t touches : {1u, 2u, 3u, 4u, 5u, 8u, 12u, 64u}) {
    EXPECT_EQ(check_fractions(worth, std::vector<std::uint32_t>(touches, 1u << 31)), 0u) << touches;
  }
}

TEST_P(SplitBlock, AHalfGoesAwayFromZero) {
  const std::vector<Worth> worth = {{{1}, {-1}}, {{3}, {-3}}};
  std::vector<std::int64_t> part(2 * stride * 2);
  const Amounts amounts(worth);
  const std::vector<double> upto = {0.5 + 0x1p-50, 1 + 0x1p-50};
  EXPECT_EQ(simd::split_by_fractions(amounts.block(), {upto, 2}, stride, part.data()), 0u);
  EXPECT_EQ(column(part, 2, 0), (std::vector<Worth>{{{1}, {-1}}, {{0}, {0}}}));
  EXPECT_EQ(column(part, 2, 1), (std::vector<Worth>{{{2}, {-2}}, {{1}, {-1}}}));
}

TEST_P(SplitBlock, HalvesOfLargeAmountsOverFineWeightsAreLeftToWiderIntegers) {
  // Weights 2^31, 2^31 - 1, 1: half of the worth is reached exactly, and almost.
  const std::vector<std::uint32_t> weight = {1u << 31, (1u << 31) - 1, 1};
  const std::vector<Worth> worth = {{{1}, {(std::int64_t{1} << 45) + 1}}, {{1}, {1 << 20}}};
  EXPECT_EQ(check_fractions(worth, weight), 1u);
}

TEST_P(SplitBlock, RandomSharedWeightsAreSplitAsApportionSplitsThem) {
  Random random(11);
  std::size_t flagged = 0, all = 0;
  for (int round = 0; round < 400; ++round) {
    std::vector<std::uint32_t> weight(1 + random.below(20), 1u << 31);
    for (std::size_t i = 1; i < weight.size(); ++i) {
      weight[i] = static_cast<std::uint32_t>(random.below((std::uint64_t{1} << 31) + 1));
    }
    std::vector<Worth> worth(1 + random.below(64));
    for (Worth& w : worth) w = random_worth(random);
    flagged += check_fractions(worth, weight);
    all += worth.size();
  }
  EXPECT_LT(flagged, all / 5);  // large amounts alone
}

struct Weighted {
  std::vector<Worth> worth;
  std::vector<std::vector<double>> weight;  // of each journey
};

/// As check_fractions, over weights of their own. Returns the flags.
std::uint64_t check_weights(const Weighted& block) {
  const std::size_t touches = block.weight.front().size();
  std::vector<double> weight(touches * stride);
  for (std::size_t j = 0; j < block.worth.size(); ++j) {
    for (std::size_t i = 0; i < touches; ++i) weight[i * stride + j] = block.weight[j][i];
  }
  const Amounts amounts(block.worth);
  std::vector<std::int64_t> part(2 * stride * touches);
  const std::uint64_t flags = simd::split_by_weights(amounts.block(), weight, stride, part.data());
  for (std::size_t j = 0; j < block.worth.size(); ++j) {
    if (flagged(flags, j)) continue;
    std::vector<std::uint32_t> quantized(touches);
    EXPECT_TRUE(quantize_weights(block.weight[j], quantized));
    EXPECT_EQ(column(part, touches, j), exact_parts(block.worth[j], quantized)) << j;
  }
  return flags;
}

TEST_P(SplitBlock, RandomWeightsAreSplitAsApportionSplitsThem) {
  Random random(12);
  int flagged = 0, all = 0;
  for (int round = 0; round < 400; ++round) {
    Weighted block;
    const std::size_t journeys = 1 + random.below(64), touches = 1 + random.below(20);
    const bool unit = random.below(2) == 0;  // the largest weighs 1, as with time decay
    for (std::size_t j = 0; j < journeys; ++j) {
      block.worth.push_back(random_worth(random));
      std::vector<double> weight(touches, 1.0);
      for (std::size_t i = unit ? 1 : 0; i < touches; ++i) {
        weight[i] = static_cast<double>(random.below(1'000'000)) / (unit ? 1e6 : 7.0);
      }
      if (!unit) weight[0] += 1;
      block.weight.push_back(weight);
    }
    flagged += std::popcount(check_weights(block));
    all += static_cast<int>(journeys);
  }
  EXPECT_LT(flagged, all / 5);
}

TEST_P(SplitBlock, WeightsThatNobodyMayGiveAreFlagged) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const Worth worth{one_conversion, {5}};
  const Weighted block{std::vector<Worth>(7, worth),
                       {{1, 2}, {-1, 2}, {infinity, 2}, {nan, 2}, {2, nan}, {0, 0}, {-0.0, 2}}};
  EXPECT_EQ(check_weights(block), 0b0111110u);
}

TEST_P(SplitBlock, QuantisedHalvesGoUp) {
  // 1/2 and 3/2 of a step of 2^-31 below the largest.
  const Weighted block{std::vector<Worth>(2, {one_conversion, {std::int64_t{1} << 40}}),
                       {{1, 0x1p-32}, {1, 0x1.8p-31}}};
  EXPECT_EQ(check_weights(block), 0u);
}

MTA_ON_EVERY_TARGET(SplitBlock);

}  // namespace
}  // namespace mta::test

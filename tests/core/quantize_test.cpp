#include <cmath>
#include <limits>
#include <numeric>

#include "mta/core/apportion.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double huge = std::numeric_limits<double>::max();
constexpr double tiny = std::numeric_limits<double>::denorm_min();
constexpr std::uint32_t top = 1U << 31;

struct QuantizeCase {
  std::vector<double> weight;
  std::vector<std::uint32_t> quantized;
};
const QuantizeCase quantize_cases[] = {
    {{1.0}, {top}},
    {{0.25}, {top}},
    {{0.4, 0.2, 0.4}, {top, top / 2, top}},
    {{1.0, 1.0 / 3.0}, {top, 715'827'883}},  // 715827882.67
    {{3.0, 0.0, 1.5}, {top, 0, top / 2}},
    {{4294967296.0, 1.0}, {top, 1}},  // exactly one half is rounded up
    {{4294967297.0, 1.0}, {top, 0}},
    {{huge, huge / 2}, {top, top / 2}},
    {{tiny, tiny, 0.0}, {top, top, 0}},
    {{huge, tiny}, {top, 0}},
    {{-0.0, 2.0}, {0, top}},
};

TEST(Quantize, MakesTheLargestWeightTwoToTheThirtyFirst) {
  for (const QuantizeCase& test : quantize_cases) {
    std::vector<std::uint32_t> quantized(test.weight.size(), 99);
    EXPECT_TRUE(quantize_weights(test.weight, quantized));
    EXPECT_EQ(quantized, test.quantized) << test.weight.front();
  }
}

TEST(Quantize, WeightsThatAreAllZeroStayZero) {
  std::vector<std::uint32_t> quantized(2, 99);
  EXPECT_FALSE(quantize_weights(std::vector<double>{0.0, -0.0}, quantized));
  EXPECT_EQ(quantized, (std::vector<std::uint32_t>{0, 0}));
  std::vector<std::uint64_t> effects(2, 99);
  EXPECT_FALSE(quantize_effects(std::vector<double>{0.0, 0.0}, effects));
  EXPECT_EQ(effects, (std::vector<std::uint64_t>{0, 0}));
}

TEST(Quantize, RefusesWhatIsNoWeight) {
  for (const double bad : {nan_value, infinity, -infinity, -1.0, -tiny}) {
    const std::vector<double> weight{1.0, bad};
    std::vector<std::uint32_t> quantized(2);
    std::vector<std::uint64_t> effects(2);
    try {
      (void)quantize_weights(weight, quantized);
      ADD_FAILURE() << bad << " was accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Errc::invalid_weight);
    }
    EXPECT_THROW((void)quantize_effects(weight, effects), Error) << bad;
  }
}

TEST(Quantize, EffectsKeepFortyBitsOfAMillionth) {
  for (const std::size_t n :
       {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{100}, std::size_t{10'000}}) {
    std::vector<double> effects(n, 1e-6);
    effects.back() = 1.0;
    std::vector<std::uint64_t> quantized(n);
    ASSERT_TRUE(quantize_effects(effects, quantized));
    const std::uint64_t largest = quantized.back();
    EXPECT_EQ(largest & (largest - 1), 0U) << "a power of two";
    EXPECT_LE(largest, (std::uint64_t{1} << 62) / n);
    EXPECT_GT(largest, (std::uint64_t{1} << 61) / n);
    if (n == 1 || n > 100) continue;
    const double millionth = std::ldexp(1e-6, std::ilogb(static_cast<double>(largest)));
    EXPECT_EQ(quantized.front(), static_cast<std::uint64_t>(millionth + 0.5));
    EXPECT_GT(quantized.front(), std::uint64_t{1} << 34);
  }
}

TEST(Quantize, EffectsAddUpToSixtyTwoBitsAtMost) {
  const std::vector<double> effects(1'000'003, 1.0);
  std::vector<std::uint64_t> quantized(effects.size());
  ASSERT_TRUE(quantize_effects(effects, quantized));
  EXPECT_LE(std::accumulate(quantized.begin(), quantized.end(), std::uint64_t{0}),
            std::uint64_t{1} << 62);
}

}  // namespace
}  // namespace mta

#include "simd/decay_block.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "mta/core/exp2.hpp"
#include "simd/forced_targets.hpp"
#include "simd/split_block.hpp"
#include "support/synthetic_journeys.hpp"

namespace mta::test {
namespace {

class DecayBlock : public OnEveryTarget {};

constexpr std::size_t stride = simd::largest_block;

std::vector<double> weights(const std::vector<double>& age, const std::vector<std::uint64_t>& begin,
                            std::size_t touches, double half_life) {
  std::vector<double> weight(touches * stride, -1.0);
  simd::decay_block({age.data(), begin, touches}, half_life, stride, weight.data());
  return weight;
}

/// Ages that meet every branch: none, fractions, whole half-lives, and those beyond 2^-1000.
std::vector<double> ages(std::size_t count) {
  std::vector<double> age = {0, 1e-300, 0.5, 1, 1.5, 2, 7, 52.25, 999.75, 1000, 1000.5, 1e9, 1e300};
  Random random(3);
  while (age.size() < count) age.push_back(static_cast<double>(random.below(1'000'000)) / 1024.0);
  return age;
}

TEST_P(DecayBlock, GivesTheBitsOfTheOneByOneFormForAnyNumberOfJourneys) {
  const std::vector<double> age = ages(1000);
  Random random(4);
  for (const double half_life : {1.0, 3.0, 0.001, 604'800.0}) {
    for (const std::size_t journeys : std::vector<std::size_t>{1, 2, 3, 4, 7, 8, 9, 17, 63, 64}) {
      const std::size_t touches = 1 + random.below(15);
      std::vector<std::uint64_t> begin(journeys);
      for (auto& at : begin) at = random.below(age.size() - touches + 1);
      begin.front() = 0;
      begin.back() = age.size() - touches;  // nothing is read beyond the last touch
      const auto weight = weights(age, begin, touches, half_life);
      for (std::size_t j = 0; j < journeys; ++j) {
        const auto* const first = age.data() + begin[j];
        const double youngest = *std::min_element(first, first + touches);
        for (std::size_t i = 0; i < touches; ++i) {
          EXPECT_EQ(std::bit_cast<std::uint64_t>(weight[i * stride + j]),
                    std::bit_cast<std::uint64_t>(exp2_fixed(-((first[i] - youngest) / half_life))))
              << first[i] << " over " << half_life;
        }
      }
    }
  }
}

TEST_P(DecayBlock, HalvesWithEveryHalfLifeBeyondTheYoungest) {
  const auto weight = weights({1006, 10, 8, 7.5, 7, 6, 5}, {0, 2}, 5, 1.0);
  const double root = std::sqrt(0.5);
  const std::vector<double> first = {0x1p-999, 0x1p-3, 0x1p-1, root, 1};     // 7 is the youngest
  const std::vector<double> second = {0x1p-3, root / 4, 0x1p-2, 0x1p-1, 1};  // 5 is
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_DOUBLE_EQ(weight[i * stride], first[i]) << i;
    EXPECT_DOUBLE_EQ(weight[i * stride + 1], second[i]) << i;
  }
}

TEST_P(DecayBlock, WhatIsNoNumberGivesNone) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto weight = weights({3, nan, 1, nan, 2, 1}, {0, 3}, 3, 1.0);
  EXPECT_TRUE(std::isnan(weight[stride]));
  EXPECT_TRUE(std::isnan(weight[1]));
}

MTA_ON_EVERY_TARGET(DecayBlock);

}  // namespace
}  // namespace mta::test

#include "simd/block_inverse.hpp"

#include <vector>

#include "simd/aligned_numbers.hpp"
#include "simd/forced_targets.hpp"
#include "support/synthetic_journeys.hpp"

namespace mta::test {
namespace {

/// Q and who leaves, column by column, of states that lead to all others.
std::vector<double> chain_of(std::size_t n) {
  Random random(n);
  std::vector<double> all(n * (n + 1));
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 0;
    for (std::size_t j = 0; j <= n; ++j) {
      if (i == j) continue;
      sum += all[j * n + i] = static_cast<double>(1 + random.below(1'000'000));
    }
    for (std::size_t j = 0; j <= n; ++j) all[j * n + i] /= sum;
    all[i * n + i] = -7;  // what the diagonal holds is ignored
  }
  return all;
}

std::vector<double> inverted(const std::vector<double>& all, std::size_t n) {
  const std::size_t stride = simd::AlignedNumbers::whole_lines(n);
  simd::AlignedNumbers numbers(stride * (n + 1));
  std::fill_n(numbers.data(), stride * (n + 1), 0.0);
  const simd::Matrix block{numbers.data(), n, n + 1, stride};
  for (std::size_t j = 0; j <= n; ++j) std::copy_n(&all[j * n], n, &block(0, j));
  simd::invert_block(block);
  std::vector<double> result;
  for (std::size_t j = 0; j < n; ++j) result.insert(result.end(), &block(0, j), &block(n, j));
  return result;
}

class BlockInverse : public OnEveryTarget {};

TEST_P(BlockInverse, InvertsAsWorkedByHand) {
  // A goes to B or leaves, half and half; of B's, a quarter goes to A. 1 - 1/2 * 1/4 = 7/8.
  const std::vector<double> visits = inverted({0, 0.25, 0.5, 0, 0.5, 0.75}, 2);
  const double expected[] = {8.0 / 7, 2.0 / 7, 4.0 / 7, 8.0 / 7};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_DOUBLE_EQ(visits[i], expected[i]);
  EXPECT_EQ(inverted({0, 0.25}, 1), (std::vector<double>{4.0}));
}

TEST_P(BlockInverse, TimesWhatWasInvertedIsOne) {
  for (const std::size_t n : {1u, 2u, 3u, 8u, 9u, 20u, 32u, 63u, 64u}) {
    const std::vector<double> q = chain_of(n), visits = inverted(q, n);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        long double sum = i == j ? 1 : 0;  // N = 1 + N Q
        for (std::size_t k = 0; k < n; ++k) {
          if (k != j) sum += static_cast<long double>(visits[k * n + i]) * q[j * n + k];
        }
        EXPECT_NEAR(static_cast<double>(sum / visits[j * n + i]), 1.0, 1e-13) << n;
      }
    }
  }
}

TEST_P(BlockInverse, KeepsItsDigitsWhereHardlyAnythingLeaves) {
  constexpr double leave = 1e-200;  // from A, that always goes to B, that always goes to A
  const std::vector<double> visits = inverted({0, 1, 1, 0, leave, 0}, 2);
  for (const double v : visits) EXPECT_NEAR(v * leave, 1.0, 1e-15);
}

TEST_P(BlockInverse, HasTheSameBitsOnEveryTarget) {
  for (const std::size_t n : {5u, 20u, 33u, 64u}) {
    const std::vector<double> here = inverted(chain_of(n), n);
    std::vector<double> plain = chain_of(n);  // as the steps read, one entry after the other
    for (std::size_t k = 0; k < n; ++k) {
      double sum[4] = {plain[n * n + k], 0, 0, 0};
      const std::size_t fours = (n - k - 1) / 4 * 4;
      for (std::size_t j = k + 1; j < n; ++j) {
        const std::size_t at = j - k - 1;
        sum[at < fours ? at % 4 : at - fours] += plain[j * n + k];
      }
      const double again = 1.0 / ((sum[0] + sum[1]) + (sum[2] + sum[3]));
      for (std::size_t i = 0; i < n; ++i)
        plain[k * n + i] = i == k ? again : plain[k * n + i] * again;
      for (std::size_t j = 0; j <= n; ++j) {
        if (j == k) continue;
        const double onward = plain[j * n + k];
        for (std::size_t i = 0; i < n; ++i) {
          double& entry = plain[j * n + i];
          entry = i == k ? onward * again : entry + onward * plain[k * n + i];
        }
      }
    }
    plain.resize(n * n);
    EXPECT_EQ(here, plain) << n;
  }
}

MTA_ON_EVERY_TARGET(BlockInverse);

}  // namespace
}  // namespace mta::test

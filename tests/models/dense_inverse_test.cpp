#include "models/dense_inverse.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "simd/targets.hpp"
#include "support/synthetic_journeys.hpp"

namespace mta::test {
namespace {

/// n states, each of which leads to some others and out; below them a row, beside them leaving and
/// a column.
struct Chain {
  explicit Chain(std::size_t states) : n(states), all((n + 1) * (n + 2)) {
    Random random(n);
    for (std::size_t i = 0; i < n; ++i) {
      double sum = 0;
      for (std::size_t j = 0; j <= n; ++j) {
        if (i != j && (j == n || random.below(3) != 0)) {
          sum += at(i, j) = static_cast<double>(1 + random.below(1'000'000));
        }
      }
      for (std::size_t j = 0; j <= n; ++j) at(i, j) /= sum;
      at(i, n + 1) = static_cast<double>(random.below(100));
      at(n, i) = static_cast<double>(random.below(100));
    }
  }

  [[nodiscard]] double& at(std::size_t i, std::size_t j) { return all[j * (n + 1) + i]; }
  Chain& invert(Visits wanted) {
    invert_transient({all.data(), n + 1, n + 2, n + 1}, n, wanted);
    return *this;
  }

  std::size_t n;
  std::vector<double> all;
};

constexpr std::size_t sizes[] = {1, 2, 20, 31, 32, 33, 65, 100, 513, 577};

TEST(DenseInverse, TimesWhatWasInvertedIsOne) {
  for (const std::size_t n : sizes) {
    Chain q(n), visits = Chain(n).invert(Visits::all);
    for (std::size_t i = 0; i < n; i += 1 + n / 50) {
      for (std::size_t j = 0; j < n; j += 1 + n / 40) {
        long double sum = i == j ? 1 : 0;  // N = 1 + N Q
        for (std::size_t k = 0; k < n; ++k) {
          if (k != j) sum += static_cast<long double>(visits.at(i, k)) * q.at(k, j);
        }
        ASSERT_NEAR(static_cast<double>(sum), visits.at(i, j), 1e-13 * visits.at(i, j)) << n;
      }
    }
  }
}

TEST(DenseInverse, MultipliesRowsAndColumnsBesideIt) {
  for (const std::size_t n : sizes) {
    Chain q(n), result = Chain(n).invert(Visits::to_itself), visits = Chain(n).invert(Visits::all);
    long double both = 0;
    for (std::size_t i = 0; i < n; ++i) {
      long double row = 0, column = 0;
      for (std::size_t k = 0; k < n; ++k) {
        row += static_cast<long double>(q.at(n, k)) * visits.at(k, i);
        column += static_cast<long double>(visits.at(i, k)) * q.at(k, n + 1);
      }
      both += row * q.at(i, n + 1);
      ASSERT_NEAR(result.at(n, i), static_cast<double>(row), 1e-13 * static_cast<double>(row)) << n;
      ASSERT_NEAR(result.at(i, n + 1), static_cast<double>(column),
                  1e-13 * static_cast<double>(column))
          << n;
    }
    EXPECT_NEAR(result.at(n, n + 1), static_cast<double>(both), 1e-13 * static_cast<double>(both));
  }
}

TEST(DenseInverse, KnowsTheVisitsToItselfWithoutAllOthers) {
  for (const std::size_t n : sizes) {
    Chain few = Chain(n).invert(Visits::to_itself), all = Chain(n).invert(Visits::all);
    for (std::size_t i = 0; i < n; ++i)
      ASSERT_NEAR(few.at(i, i), all.at(i, i), 1e-14 * all.at(i, i));
  }
}

TEST(DenseInverse, HasTheSameBitsOnEveryTarget) {
  for (const std::size_t n : {20u, 100u, 520u}) {
    for (const Visits wanted : {Visits::all, Visits::to_itself}) {
      const std::vector<double> here = Chain(n).invert(wanted).all;
      for (const std::string& target : simd::targets()) {
        const simd::ForcedTarget forced(target);
        EXPECT_EQ(Chain(n).invert(wanted).all, here) << target << ' ' << n;
      }
    }
  }
}

/// Each state leads on to the next alone, and the last nearly always back to the first.
TEST(DenseInverse, KeepsItsDigitsWhereHardlyAnythingLeaves) {
  constexpr std::size_t n = 70;
  constexpr double leave = 1e-14;
  Chain ring(n);
  std::fill(ring.all.begin(), ring.all.end(), 0.0);
  for (std::size_t i = 0; i < n; ++i) ring.at(i, (i + 1) % n) = 1;
  ring.at(n - 1, n) = leave;  // beside 1 to the first: 1 in 1 + 1e-14 goes there
  ring.invert(Visits::all);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      // Rounds go on 1 / leave times; who is past j has one less to come there.
      const double expected = (1 + leave) / leave - (j < i ? 1 : 0);
      EXPECT_NEAR(ring.at(i, j) / expected, 1.0, 1e-13) << i << ' ' << j;
    }
  }
}

}  // namespace
}  // namespace mta::test

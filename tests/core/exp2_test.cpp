#include "mta/core/exp2.hpp"

#include <cmath>
#include <limits>
#include <random>

namespace mta {
namespace {

TEST(Exp2, IsExactAtWholeNumbers) {
  for (int n = 0; n >= -1'000; --n) EXPECT_EQ(exp2_fixed(n), std::ldexp(1.0, n)) << n;
  EXPECT_EQ(exp2_fixed(0.0), 1.0);
  EXPECT_EQ(exp2_fixed(-0.0), 1.0);
}

TEST(Exp2, VanishesBelowMinusAThousand) {
  EXPECT_EQ(exp2_fixed(std::nextafter(-1'000.0, -2'000.0)), 0.0);
  EXPECT_EQ(exp2_fixed(-1e6), 0.0);
  EXPECT_EQ(exp2_fixed(-std::numeric_limits<double>::infinity()), 0.0);
  EXPECT_EQ(exp2_fixed(std::numeric_limits<double>::lowest()), 0.0);
  EXPECT_TRUE(std::isnan(exp2_fixed(std::numeric_limits<double>::quiet_NaN())));
}

double relative_error(double x) {
  const long double exact = std::exp2(static_cast<long double>(x));
  return static_cast<double>(std::abs((static_cast<long double>(exp2_fixed(x)) - exact) / exact));
}

TEST(Exp2, StaysWithinItsBound) {
  double worst = 0;
  for (int i = 0; i <= 1'000'000; ++i) worst = std::max(worst, relative_error(-i / 1e6));
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> wide(-1'000.0, 0.0), small(-0.001, 0.0);
  for (int i = 0; i < 1'000'000; ++i) {
    worst = std::max({worst, relative_error(wide(random)), relative_error(small(random))});
  }
  EXPECT_LE(worst, 4e-16);
  EXPECT_GT(worst, 1e-17);
}

TEST(Exp2, NeverRisesWithAge) {
  double before = exp2_fixed(0.0);
  for (int i = 1; i <= 10'000'000; ++i) {
    const double now = exp2_fixed(-i / 1e6);
    ASSERT_LE(now, before) << i;
    before = now;
  }
}

TEST(Exp2, JoinsItsPiecesWithoutAStep) {
  for (int n = 0; n < 100; ++n) {  // the polynomial changes its argument from 1/2 to -1/2 here
    double x = -n - 0.5;
    for (int i = 0; i < 8; ++i) x = std::nextafter(x, 0.0);
    double before = exp2_fixed(x);
    for (int i = 0; i < 16; ++i) {
      x = std::nextafter(x, -2'000.0);
      const double now = exp2_fixed(x);
      EXPECT_LE(now, before) << x;
      before = now;
    }
  }
}

}  // namespace
}  // namespace mta

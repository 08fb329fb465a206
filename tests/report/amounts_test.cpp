#include "report/amounts.hpp"

#include <limits>

namespace mta::report {
namespace {

constexpr Micros most{std::numeric_limits<std::int64_t>::max()};
constexpr Micros least{std::numeric_limits<std::int64_t>::min()};

TEST(Grouped, PutsACommaBeforeEveryThreeDigits) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1'000), "1,000");
  EXPECT_EQ(grouped(1'234'567), "1,234,567");
}

TEST(Rounded, HasTwoPlacesHalvesAwayFromZero) {
  EXPECT_EQ(rounded({0}), "0.00");
  EXPECT_EQ(rounded({4'999}), "0.00");
  EXPECT_EQ(rounded({5'000}), "0.01");
  EXPECT_EQ(rounded({-5'000}), "-0.01");
  EXPECT_EQ(rounded({999'995'000}), "1,000.00");
  EXPECT_EQ(rounded(most), "9,223,372,036,854.78");
  EXPECT_EQ(rounded(least), "-9,223,372,036,854.78");
}

TEST(Exact, DropsTrailingZerosBeyondThePlacesAskedFor) {
  EXPECT_EQ(exact({5'000'000}, 0), "5");
  EXPECT_EQ(exact({1'234'500'000}, 2), "1,234.50");
  EXPECT_EQ(exact({74'802'971'584}, 2), "74,802.971584");
  EXPECT_EQ(exact({-1}, 0), "-0.000001");
}

TEST(Share, IsRoundedToATenthOfAPercent) {
  EXPECT_EQ(share({1}, {3}), "33.3%");
  EXPECT_EQ(share({1}, {2'000}), "0.1%");  // 0.05 %: a half goes up
  EXPECT_EQ(share({-1}, {3}), "-33.3%");
  EXPECT_EQ(share({-1}, {1'000'000}), "0.0%");
  EXPECT_EQ(share(most, most), "100.0%");
}

TEST(Share, OfNothingIsNoNumber) {
  EXPECT_EQ(share({0}, {0}), "-");
  EXPECT_EQ(share({1}, {-3}), "-");
}

TEST(Difference, HasASignUnlessThereIsNone) {
  EXPECT_EQ(difference({5'200'000}, {0}), "+5.20");
  EXPECT_EQ(difference({0}, {3'100'000}), "-3.10");
  EXPECT_EQ(difference({7}, {7}), "0.00");
  EXPECT_EQ(difference({7}, {6}), "+0.00");
}

}  // namespace
}  // namespace mta::report

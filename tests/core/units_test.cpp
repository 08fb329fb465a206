#include "mta/core/units.hpp"

#include <limits>

#include "mta/core/ids.hpp"

namespace mta {
namespace {

TEST(Units, DurationsAreSeconds) {
  EXPECT_EQ(hours(1.5).count(), 5'400.0);
  EXPECT_EQ(days(2).count(), 172'800.0);
}

TEST(Units, ElapsedIsRoundedOnce) {
  EXPECT_EQ(elapsed({1'000'000}, {3'500'000}).count(), 2.5);
  EXPECT_EQ(elapsed({0}, {1}).count(), 1e-6);
  EXPECT_EQ(elapsed({5}, {5}).count(), 0.0);
}

TEST(Units, AmountsAddAndSubtract) {
  Micros amount{5};
  amount += Micros{7};
  EXPECT_EQ(amount, Micros{12});
  amount -= Micros{20};
  EXPECT_EQ(amount, Micros{-8});
  EXPECT_LT(Micros{-1}, Micros{0});
}

TEST(Units, AmountsWrapWithoutUndefinedBehaviour) {
  constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
  EXPECT_EQ(Micros{largest} + Micros{1}, Micros{smallest});
  EXPECT_EQ(Micros{smallest} - Micros{1}, Micros{largest});
  EXPECT_EQ(Micros{0} - Micros{smallest}, Micros{smallest});
}

TEST(Units, WorthIsAddedByItsParts) {
  Worth worth{{1}, {2}};
  worth += {{10}, {20}};
  EXPECT_EQ(worth, (Worth{{11}, {22}}));
  worth -= {{1}, {30}};
  EXPECT_EQ(worth, (Worth{{10}, {-8}}));
}

TEST(Units, IdsAreIndices) {
  EXPECT_EQ(index(ChannelId{7}), 7U);
  EXPECT_EQ(index(CellId{0}), 0U);
}

}  // namespace
}  // namespace mta

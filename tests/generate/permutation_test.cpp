#include "generate/permutation.hpp"

#include <set>

namespace mta::bench {
namespace {

TEST(Permutation, HasEveryNumberOnceAndIsUndone) {
  for (const std::uint64_t n : {1u, 2u, 3u, 4u, 5u, 63u, 64u, 65u, 1'000u}) {
    const Permutation order(n, 7);
    std::set<std::uint64_t> seen;
    for (std::uint64_t i = 0; i < n; ++i) {
      const std::uint64_t number = order.at(i);
      EXPECT_LT(number, n);
      EXPECT_EQ(order.index_of(number), i);
      seen.insert(number);
    }
    EXPECT_EQ(seen.size(), n);
  }
}

TEST(Permutation, IsUndoneForLargeNumbersToo) {
  const std::uint64_t n = (std::uint64_t{1} << 40) - 12'345;
  const Permutation order(n, 8);
  for (std::uint64_t i = 0; i < n; i += n / 1'000) EXPECT_EQ(order.index_of(order.at(i)), i);
}

TEST(Permutation, DependsOnItsSeed) {
  const Permutation one(1'000, 1), two(1'000, 2);
  int same = 0;
  for (std::uint64_t i = 0; i < 1'000; ++i) {
    if (one.at(i) == two.at(i)) ++same;
  }
  EXPECT_LT(same, 20);  // one is expected by chance
}

// The first three numbers of splitmix64 from seed 1234567, as its author's test vectors have them.
TEST(Mix, IsSplitmix64) {
  EXPECT_EQ(mix(1'234'567), 6'457'827'717'110'365'317u);
  EXPECT_EQ(mix(1'234'567 + 0x9E3779B97F4A7C15), 3'203'168'211'198'807'973u);
}

}  // namespace
}  // namespace mta::bench

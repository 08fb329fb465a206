#include "mta/core/apportion.hpp"

#include <limits>
#include <numeric>
#include <random>

namespace mta {
namespace {

__extension__ typedef unsigned __int128 Wide;

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

std::uint64_t size_of(std::int64_t amount) {
  return amount < 0 ? 0 - static_cast<std::uint64_t>(amount) : static_cast<std::uint64_t>(amount);
}

/// size * part / total and what is left of it. The product is below 2^127.
std::pair<std::uint64_t, std::uint64_t> divided(std::uint64_t size, std::uint64_t part,
                                                std::uint64_t total) {
  const Wide product = Wide{size} * part;
  return {static_cast<std::uint64_t>(product / total), static_cast<std::uint64_t>(product % total)};
}

/// Law 1 by its definition: a quotient, and one more where what is left is at least a half.
std::uint64_t rounded(std::uint64_t size, std::uint64_t part, std::uint64_t total) {
  const auto [quotient, left] = divided(size, part, total);
  return quotient + (left >= total - left ? 1 : 0);
}

std::vector<Micros> oracle(std::int64_t amount, const std::vector<std::uint64_t>& weight) {
  const std::uint64_t total = std::accumulate(weight.begin(), weight.end(), std::uint64_t{0});
  std::vector<Micros> parts;
  std::uint64_t sum = 0;
  for (const std::uint64_t w : weight) {
    const std::uint64_t part =
        rounded(size_of(amount), sum + w, total) - rounded(size_of(amount), sum, total);
    sum += w;
    parts.push_back({static_cast<std::int64_t>(amount < 0 ? 0 - part : part)});
  }
  return parts;
}

std::vector<Micros> split(std::int64_t amount, const std::vector<std::uint64_t>& weight) {
  std::vector<Micros> part(weight.size(), Micros{99});
  EXPECT_TRUE(apportion_sums(Micros{amount}, weight, part));
  return part;
}

void expect_law_one(std::int64_t amount, const std::vector<std::uint64_t>& weight) {
  const std::vector<Micros> parts = split(amount, weight);
  ASSERT_EQ(parts, oracle(amount, weight)) << amount << " over " << weight.size();
  const std::uint64_t total = std::accumulate(weight.begin(), weight.end(), std::uint64_t{0});
  RunningSplit one_by_one(Micros{amount}, total);
  for (std::size_t i = 0; i < parts.size(); ++i) ASSERT_EQ(one_by_one.next(weight[i]), parts[i]);
  Micros sum{0};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    sum += parts[i];
    const std::uint64_t size = size_of(parts[i].units);
    ASSERT_TRUE(parts[i].units == 0 || (parts[i].units < 0) == (amount < 0));
    const auto [floor, left] = divided(size_of(amount), weight[i], total);
    ASSERT_LE(size, floor + 1);
    ASSERT_GE(size + 1, floor + (left == 0 ? 0 : 1));
  }
  ASSERT_EQ(sum, Micros{amount});
  if (amount == smallest) return;
  const std::vector<Micros> opposite = split(-amount, weight);
  for (std::size_t i = 0; i < parts.size(); ++i) ASSERT_EQ(opposite[i].units, -parts[i].units);
}

struct ApportionCase {
  std::int64_t amount;
  std::vector<std::uint32_t> weight;
  std::vector<std::int64_t> parts;
};
const ApportionCase apportion_cases[] = {
    {7, {1}, {7}},
    {1'000'000, {1, 1, 1}, {333'333, 333'334, 333'333}},  // 333333.3, 666666.7, 1000000
    {1, {1, 1}, {1, 0}},                                  // a half is rounded away from zero
    {-1, {1, 1}, {-1, 0}},
    {3, {1, 1}, {2, 1}},
    {1, {1, 1, 1}, {0, 1, 0}},
    {2, {1, 1, 1, 1}, {1, 0, 1, 0}},
    {10, {0, 3, 0, 1}, {0, 8, 0, 2}},
    {-10, {3, 1}, {-8, -2}},
    {0, {5, 6}, {0, 0}},
    {100, {2, 1, 2}, {40, 20, 40}},
    {largest, {1, 1}, {4'611'686'018'427'387'904, 4'611'686'018'427'387'903}},
    {smallest, {1, 1}, {smallest / 2, smallest / 2}},
    {smallest, {1}, {smallest}},
    {smallest, {0, 1U << 31}, {0, smallest}},
};

TEST(Apportion, SplitsAsWorkedByHand) {
  for (const ApportionCase& test : apportion_cases) {
    std::vector<Micros> part(test.weight.size()), expected;
    for (const std::int64_t units : test.parts) expected.push_back({units});
    EXPECT_TRUE(apportion({test.amount}, test.weight, part));
    EXPECT_EQ(part, expected) << test.amount << " over " << test.weight.size();
  }
}

TEST(Apportion, WeightsThatAreAllZeroTakeNothing) {
  for (const std::int64_t amount : {std::int64_t{0}, std::int64_t{5}, smallest, largest}) {
    std::vector<Micros> part(3, Micros{99});
    EXPECT_FALSE(apportion({amount}, std::vector<std::uint32_t>(3, 0), part));
    EXPECT_EQ(part, std::vector<Micros>(3, Micros{0}));
    EXPECT_FALSE(apportion_sums({amount}, std::vector<std::uint64_t>(3, 0), part));
  }
}

TEST(Apportion, KeepsLawOneAtTheEdgesOfItsTypes) {
  constexpr std::uint64_t all = std::numeric_limits<std::uint64_t>::max();
  constexpr std::uint64_t half = std::uint64_t{1} << 63;
  const std::vector<std::vector<std::uint64_t>> weights{{all},
                                                        {half},
                                                        {half - 1, half},
                                                        {1, all - 1},
                                                        {all - 1, 1},
                                                        {half / 2, half / 2, half / 2},
                                                        {1, 1, 1, 1, 1, 1, 1},
                                                        {0, all, 0},
                                                        {all / 4, 1},
                                                        {all / 4 + 1}};
  for (const std::vector<std::uint64_t>& weight : weights) {
    for (const std::int64_t amount :
         {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{2}, largest, -largest,
          smallest, largest - 1, std::int64_t{1} << 62}) {
      expect_law_one(amount, weight);
    }
  }
}

TEST(Apportion, KeepsLawOneOverRandomWeights) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const std::size_t n = 1 + random() % (i % 100 == 0 ? 500 : 12);
    std::vector<std::uint64_t> weight(n);
    for (std::uint64_t& w : weight) w = (random() >> 33) >> (random() % 32);  // below 2^31
    if (random() % 2 == 0) weight[random() % n] = 0;
    weight[random() % n] = std::uint64_t{1} << 31;
    std::int64_t amount = static_cast<std::int64_t>(random() >> (random() % 64));
    if (i % 5 == 0) amount = largest - static_cast<std::int64_t>(random() % 3);
    expect_law_one(i % 2 == 0 ? amount : amount == smallest ? smallest : -amount, weight);
    const std::vector<std::uint32_t> narrow(weight.begin(), weight.end());
    std::vector<Micros> part(n);
    ASSERT_TRUE(apportion({amount}, narrow, part));
    ASSERT_EQ(part, oracle(amount, weight));
  }
}

TEST(Apportion, KeepsLawOneOverSumsOfSixtyFourBits) {
  std::mt19937_64 random(11);
  for (int i = 0; i < 5'000; ++i) {
    const std::size_t n = 1 + random() % 16;
    std::vector<std::uint64_t> weight(n);
    for (std::uint64_t& w : weight) w = (random() >> (random() % 64)) / n;
    weight[0] += 1;
    expect_law_one(static_cast<std::int64_t>(random() >> (random() % 64)), weight);
  }
}

TEST(Apportion, OverAMillionTouchesAddsUp) {
  const std::vector<std::uint32_t> weight(1'000'000, 1U << 31);
  std::vector<Micros> part(weight.size());
  for (const std::int64_t amount : {std::int64_t{1}, std::int64_t{999'999}, largest, -largest}) {
    ASSERT_TRUE(apportion({amount}, weight, part));
    Micros sum{0};
    for (const Micros& share : part) sum += share;
    EXPECT_EQ(sum, Micros{amount});
  }
}

}  // namespace
}  // namespace mta

#include "mta/models/transition_counts.hpp"

#include <gtest/gtest.h>

#include <map>

#include "support/synthetic_journeys.hpp"

namespace mta::test {
namespace {

class TransitionCountsOf : public testing::TestWithParam<std::size_t> {};

TEST_P(TransitionCountsOf, AgreeWithAMap) {
  const std::size_t channels = GetParam();
  TransitionCounts counts(channels);
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> expected;
  Random random(3);
  for (int i = 0; i < 20'000; ++i) {
    const auto from = static_cast<std::uint32_t>(random.below(channels));
    const auto to = static_cast<std::uint32_t>((from + 1 + random.below(channels - 1)) % channels);
    const std::uint64_t count = random.below(3);  // 0 leaves no trace
    counts.add(from, to, count);
    if (count != 0) expected[{from, to}] += count;
  }
  std::vector<TransitionCounts::Transition> sorted;
  for (const auto& [pair, count] : expected) sorted.push_back({pair.first, pair.second, count});
  EXPECT_EQ(counts.sorted(), sorted);
  EXPECT_EQ(counts.count(sorted[0].from, sorted[0].to), sorted[0].count);

  TransitionCounts copy(channels);
  for (std::size_t i = sorted.size(); i-- > 0;)
    copy.add(sorted[i].from, sorted[i].to, sorted[i].count);
  EXPECT_EQ(copy, counts) << "whatever the order";
  copy.subtract(counts);
  EXPECT_EQ(copy, TransitionCounts(channels));
  EXPECT_TRUE(counts.contains(copy));
  EXPECT_FALSE(copy.contains(counts));
}

INSTANTIATE_TEST_SUITE_P(Channels, TransitionCountsOf,
                         testing::Values(2, 12, TransitionCounts::largest_table,
                                         TransitionCounts::largest_table + 1, 100'000));

}  // namespace
}  // namespace mta::test

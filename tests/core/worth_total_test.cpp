#include "mta/core/worth_total.hpp"

#include <limits>

#include "mta/core/error.hpp"

namespace mta {
namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

WorthTotal total_of(const std::vector<Worth>& worths) {
  WorthTotal total;
  for (const Worth& worth : worths) total.add(worth);
  return total;
}

struct TotalCase {
  std::string name;
  std::vector<Worth> worths;
  bool fits;
  Worth sum;
};
const TotalCase total_cases[] = {
    {"nothing", {}, true, {}},
    {"a sale and a refund", {{{1}, {500}}, {{0}, {-200}}}, true, {{1}, {300}}},
    {"all there is room for", {{{largest}, {-largest}}}, true, {{largest}, {-largest}}},
    {"value, one too many", {{{0}, {largest}}, {{0}, {1}}}, false, {}},
    {"conversions, one too many", {{{largest}, {0}}, {{1}, {0}}}, false, {}},
    {"a sum that fits of sizes that do not", {{{0}, {largest}}, {{0}, {-1}}}, false, {}},
    {"sizes far beyond 64 bits",
     {{{0}, {smallest}}, {{0}, {smallest}}, {{0}, {smallest}}},
     false,
     {}},
    {"minus 2^63", {{{0}, {smallest}}}, false, {}},
};

TEST(WorthTotal, FitsWhereTheSumOfSizesDoes) {
  for (const TotalCase& test : total_cases) {
    const WorthTotal total = total_of(test.worths);
    if (test.fits) {
      EXPECT_EQ(total.checked("goal"), test.sum) << test.name;
      continue;
    }
    try {
      (void)total.checked("goal 'sale'");
      ADD_FAILURE() << test.name;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Errc::overflow) << test.name;
      EXPECT_THAT(error.what(), testing::HasSubstr("goal 'sale'")) << test.name;
    }
  }
}

TEST(WorthTotal, MergingPartsEqualsOnePass) {
  std::vector<Worth> worths;
  for (std::int64_t i = -50; i < 50; ++i) worths.push_back({{i * i}, {i * 1'000'003}});
  const Worth whole = total_of(worths).checked("all");
  for (const std::ptrdiff_t cut : {0, 1, 50, 100}) {
    WorthTotal left = total_of({worths.begin(), worths.begin() + cut});
    left.merge(total_of({worths.begin() + cut, worths.end()}));
    EXPECT_EQ(left.checked("all"), whole) << "cut at " << cut;
  }
}

TEST(WorthTotal, MergedSizesOverflowTogether) {
  WorthTotal total = total_of({{{0}, {largest}}});
  total.merge(total_of({{{0}, {-1}}}));
  EXPECT_THROW((void)total.checked("all"), Error);
}

}  // namespace
}  // namespace mta

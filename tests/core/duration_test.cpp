#include "mta/core/duration.hpp"

#include <optional>

namespace mta {
namespace {

constexpr std::int64_t second = 1'000'000, minute = 60 * second, hour = 60 * minute;
constexpr std::int64_t day = 24 * hour, week = 7 * day;

struct DurationCase {
  std::string text;
  std::optional<std::int64_t> microseconds;
};
const DurationCase duration_cases[] = {
    {"30d", 30 * day},
    {"12h", 12 * hour},
    {"90m", 90 * minute},
    {"90 m", 90 * minute},
    {" 90m ", 90 * minute},
    {"10s", 10 * second},
    {"1.5w", week + week / 2},
    {"0.5d", 12 * hour},
    {".25h", 15 * minute},
    {"0s", 0},
    {"0.000001s", 1},
    {"0.0000004s", 0},
    {"1e3s", 1'000 * second},
    {"73200000d", 200'000 * 366 * day},
    {"73200001d", std::nullopt},
    {"1e12w", std::nullopt},
    {"1e300s", std::nullopt},
    {"-1d", std::nullopt},
    {"nand", std::nullopt},
    {"d", std::nullopt},
    {"", std::nullopt},
    {" ", std::nullopt},
    {"30", std::nullopt},
    {"30 days", std::nullopt},
    {"30D", std::nullopt},
    {"3d12h", std::nullopt},
    {"unlimited", std::nullopt},
};

TEST(Duration, IsReadAsTheTableSays) {
  for (const DurationCase& test : duration_cases) {
    EXPECT_EQ(parse_duration(test.text), test.microseconds) << '"' << test.text << '"';
  }
}

struct SpellingCase {
  std::int64_t microseconds;
  std::string text;
};
const SpellingCase spelling_cases[] = {
    {0, "0s"},
    {30 * day, "30d"},
    {week, "7d"},
    {36 * hour, "36h"},
    {90 * minute, "90m"},
    {61 * second, "61s"},
    {1, "0.000001s"},
    {2 * second + 500'000, "2.5s"},
    {-day, "-1d"},
    {-500'000, "-0.5s"},
};

TEST(Duration, IsSpelledInTheLargestUnitThatDividesIt) {
  for (const SpellingCase& test : spelling_cases) {
    EXPECT_EQ(format_duration(test.microseconds), test.text);
    if (test.microseconds >= 0) {
      EXPECT_EQ(parse_duration(test.text), test.microseconds) << test.text;
    }
  }
}

}  // namespace
}  // namespace mta

#include "mta/core/decimal.hpp"

#include <cmath>
#include <limits>
#include <random>

namespace mta {
namespace {

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr auto ok = DecimalStatus::ok;
constexpr auto empty = DecimalStatus::empty;
constexpr auto malformed = DecimalStatus::malformed;
constexpr auto not_finite = DecimalStatus::not_finite;
constexpr auto overflow = DecimalStatus::overflow;

struct DecimalCase {
  std::string text;
  DecimalStatus status = ok;
  std::int64_t units = 0;
};

const std::string zeros(10'000, '0');
const std::string nines(10'000, '9');

const DecimalCase decimal_cases[] = {
    {"0", ok, 0},
    {"1", ok, 1'000'000},
    {"-1", ok, -1'000'000},
    {"+1", ok, 1'000'000},
    {"-0", ok, 0},
    {" 12 ", ok, 12'000'000},
    {"\t12\t", ok, 12'000'000},
    {"12.345", ok, 12'345'000},
    {"12.", ok, 12'000'000},
    {"+.5", ok, 500'000},
    {"-.000001", ok, -1},
    {"0.1", ok, 100'000},
    {"007", ok, 7'000'000},
    // half away from zero at the seventh digit, whatever follows
    {"0.0000005", ok, 1},
    {"-0.0000005", ok, -1},
    {"0.00000049999999", ok, 0},
    {"-0.00000049999999", ok, 0},
    {"0.0000014999999", ok, 1},
    {"0.0000015", ok, 2},
    {"-2.0000025", ok, -2'000'003},
    {"0.9999995", ok, 1'000'000},
    {"0.99999949", ok, 999'999},
    // exponents
    {"1e3", ok, 1'000'000'000},
    {"1E+3", ok, 1'000'000'000},
    {"1.5e-3", ok, 1'500},
    {"123456789e-9", ok, 123'457},
    {"0.000123e6", ok, 123'000'000},
    {"1e-6", ok, 1},
    {"5e-7", ok, 1},
    {"4.9e-7", ok, 0},
    {"1e-7", ok, 0},
    {"9e-8", ok, 0},
    {"1e-300", ok, 0},
    {"1e-99999999999999999999", ok, 0},
    {"0e99999999999999999999", ok, 0},
    {"0.0e300", ok, 0},
    {"1e0", ok, 1'000'000},
    // the largest amount
    {"9223372036854.775807", ok, largest},
    {"-9223372036854.775807", ok, -largest},
    {"9223372036854.7758074999", ok, largest},
    {"9223372036854775807e-6", ok, largest},
    {"9223372036854.7758075", overflow},
    {"-9223372036854.7758075", overflow},
    {"9223372036854.775808", overflow},
    {"-9223372036854.775808", overflow},
    {"9223372036855", overflow},
    {"1e300", overflow},
    {"-1e300", overflow},
    {"1e99999999999999999999", overflow},
    // ten thousand digits
    {nines, overflow},
    {zeros + "1", ok, 1'000'000},
    {"1." + zeros + "1", ok, 1'000'000},
    {"0." + nines, ok, 1'000'000},
    {"0." + zeros + "1e10001", ok, 1'000'000},
    {"1" + zeros + "e-10000", ok, 1'000'000},
    {"1" + zeros, overflow},
    // what is not finite, and what is no number
    {"nan", not_finite},
    {"NaN", not_finite},
    {"-NAN", not_finite},
    {"inf", not_finite},
    {"+Inf", not_finite},
    {"-Infinity", not_finite},
    {"INFINITY ", not_finite},
    {"", empty},
    {" \t ", empty},
    {".", malformed},
    {"-", malformed},
    {"+", malformed},
    {"- 1", malformed},
    {"--1", malformed},
    {"e5", malformed},
    {"1e", malformed},
    {"1e+", malformed},
    {"1e5.0", malformed},
    {"1e 5", malformed},
    {"1.2.3", malformed},
    {"1,5", malformed},
    {"1_000", malformed},
    {"0x10", malformed},
    {"12 EUR", malformed},
    {"nano", malformed},
    {"infinit", malformed},
    {"1\n", malformed},
    {std::string("1\0", 2), malformed},
    {"\xEF\xBC\x91", malformed},
};

TEST(Decimal, IsReadAsTheTableSays) {
  for (const DecimalCase& test : decimal_cases) {
    const ParsedMicros parsed = parse_micros(test.text);
    const std::string shown = test.text.substr(0, 40);
    EXPECT_EQ(parsed.status, test.status) << '"' << shown << '"';
    EXPECT_EQ(parsed.value.units, test.units) << '"' << shown << '"';
  }
}

// A sign keeps a text from the shortcut for short amounts and says the same.
TEST(Decimal, ShortAmountsAreReadAsAnyOther) {
  std::mt19937_64 random(7);
  const std::string_view characters = "0123456789012345678901234567890123456789..e -x";
  for (int i = 0; i < 200'000; ++i) {
    std::string text(1, static_cast<char>('0' + random() % 10));
    for (auto size = random() % 21; size > 0; --size) {
      text += characters[random() % (i % 2 == 0 ? characters.size() - 4 : 11)];
    }
    const ParsedMicros expected = parse_micros('+' + text), parsed = parse_micros(text);
    ASSERT_EQ(parsed.status, expected.status) << text;
    ASSERT_EQ(parsed.value, expected.value) << text;
  }
  EXPECT_EQ(parse_micros("999999999999.999999").value.units, 999'999'999'999'999'999);
}

struct FormatCase {
  std::int64_t units;
  std::string text;
};
const FormatCase format_cases[] = {
    {0, "0.000000"},
    {1, "0.000001"},
    {-1, "-0.000001"},
    {999'999, "0.999999"},
    {-12'345'000, "-12.345000"},
    {1'000'000, "1.000000"},
    {largest, "9223372036854.775807"},
    {-largest, "-9223372036854.775807"},
    {std::numeric_limits<std::int64_t>::min(), "-9223372036854.775808"},
};

TEST(Decimal, IsWrittenWithSixPlaces) {
  for (const FormatCase& test : format_cases) {
    EXPECT_EQ(format_micros(Micros{test.units}), test.text);
  }
}

TEST(Decimal, IsReadBackAsItWasWritten) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 100'000; ++i) {
    const auto bits = static_cast<std::int64_t>(random() >> (random() % 64));
    const Micros amount{i % 2 == 0 ? bits : 0 - std::max<std::int64_t>(bits, -largest)};
    if (amount.units == std::numeric_limits<std::int64_t>::min()) continue;
    const ParsedMicros parsed = parse_micros(format_micros(amount));
    ASSERT_EQ(parsed.status, ok);
    ASSERT_EQ(parsed.value, amount);
  }
}

struct DoubleCase {
  double amount;
  DecimalStatus status;
  std::int64_t units;
};
const DoubleCase double_cases[] = {
    {0.0, ok, 0},
    {-0.0, ok, 0},
    {0.1, ok, 100'000},
    {-0.1, ok, -100'000},
    {1.0 / 3.0, ok, 333'333},
    {2.0 / 3.0, ok, 666'667},
    {1e-6, ok, 1},
    {5e-7, ok, 1},  // the shortest text is exactly one half, though the double lies below it
    {1e-7, ok, 0},
    {1.0000005, ok, 1'000'001},
    {std::numeric_limits<double>::denorm_min(), ok, 0},
    {-std::numeric_limits<double>::min(), ok, 0},
    {123456789.12, ok, 123'456'789'120'000},
    {9e12, ok, 9'000'000'000'000'000'000},
    {1e13, overflow, 0},
    {1e15, overflow, 0},
    {std::numeric_limits<double>::max(), overflow, 0},
    {std::numeric_limits<double>::lowest(), overflow, 0},
    {std::numeric_limits<double>::quiet_NaN(), not_finite, 0},
    {std::numeric_limits<double>::infinity(), not_finite, 0},
    {-std::numeric_limits<double>::infinity(), not_finite, 0},
};

TEST(Decimal, OfADoubleIsThatOfItsShortestText) {
  for (const DoubleCase& test : double_cases) {
    const ParsedMicros parsed = micros_from(test.amount);
    EXPECT_EQ(parsed.status, test.status) << test.amount;
    EXPECT_EQ(parsed.value.units, test.units) << test.amount;
  }
}

}  // namespace
}  // namespace mta

// Golden values: keys are written to states and decide buckets, so they never change.
//   XXH3      computed with another build of the reference code (xxHash 0.8.4 in
//   python-xxhash 4.1.0);
//             that of the empty text is in the specification
//   integers  the first output of SplitMix64 for that seed: 0xe220a8397b1dcdaf for 0 and
//             6457827717110365317 for 1234567 are published; the lower bits are the same mix of it
#include "mta/core/hash.hpp"

#include <array>
#include <set>

namespace mta {
namespace {

struct TextCase {
  std::string text;
  Hash128 hash128;
  std::uint64_t hash64;
};
const TextCase text_cases[] = {
    {"", {0x99aa06d3014798d8, 0x6001c324468d497f}, 0x2d06800538d394c2},
    {"a", {0xa96faf705af16834, 0xe6c632b61e964e1f}, 0xe6c632b61e964e1f},
    {"u1", {0x794ce9f2bf410d7d, 0x9dc02546854d5df1}, 0x9dc02546854d5df1},
    {"\xC3\xA9", {0x90326970ab18793a, 0xf7940a006cf10cb3}, 0xf7940a006cf10cb3},
    {"A000100", {0xc7f66a3aa6747c36, 0x2f866b5fd6071afd}, 0x233cde0edcf58ce1},
    {"visitor 42", {0x80ddc14ff0caae5a, 0x9e4e7f00479426ec}, 0x4b398dc4c5fb235e},
    {"jane@example.org", {0x0d30449cfbc85936, 0x7e6e01317c851107}, 0x534eb3ad91299e0a},
    {std::string(200, 'x'), {0x062dfbe359870f1a, 0x0f7bed28ebd8500d}, 0x50ef124fb1e4de53},
    {std::string(1'000, 'y'), {0xfdadfb10e6ef9d29, 0x6a7df51df515dbab}, 0x6a7df51df515dbab},
};

TEST(Hash, IsXxh3WithSeedZero) {
  for (const TextCase& test : text_cases) {
    EXPECT_EQ(hash128(test.text), test.hash128) << test.text;
    EXPECT_EQ(hash64(test.text), test.hash64) << test.text;
  }
}

TEST(PersonKey, OfATextIsTheTopOfItsHash) {
  for (const TextCase& test : text_cases) {
    const PersonKey expected{test.hash128.high, static_cast<std::uint32_t>(test.hash128.low >> 32)};
    EXPECT_EQ(person_key(test.text), expected) << test.text;
  }
}

TEST(PersonKey, OneCharacterThatIsNoDigitMakesATextOfANumber) {
  for (const std::size_t size : {1u, 7u, 8u, 9u, 15u, 16u, 17u, 19u}) {
    const std::string number(size, '7');
    EXPECT_EQ(person_key(number), person_key(std::stoull(number)));
    for (std::size_t at = 0; at < size; ++at) {
      for (const char c : {'/', ':', '?', '@', ' ', 'a', '\xb7'}) {
        std::string text = number;
        text[at] = c;
        const Hash128 hash = hash128(text);
        const PersonKey expected{hash.high, static_cast<std::uint32_t>(hash.low >> 32)};
        EXPECT_EQ(person_key(text), expected) << text;
      }
    }
  }
}

struct IntegerCase {
  std::uint64_t number;
  std::string text;
  PersonKey key;
};
const IntegerCase integer_cases[] = {
    {0, "0", {0xe220a8397b1dcdaf, 0xa706dd2f}},
    {1, "1", {0x910a2dec89025cc1, 0x5e41ab08}},
    {17, "17", {0x808475f02ee37363, 0x5d713761}},
    {1234567, "1234567", {6457827717110365317u, 0x86bf2042}},
    {9223372036854775808u, "9223372036854775808", {0x481ec0a212a9f3db, 0x86db92e8}},
    {18446744073709551615u, "18446744073709551615", {0xe4d971771b652c20, 0x5dc20aa7}},
};

TEST(PersonKey, OfAnIntegerAndOfItsCanonicalTextAgree) {
  for (const IntegerCase& test : integer_cases) {
    EXPECT_EQ(person_key(test.number), test.key) << test.text;
    EXPECT_EQ(person_key(test.text), test.key) << test.text;
  }
}

TEST(PersonKey, OfAnyOtherTextIsThatOfTheText) {
  const std::pair<std::string, PersonKey> cases[] = {
      {"017", {0x55c9663cae80414f, 0x4fd9d4e5}},
      {"-1", {0x14246ab08f125239, 0xbc25a7b6}},
      {"+5", {0xdab62891d23d70ae, 0xab3befc5}},
      {"18446744073709551616", {0x986e7679ed6c6a59, 0x1f10e9a2}},  // 2^64
  };
  for (const auto& [text, key] : cases) EXPECT_EQ(person_key(text), key) << text;
  std::set<PersonKey> keys;
  const std::vector<std::string> seventeens{"17",  "017",  "+17", " 17",
                                            "17 ", "17.0", "1_7", "0x11"};
  for (const std::string& text : seventeens) keys.insert(person_key(text));
  EXPECT_EQ(keys.size(), seventeens.size());
}

TEST(PersonKey, SpreadsOverBuckets) {
  constexpr std::size_t persons = 256 * 1'000;
  std::array<std::size_t, bucket_count> integers{}, texts{};
  for (std::uint64_t i = 0; i < persons; ++i) {
    ++integers[bucket_of(person_key(i))];
    ++texts[bucket_of(person_key("visitor " + std::to_string(i)))];
  }
  for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {  // 1,000 expected, deviation 32
    EXPECT_NEAR(static_cast<double>(integers[bucket]), 1'000, 200);
    EXPECT_NEAR(static_cast<double>(texts[bucket]), 1'000, 200);
  }
}

TEST(PersonKey, OrdersAndBucketsByItsTopBits) {
  EXPECT_EQ(bucket_of({0, ~std::uint32_t{0}}), 0U);
  EXPECT_EQ(bucket_of({0xab00000000000000, 0}), 0xabU);
  EXPECT_EQ(bucket_of({~std::uint64_t{0}, 0}), 255U);
  EXPECT_LT((PersonKey{1, 9}), (PersonKey{2, 0}));
  EXPECT_LT((PersonKey{1, 0}), (PersonKey{1, 1}));
}

}  // namespace
}  // namespace mta

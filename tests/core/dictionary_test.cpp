#include "mta/core/dictionary.hpp"

#include <map>
#include <utility>

namespace mta {
namespace {

constexpr std::uint32_t absent = ~std::uint32_t{0};

TEST(Dictionary, CodeZeroIsTheEmptyText) {
  Dictionary dictionary;
  EXPECT_EQ(dictionary.size(), 1U);
  EXPECT_EQ(dictionary.text(Dictionary::empty_code), "");
  EXPECT_EQ(dictionary.intern(""), Dictionary::empty_code);
  EXPECT_EQ(dictionary.intern({}), Dictionary::empty_code);
  EXPECT_EQ(dictionary.find(""), Dictionary::empty_code);
}

TEST(Dictionary, CodesAreDenseInOrderOfFirstSight) {
  Dictionary dictionary;
  EXPECT_EQ(dictionary.intern("search"), 1U);
  EXPECT_EQ(dictionary.intern("mail"), 2U);
  EXPECT_EQ(dictionary.intern("search"), 1U);
  EXPECT_EQ(dictionary.find("mail"), 2U);
  EXPECT_EQ(dictionary.find("Mail"), absent);
  EXPECT_EQ(dictionary.size(), 3U);
}

TEST(Dictionary, TellsTextsApartByEveryByte) {
  Dictionary dictionary;
  const std::string nul("a\0b", 3), longer(100'000, 'x');
  EXPECT_EQ(dictionary.intern("a"), 1U);
  EXPECT_EQ(dictionary.intern(nul), 2U);
  EXPECT_EQ(dictionary.intern(longer), 3U);
  EXPECT_EQ(dictionary.intern(longer + 'x'), 4U);
  EXPECT_EQ(dictionary.text(2), nul);
  EXPECT_EQ(dictionary.text(3), longer);
}

TEST(Dictionary, OwnsItsTexts) {
  Dictionary dictionary;
  std::string text = "spring";
  const std::uint32_t code = dictionary.intern(text);
  text = "summer";
  EXPECT_EQ(dictionary.text(code), "spring");
}

TEST(Dictionary, HoldsAMillionTexts) {
  Dictionary dictionary;
  for (std::uint32_t i = 0; i < 1'000'000; ++i) {
    ASSERT_EQ(dictionary.intern("campaign " + std::to_string(i)), i + 1);
  }
  EXPECT_EQ(dictionary.size(), 1'000'001U);
  for (std::uint32_t i = 0; i < 1'000'000; i += 7) {
    const std::string text = "campaign " + std::to_string(i);
    ASSERT_EQ(dictionary.find(text), i + 1);
    ASSERT_EQ(dictionary.intern(text), i + 1);
    ASSERT_EQ(dictionary.text(i + 1), text);
  }
  EXPECT_EQ(dictionary.find("campaign 1000000"), absent);
  EXPECT_EQ(dictionary.size(), 1'000'001U);
}

TEST(Dictionary, ViewsStayWhereTheyAreThroughGrowthAndMoves) {
  Dictionary dictionary;
  std::map<std::uint32_t, std::pair<const char*, std::string>> seen;
  for (int i = 0; i < 5'000; ++i) {
    const std::string text = std::string(static_cast<std::size_t>(i % 90), 'p') + std::to_string(i);
    const std::uint32_t code = dictionary.intern(text);
    seen[code] = {dictionary.text(code).data(), text};
  }
  Dictionary moved(std::move(dictionary));
  Dictionary assigned;
  assigned.intern("something else");
  assigned = std::move(moved);
  for (const auto& [code, text] : seen) {
    ASSERT_EQ(assigned.text(code).data(), text.first);
    ASSERT_EQ(assigned.text(code), text.second);
    ASSERT_EQ(assigned.find(text.second), code);
  }
}

}  // namespace
}  // namespace mta

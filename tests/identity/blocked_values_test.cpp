#include "mta/identity/blocked_values.hpp"

#include "mta/core/error.hpp"

namespace mta {
namespace {

TEST(BlockedValues, BlocksWhatIdentifiesNobody) {
  const BlockedValues blocked;
  for (const std::string text :
       {"null", "NULL", " Null\t", "none", "undefined", "NaN", "anonymous", "-1", "0", "000", "0-0",
        "00000000-0000-0000-0000-000000000000", "-", "--"}) {
    EXPECT_TRUE(blocked.blocks(text)) << text;
  }
  for (const std::string text : {"", " ", "1", "-2", "nul", "nulls", "anonymous1", "00000001",
                                 "0x0", "00000000-0000-0000-0000-000000000001"}) {
    EXPECT_FALSE(blocked.blocks(text)) << text;
  }
}

TEST(BlockedValues, PatternsAreOfTheWholeText) {
  const BlockedValues blocked(
      {.values = {"Test*", "*@example.com", "u?er", "a*b*c", "**x"}, .only_of = {}});
  for (const std::string text : {"test", "TESTING", "me@example.com", "@EXAMPLE.com", "user",
                                 "uSer", "abc", "a--b--b--c", "axbc", "x", "yyx"}) {
    EXPECT_TRUE(blocked.blocks(text)) << text;
  }
  for (const std::string text :
       {"a test", "me@example.com.org", "uer", "usser", "ab", "acb", "000", "xy"}) {
    EXPECT_FALSE(blocked.blocks(text)) << text;
  }
}

TEST(BlockedValues, ManyStarsDoNotTakeForever) {
  const BlockedValues blocked({.values = {"*a*a*a*a*a*a*a*a*a*a*b"}, .only_of = {}});
  EXPECT_FALSE(blocked.blocks(std::string(10'000, 'a')));
  EXPECT_TRUE(blocked.blocks(std::string(10'000, 'a') + 'b'));
}

TEST(BlockedValues, SetsOfCharactersAreConfigurable) {
  const BlockedValues blocked({.values = {}, .only_of = {"Xx?", "9"}});
  EXPECT_TRUE(blocked.blocks("xXx"));
  EXPECT_TRUE(blocked.blocks("999"));
  EXPECT_TRUE(blocked.blocks("?"));
  EXPECT_FALSE(blocked.blocks("x9"));
  EXPECT_FALSE(blocked.blocks("0"));
}

TEST(BlockedValues, RefusesBlankValues) {
  for (const BlockedValueOptions& options :
       {BlockedValueOptions{{" "}, {}}, BlockedValueOptions{{}, {""}}}) {
    try {
      const BlockedValues blocked(options);
      ADD_FAILURE() << "accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Errc::invalid_option);
      EXPECT_THAT(error.what(), testing::HasSubstr("identity.blocked."));
    }
  }
}

}  // namespace
}  // namespace mta

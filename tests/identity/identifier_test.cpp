#include "mta/identity/identifier.hpp"

namespace mta {
namespace {

TEST(Identifier, AVisitorHasTheKeyOfTheVisitorColumn) {
  for (const std::string text : {"cookie", "17", "", "017"}) {
    EXPECT_EQ(identifier_key("visitor", text), person_key(text));
  }
}

TEST(Identifier, EqualTextsOfTwoKindsDiffer) {
  const PersonKey email = identifier_key("email", "17"), phone = identifier_key("phone", "17");
  EXPECT_NE(email, phone);
  EXPECT_NE(email, person_key("17"));
  EXPECT_NE(email, person_key("email17"));
  EXPECT_NE(identifier_key("ab", "c"), identifier_key("a", "bc"));
}

TEST(Identifier, ItsKeyIsTheHashOfKindAndText) {
  const Hash128 hash = hash128(
      "\xff"
      "email\xff"
      "a@b.c");
  EXPECT_EQ(identifier_key("email", "a@b.c"),
            (PersonKey{hash.high, static_cast<std::uint32_t>(hash.low >> 32)}));
}

TEST(Identifier, KeysAreWrittenAsDigitsAndReadBack) {
  const PersonKey key{0x0123'4567'89ab'cdef, 0x0000'00ff};
  EXPECT_EQ(format_key(key), "0123456789abcdef000000ff");
  EXPECT_EQ(parse_key("0123456789abcdef000000ff"), key);
  EXPECT_EQ(parse_key("0123456789ABCDEF000000FF"), key);
  for (const std::string text :
       {"", "0123456789abcdef000000f", "0123456789abcdef000000ff0", "0123456789abcdeg000000ff",
        "0123456789abcdef-00000ff", "-123456789abcdef000000ff", " 123456789abcdef000000ff"}) {
    EXPECT_FALSE(parse_key(text)) << text;
  }
}

}  // namespace
}  // namespace mta

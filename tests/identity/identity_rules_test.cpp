#include "mta/identity/identity_rules.hpp"

#include "identity/told_identity.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

using test::kinds;

void expect_refused(const IdentityOptions& options, const std::string& words) {
  try {
    const IdentityRules rules(options);
    ADD_FAILURE() << "accepted where expected: " << words;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::invalid_option);
    EXPECT_THAT(error.what(), testing::HasSubstr(words));
  }
}

TEST(IdentityRules, RefusesWhatBreaksARule) {
  expect_refused(kinds({}), "identity.kinds must hold at least one kind, got none");
  expect_refused(kinds({"a", "b", "a"}), "identity.kinds must have different names, got 'a' twice");
  expect_refused(kinds({" "}), "identity.kinds must have names that are not blank, got ' '");
  expect_refused(kinds({"key"}), "identity.kinds must not be called 'key'");
  expect_refused(kinds({"a:0"}), "identity.kinds.a.limit must be at least 1, got 0");
  IdentityOptions options = kinds({"a"});
  options.kinds[0].within = 0;
  expect_refused(options, "identity.kinds.a.within must be > 0 microseconds, got 0");
  options = kinds({"a:2"});
  options.kinds[0].level = IdentityLevel::account;
  expect_refused(options, "identity.kinds.a.limit must be absent on an account");
  for (const std::string country : {"0", "1234", "+1", "US"}) {
    options = kinds({"a"});
    options.country = country;
    expect_refused(options, "identity.country must be a calling code of 1 to 3 digits");
  }
}

TEST(IdentityRules, RefusesListsOfWhatIsNoIdentifier) {
  IdentityOptions options = kinds({"a", "b"});
  options.include = {{{"a", "x"}, {"c", "y"}}};
  expect_refused(options, "identity.include must name kinds of identity.kinds, got 'c'");
  options.include = {{{"a", "x"}, {"a", "x"}}};
  expect_refused(options, "identity.include must pair two identifiers");
  options.include = {{{"a", "null"}, {"a", "x"}}};
  expect_refused(options, "neither blank, blocked nor malformed, got a 'null'");
  options.include = {{{"key", "xyz"}, {"a", "x"}}};
  expect_refused(options, "must name keys by 24 hexadecimal digits, got 'xyz'");
  options.include = {{{"a", "x"}, {"b", "y"}}};
  options.exclude = {{{"b", "y"}, {"a", "x"}}};
  expect_refused(options, "identity.exclude must not hold a pair of identity.include");
  options.exclude.clear();
  options.ignore = {{"a", " "}};
  expect_refused(options, "identity.ignore must name identifiers");
}

TEST(IdentityRules, ReadsNormalisedAndHashed) {
  IdentityOptions options = kinds({"email", "phone", "visitor"});
  options.country = "1";
  options.kinds[0].normalise = Normalisation::meta_email;
  options.kinds[0].hash = TextHash::sha256;
  options.kinds[1].normalise = Normalisation::google_phone;
  options.kinds[1].hash = TextHash::sha256;
  const IdentityRules rules(options);
  std::string form;
  PersonKey key;
  const std::string john = "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f";
  ASSERT_EQ(rules.read(KindId{0}, " John_Smith@gmail.com", form, key), IdentifierFate::taken);
  EXPECT_EQ(form, john);
  EXPECT_EQ(key, identifier_key("email", john));
  std::string upper = john;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  ASSERT_EQ(rules.read(KindId{0}, ' ' + upper, form, key), IdentifierFate::taken);
  EXPECT_EQ(form, john);
  ASSERT_EQ(rules.read(KindId{1}, "(650) 555 1212", form, key), IdentifierFate::taken);
  EXPECT_EQ(form, "1e231c66011e7a2d867a9cfae267a6aff103cf4913640b6e71a99850fc0ffbc8");
  ASSERT_EQ(rules.read(KindId{2}, "17", form, key), IdentifierFate::taken);
  EXPECT_EQ(key, person_key(std::uint64_t{17}));
}

TEST(IdentityRules, TellsWhatIsNoIdentifier) {
  IdentityOptions options = kinds({"email", "visitor"});
  options.kinds[0].normalise = Normalisation::google_email;
  options.blocked.values.emplace_back("test@*");
  const IdentityRules rules(options);
  std::string form;
  PersonKey key;
  EXPECT_EQ(rules.read(KindId{0}, " ", form, key), IdentifierFate::missing);
  EXPECT_EQ(rules.read(KindId{0}, "NULL", form, key), IdentifierFate::blocked);
  EXPECT_EQ(rules.read(KindId{0}, "Test@x.org", form, key), IdentifierFate::blocked);
  EXPECT_EQ(rules.read(KindId{0}, "te.st@gmail.com", form, key), IdentifierFate::blocked);
  EXPECT_EQ(rules.read(KindId{0}, "nobody", form, key), IdentifierFate::malformed);
  EXPECT_EQ(rules.read(KindId{1}, "000-000", form, key), IdentifierFate::blocked);
}

TEST(IdentityRules, WindowsAreNamedOrDurations) {
  EXPECT_EQ(parse_limit_window("ever"), IdentifierKind::ever);
  EXPECT_EQ(parse_limit_window("day"), test::day);
  EXPECT_EQ(parse_limit_window("week"), 7 * test::day);
  EXPECT_EQ(parse_limit_window("month"), 30 * test::day);
  EXPECT_EQ(parse_limit_window("year"), 365 * test::day);
  EXPECT_EQ(parse_limit_window("36h"), 36 * test::day / 24);
  for (const std::string text : {"", "0d", "weekly", "-1d", "7"})
    EXPECT_FALSE(parse_limit_window(text)) << text;
}

}  // namespace
}  // namespace mta

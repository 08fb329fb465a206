#include "mta/identity/sighting_writer.hpp"

#include "identity/told_identity.hpp"

namespace mta {
namespace {

TEST(SightingWriter, TheEventGoesUnderTheHighestPriority) {
  const IdentityRules rules(test::kinds({"user", "email", "visitor"}));
  Sightings sightings;
  SightingWriter writer(rules, sightings);
  writer.add(KindId{2}, "cookie");
  writer.add(KindId{0}, "A");
  writer.add(KindId{1}, "e");
  EXPECT_EQ(writer.finish({1}), identifier_key("user", "A"));
  writer.add(KindId{2}, "cookie");
  writer.add(KindId{1}, "null");
  EXPECT_EQ(writer.finish({2}), person_key("cookie"));
  EXPECT_EQ(writer.finish({3}), std::nullopt);
  writer.add(KindId{2}, "b");
  writer.add(KindId{2}, "c");
  EXPECT_EQ(writer.finish({4}), std::min(person_key("b"), person_key("c")));
}

TEST(SightingWriter, IgnoredOnesAndAccountsDoNotNameTheEventWhereOthersDo) {
  IdentityOptions options = test::kinds({"account", "user", "visitor"});
  options.kinds[0].level = IdentityLevel::account;
  options.ignore = {{"user", "shared"}};
  const IdentityRules rules(options);
  Sightings sightings;
  SightingWriter writer(rules, sightings);
  writer.add(KindId{0}, "acme");
  writer.add(KindId{1}, "shared");
  writer.add(KindId{2}, "cookie");
  EXPECT_EQ(writer.finish({1}), person_key("cookie"));
  writer.add(KindId{1}, "shared");
  writer.add(KindId{0}, "acme");
  EXPECT_EQ(writer.finish({2}), identifier_key("account", "acme"));
  writer.add(KindId{1}, "shared");
  EXPECT_EQ(writer.finish({3}), std::nullopt);
  EXPECT_EQ(sightings.size(), 2U);
}

TEST(SightingWriter, CountsWhatIsNoIdentifier) {
  IdentityOptions options = test::kinds({"email", "visitor"});
  options.kinds[0].normalise = Normalisation::google_email;
  const IdentityRules rules(options);
  Sightings sightings;
  SightingWriter writer(rules, sightings);
  EXPECT_EQ(writer.add(KindId{0}, "nobody"), IdentifierFate::malformed);
  EXPECT_EQ(writer.add(KindId{0}, "NULL"), IdentifierFate::blocked);
  EXPECT_EQ(writer.add(KindId{0}, ""), IdentifierFate::missing);
  EXPECT_EQ(writer.add(KindId{1}, "0000"), IdentifierFate::blocked);
  EXPECT_EQ(writer.add(KindId{1}, "1"), IdentifierFate::taken);
  writer.finish({});
  const IdentityReport report = resolve(sightings, rules).report;
  ASSERT_EQ(report.kinds.size(), 2U);
  EXPECT_EQ(report.kinds[0].kind, "email");
  EXPECT_EQ(report.kinds[0].malformed, 1U);
  EXPECT_EQ(report.kinds[0].blocked, 1U);
  EXPECT_EQ(report.kinds[0].identifiers, 0U);
  EXPECT_EQ(report.kinds[1].blocked, 1U);
  EXPECT_EQ(report.kinds[1].identifiers, 1U);
  EXPECT_EQ(report.persons, 1U);
}

TEST(SightingWriter, ADroppedRowLeavesNothing) {
  IdentityOptions options;
  options.kinds = {{.name = "user"}, {.name = "visitor"}};
  const IdentityRules rules(options);
  Sightings sightings(KeepTexts::yes);
  SightingWriter writer(rules, sightings);
  writer.add(*rules.kind("user"), "ann");
  writer.add(*rules.kind("visitor"), "null");
  writer.add(*rules.kind("visitor"), "cookie");
  writer.drop();
  EXPECT_EQ(sightings, Sightings(KeepTexts::yes)) << "but for the kinds, which have no identifiers";
  EXPECT_EQ(writer.finish({}), std::nullopt);
}

TEST(SightingWriter, KeyTextsHaveTheKeyOfTheEvent) {
  IdentityOptions options;
  options.kinds = {{.name = "user", .normalise = Normalisation::lower}, {.name = "visitor"}};
  const IdentityRules rules(options);
  Sightings sightings;
  SightingWriter writer(rules, sightings);
  EXPECT_EQ(writer.key_text(), "");
  writer.add(*rules.kind("visitor"), "17");
  EXPECT_EQ(writer.key_text(), "17");
  writer.add(*rules.kind("user"), "Ann");
  const PersonKey key = person_key(writer.key_text());
  EXPECT_EQ(key, identifier_key("user", "ann"));
  EXPECT_EQ(writer.finish({}), key);
  EXPECT_EQ(writer.key_text(), "");
}

TEST(SightingWriter, RowsThatWaitAreAllThereAfterTheFlush) {
  const IdentityRules rules(test::kinds({"user", "visitor"}));
  for (const int rows : {1, 8, 15, 16, 17, 1'000}) {
    Sightings at_once, late;
    SightingWriter first(rules, at_once), second(rules, late, SightingWriter::Rows::late);
    for (int i = 0; i < rows; ++i) {
      for (SightingWriter* writer : {&first, &second}) {
        writer->add(KindId{1}, "v" + std::to_string(i * 7 % 50));
        if (i % 3 == 0) writer->add(KindId{0}, "u" + std::to_string(i % 20));
        if (i % 11 == 5) {
          writer->drop();
        } else {
          writer->finish({i});
        }
      }
    }
    second.flush();
    EXPECT_EQ(late, at_once) << rows;
    second.flush();  // nothing waits any more
    EXPECT_EQ(late, at_once) << rows;
  }
}

}  // namespace
}  // namespace mta

#include "mta/identity/identity.hpp"

#include <algorithm>

#include "identity/told_identity.hpp"

namespace mta {
namespace {

using test::Groups;
using test::kinds;
using test::persons_of;
using test::sightings_of;

PersonKey key(const std::string& kind, const std::string& text) {
  return identifier_key(kind, text);
}

TEST(Resolve, WithoutSightingsThereIsNobody) {
  const IdentityRules rules(kinds({"user:1", "cookie"}));
  const Identity identity = resolve(Sightings(), rules);
  EXPECT_TRUE(identity.persons.empty());
  EXPECT_TRUE(identity.accounts.empty());
  EXPECT_EQ(identity.report, IdentityReport{});
}

TEST(Resolve, WithoutLimitsComponentsArePersons) {
  EXPECT_EQ(
      persons_of(kinds({"user", "email", "cookie"}),
                 {"3 cookie=X user=A", "1 cookie=Y email=e", "2 email=e user=A", "4 cookie=Z",
                  "5 cookie=V cookie=W"}),
      (Groups{
          {"user=A", "email=e", "cookie=X", "cookie=Y"}, {"cookie=Z"}, {"cookie=V", "cookie=W"}}));
}

TEST(Resolve, TheReportCounts) {
  const IdentityRules rules(kinds({"user", "email", "cookie"}));
  const Sightings sightings =
      sightings_of(rules, {"1 cookie=X user=A", "2 user=A cookie=X", "3 email=e user=A",
                           "4 cookie=Z", "5 cookie=null"});
  const IdentityReport report = resolve(sightings, rules).report;
  EXPECT_EQ(report.identifiers, 4U);
  EXPECT_EQ(report.persons, 2U);
  EXPECT_EQ(report.sightings, 2U);
  EXPECT_EQ(report.events, 3U);
  const PersonKey person = std::min({key("user", "A"), key("email", "e"), key("cookie", "X")});
  EXPECT_EQ(report.largest, (std::vector<PersonSize>{{person, 3}}));
  ASSERT_EQ(report.kinds.size(), 3U);
  EXPECT_EQ(report.kinds[2].kind, "cookie");
  EXPECT_EQ(report.kinds[2].identifiers, 2U);
  EXPECT_EQ(report.kinds[2].blocked, 1U);
}

// A tablet that a family shares: its cookie must not make one person of two users.
const std::vector<std::string> shared_device = {
    "1 user=Ann cookie=tablet", "2 user=Bob cookie=phone", "3 user=Bob cookie=tablet"};

TEST(Resolve, ASharedDeviceMergesWithoutALimit) {
  EXPECT_EQ(persons_of(kinds({"user", "cookie"}), shared_device),
            (Groups{{"user=Ann", "user=Bob", "cookie=tablet", "cookie=phone"}}));
}

TEST(Resolve, ALimitKeepsUsersOfASharedDeviceApart) {
  const IdentityRules rules(kinds({"user:1", "cookie"}));
  const Sightings sightings = sightings_of(rules, shared_device);
  const Identity identity = resolve(sightings, rules);
  EXPECT_EQ(test::groups(sightings, identity.persons),
            (Groups{{"user=Ann", "cookie=tablet"}, {"user=Bob", "cookie=phone"}}));
  ASSERT_EQ(identity.dropped.size(), 1U);
  const DroppedIdentifier& dropped = identity.dropped.front();
  EXPECT_EQ(dropped.reason, DropReason::over_limit);
  EXPECT_EQ(sightings.text(dropped.identifier), "tablet");
  EXPECT_EQ(sightings.sighting(dropped.sighting).first.micros, 3 * test::day);
  EXPECT_EQ(identity.report.kinds[1].over_limit, 1U);
  EXPECT_EQ(identity.report.kinds[0].over_limit, 0U);
}

TEST(Resolve, ExcludingThePairSplitsAForcedMergeAgain) {
  IdentityOptions options = kinds({"user", "cookie"});
  options.exclude = {{{"cookie", "tablet"}, {"user", "Bob"}}};
  EXPECT_EQ(persons_of(options, shared_device),
            (Groups{{"user=Ann", "cookie=tablet"}, {"user=Bob", "cookie=phone"}}));
}

TEST(Resolve, SubtractingTheSightingSplitsAMergeAgain) {
  const IdentityRules rules(kinds({"user", "cookie"}));
  Sightings sightings = sightings_of(rules, shared_device);
  sightings.subtract(sightings_of(rules, {shared_device.back()}));
  EXPECT_EQ(test::groups(sightings, resolve(sightings, rules).persons),
            (Groups{{"user=Ann", "cookie=tablet"}, {"user=Bob", "cookie=phone"}}));
}

TEST(Resolve, TheLowestPriorityGoesUntilTheRestFits) {
  // Both the cookie and the e-mail are Ann's: Bob's event loses first the cookie, then the e-mail.
  const IdentityRules rules(kinds({"user:1", "email", "cookie"}));
  const Sightings sightings =
      sightings_of(rules, {"1 user=Ann email=e cookie=X", "2 user=Bob email=e cookie=X"});
  const Identity identity = resolve(sightings, rules);
  EXPECT_EQ(test::groups(sightings, identity.persons),
            (Groups{{"user=Ann", "email=e", "cookie=X"}, {"user=Bob"}}));
  EXPECT_EQ(identity.report.kinds[1].over_limit, 1U);
  EXPECT_EQ(identity.report.kinds[2].over_limit, 1U);
  // Where the e-mail alone is Ann's, the cookie goes all the same: it has the lowest priority.
  EXPECT_EQ(persons_of(kinds({"user:1", "email", "cookie"}),
                       {"1 user=Ann email=e", "2 user=Bob email=e cookie=Y"}),
            (Groups{{"user=Ann", "email=e"}, {"user=Bob"}, {"cookie=Y"}}));
  // And where the cookie is, the e-mail stays.
  EXPECT_EQ(persons_of(kinds({"user:1", "email", "cookie"}),
                       {"1 user=Ann cookie=X", "2 user=Bob email=f cookie=X"}),
            (Groups{{"user=Ann", "cookie=X"}, {"user=Bob", "email=f"}}));
}

TEST(Resolve, OfOneKindTheNewcomerGoes) {
  EXPECT_EQ(persons_of(kinds({"user:1"}), {"1 user=Ann user=Ann", "5 user=Bob user=Cyd"}).size(),
            3U);
  EXPECT_EQ(persons_of(kinds({"user:2"}), {"1 user=Ann user=Zoe", "2 user=Bob user=Ann user=Zoe"}),
            (Groups{{"user=Ann", "user=Zoe"}, {"user=Bob"}}));
}

TEST(Resolve, EarlierSightingsComeFirst) {
  const std::vector<std::string> rows = {"9 user=Ann cookie=X", "2 user=Bob cookie=X"};
  const Groups expected{{"user=Bob", "cookie=X"}, {"user=Ann"}};
  EXPECT_EQ(persons_of(kinds({"user:1", "cookie"}), rows), expected);
  // A sighting that is known earlier after all changes what was said before.
  EXPECT_EQ(persons_of(kinds({"user:1", "cookie"}), {rows[0], rows[1], "1 user=Ann cookie=X"}),
            (Groups{{"user=Ann", "cookie=X"}, {"user=Bob"}}));
}

TEST(Resolve, ALimitHoldsForAllThatAUnionBringsTogether) {
  // Two persons of two e-mail addresses each: three are allowed.
  const std::vector<std::string> rows = {"1 user=A email=a", "1 user=A email=b", "1 user=B email=c",
                                         "1 user=B email=d", "2 user=A user=B"};
  EXPECT_EQ(persons_of(kinds({"user", "email:3"}), rows).size(), 2U);
  EXPECT_EQ(persons_of(kinds({"user", "email:4"}), rows).size(), 1U);
}

TEST(Resolve, AWindowCountsWhatWasFirstLinkedWithinIt) {
  // Three addresses in a week are one too many; a fourth weeks later is not.
  EXPECT_EQ(persons_of(kinds({"user", "email:2/week"}), {"1 user=A email=a", "3 user=A email=b",
                                                         "7 user=A email=c", "20 user=A email=d"}),
            (Groups{{"user=A", "email=a", "email=b", "email=d"}, {"email=c"}}));
  // The window is open at its end: day 1 and day 8 are not within a week.
  EXPECT_EQ(persons_of(kinds({"user", "email:2/week"}),
                       {"1 user=A email=a", "3 user=A email=b", "8 user=A email=c"})
                .size(),
            1U);
  // It looks both ways: e-mail c was linked long before to another, d and e just now.
  EXPECT_EQ(persons_of(kinds({"user", "email:1/day"}),
                       {"1 user=A email=a", "1 user=B email=b", "9 user=A user=B"}),
            (Groups{{"user=A", "email=a"}, {"user=B", "email=b"}}));
}

TEST(Resolve, IncludedPairsHoldWhateverTheLimits) {
  IdentityOptions options = kinds({"user:1", "cookie"});
  options.include = {{{"user", "Ann"}, {"user", "Anna"}}};
  EXPECT_EQ(
      persons_of(options, {"1 user=Ann cookie=X", "2 user=Anna cookie=Y", "3 user=Bob cookie=Y"}),
      (Groups{{"user=Ann", "user=Anna", "cookie=X", "cookie=Y"}, {"user=Bob"}}));
}

TEST(Resolve, IncludedPairsNeedNotBeSeen) {
  IdentityOptions options = kinds({"user", "cookie"});
  options.include = {{{"user", "Ann"}, {"cookie", "unseen"}},
                     {{"cookie", "unseen"}, {"user", "Bob"}}};
  EXPECT_EQ(persons_of(options, {"1 user=Ann cookie=X", "2 user=Bob cookie=Y"}).size(), 1U);
  const IdentityRules rules(options);
  EXPECT_EQ(resolve(Sightings(), rules).report.identifiers, 3U);
  EXPECT_EQ(resolve(Sightings(), rules).report.persons, 1U);
}

TEST(Resolve, ExclusionDropsTheLowerPriority) {
  // Of three identifiers, the cookie goes for its pair with the user, though it may be with the
  // e-mail.
  IdentityOptions options = kinds({"user", "email", "cookie"});
  options.exclude = {{{"cookie", "X"}, {"user", "A"}}};
  const IdentityRules rules(options);
  const Sightings sightings = sightings_of(rules, {"1 user=A email=e cookie=X"});
  const Identity identity = resolve(sightings, rules);
  EXPECT_EQ(test::groups(sightings, identity.persons),
            (Groups{{"user=A", "email=e"}, {"cookie=X"}}));
  EXPECT_EQ(identity.report.kinds[2].excluded, 1U);
  // It is of direct links: through the e-mail they may still meet.
  EXPECT_EQ(persons_of(options, {"1 user=A email=e cookie=X", "2 email=e cookie=X"}).size(), 1U);
}

TEST(Resolve, IgnoredIdentifiersLinkNobody) {
  IdentityOptions options = kinds({"user", "cookie"});
  options.ignore = {{"cookie", "kiosk"}};
  const IdentityRules rules(options);
  const Sightings sightings =
      sightings_of(rules, {"1 user=A cookie=kiosk", "2 user=B cookie=kiosk"});
  const Identity identity = resolve(sightings, rules);
  EXPECT_EQ(identity.report.persons, 3U);
  EXPECT_EQ(identity.report.kinds[1].ignored, 2U);
}

TEST(Resolve, KeysNameIdentifiersWhoseTextIsNotKept) {
  IdentityOptions options = kinds({"user", "cookie"});
  options.exclude = {{{"key", format_key(key("cookie", "tablet"))}, {"user", "Bob"}}};
  EXPECT_EQ(persons_of(options, shared_device).size(), 2U);
}

TEST(Resolve, KindsThatTheRulesDoNotKnowGoFirst) {
  const IdentityRules wide(kinds({"user:1", "zebra", "ant"})), narrow(kinds({"user:1"}));
  const Sightings sightings =
      sightings_of(wide, {"1 user=A zebra=z ant=a", "2 user=B zebra=z ant=a"});
  const IdentityReport report = resolve(sightings, narrow).report;
  ASSERT_EQ(report.kinds.size(), 3U);
  EXPECT_EQ(report.kinds[0].kind, "user");
  EXPECT_EQ(report.kinds[1].kind, "ant");
  EXPECT_EQ(report.kinds[2].kind, "zebra");
  EXPECT_EQ(report.persons, 2U);
}

IdentityOptions with_accounts() {
  IdentityOptions options = kinds({"user", "company", "cookie"});
  options.kinds[1].level = IdentityLevel::account;
  return options;
}

TEST(Resolve, AccountsGatherPersonsAndMergeNone) {
  const IdentityRules rules(with_accounts());
  const Sightings sightings =
      sightings_of(rules, {"1 user=A company=acme", "2 user=B company=acme", "3 user=B cookie=X",
                           "4 user=C company=other", "5 cookie=Y"});
  const Identity identity = resolve(sightings, rules);
  EXPECT_EQ(identity.report.persons, 4U);
  EXPECT_EQ(identity.report.accounts, 2U);
  const PersonKey acme = identity.account(key("user", "A"));
  EXPECT_NE(identity.persons.person(key("user", "A")), identity.persons.person(key("user", "B")));
  EXPECT_EQ(identity.account(key("user", "B")), acme);
  EXPECT_EQ(identity.account(key("cookie", "X")), acme);
  EXPECT_EQ(identity.account(key("company", "acme")), acme);
  EXPECT_NE(identity.account(key("user", "C")), acme);
  EXPECT_EQ(identity.account(key("cookie", "Y")), key("cookie", "Y"));
  const PersonMap map = account_map(identity);
  for (const auto& [kind, text] : {std::pair("user", "A"), std::pair("user", "B"),
                                   std::pair("cookie", "X"), std::pair("company", "acme")}) {
    EXPECT_EQ(map.person(key(kind, text)), map.person(key("user", "A"))) << text;
  }
  EXPECT_NE(map.person(key("user", "C")), map.person(key("user", "A")));
}

TEST(Resolve, AccountsAreExcludedAndIncludedToo) {
  IdentityOptions options = with_accounts();
  options.exclude = {{{"user", "B"}, {"company", "acme"}}};
  options.include = {{{"user", "D"}, {"company", "acme"}}};
  const IdentityRules rules(options);
  const Sightings sightings =
      sightings_of(rules, {"1 user=A company=acme", "2 user=B company=acme", "3 user=D"});
  const Identity identity = resolve(sightings, rules);
  EXPECT_NE(identity.account(key("user", "B")), identity.account(key("user", "A")));
  EXPECT_EQ(identity.account(key("user", "D")), identity.account(key("user", "A")));
  EXPECT_EQ(identity.report.persons, 3U);
}

TEST(Resolve, AMillionInAChainIsOnePerson) {
  constexpr std::uint64_t length = 1'000'000;
  for (const char* const kind : {"visitor", "visitor:2000000"}) {
    const IdentityRules rules(kinds({kind}));
    Sightings sightings;
    const KindId visitor = sightings.kind("visitor");
    for (std::uint64_t i = 1; i < length; ++i) {
      const Identifier pair[] = {{person_key(i - 1), visitor}, {person_key(i), visitor}};
      sightings.add({static_cast<std::int64_t>(i)}, pair);
    }
    const Identity identity = resolve(sightings, rules);
    EXPECT_EQ(identity.report.persons, 1U);
    EXPECT_EQ(identity.persons.identifiers(), length);
  }
}

}  // namespace
}  // namespace mta

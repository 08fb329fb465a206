#include "mta/identity/person_graph.hpp"

#include <algorithm>

#include "identity/told_identity.hpp"

namespace mta {
namespace {

using test::kinds;
using test::sightings_of;

PersonKey key(const std::string& kind, const std::string& text) {
  return identifier_key(kind, text);
}

struct Explained {
  Explained(const IdentityOptions& options, const std::vector<std::string>& rows,
            const PersonKey& of, KeepTexts texts = KeepTexts::yes)
      : rules(options),
        sightings(sightings_of(rules, rows, texts)),
        identity(resolve(sightings, rules)),
        graph(sightings, rules, identity, of) {}

  [[nodiscard]] std::string name(std::uint32_t i) const {
    return graph.identifiers()[i].kind + "=" + graph.identifiers()[i].text;
  }
  /// "1 cookie=X user=A": the day, and the identifiers by name.
  [[nodiscard]] std::string link(std::uint32_t l) const {
    std::set<std::string> names;
    for (const std::uint32_t i : graph.links()[l].identifiers) names.insert(name(i));
    std::string text = std::to_string(graph.links()[l].first.micros / test::day);
    for (const std::string& n : names) text += ' ' + n;
    return text;
  }

  IdentityRules rules;
  Sightings sightings;
  Identity identity;
  PersonGraph graph;
};

const IdentityOptions plain = kinds({"user", "email", "cookie"});

TEST(PersonGraph, NamesEveryLinkOfThePersonAndNoOther) {
  const Explained e(
      plain, {"3 user=A cookie=X", "1 user=A email=e", "9 cookie=X user=A", "2 user=B cookie=Y"},
      key("cookie", "X"));
  EXPECT_EQ(e.graph.person(), e.identity.persons.person(key("user", "A")));
  EXPECT_EQ(e.graph.identifiers().size(), 3U);
  ASSERT_EQ(e.graph.links().size(), 2U);
  EXPECT_EQ(e.link(0), "1 email=e user=A");
  EXPECT_EQ(e.link(1), "3 cookie=X user=A");
  EXPECT_EQ(e.graph.links()[1].last.micros, 9 * test::day);
  EXPECT_EQ(e.graph.links()[1].events, 2U);
  EXPECT_TRUE(e.graph.drops().empty());
}

TEST(PersonGraph, FindsAShortestChain) {
  // A - X - B - Y - C, and a way round of three steps from A to C.
  const Explained e(plain,
                    {"1 user=A cookie=X", "2 cookie=X user=B", "3 user=B cookie=Y",
                     "4 cookie=Y user=C", "5 user=A cookie=V", "6 cookie=V email=e user=C"},
                    key("user", "A"));
  const auto chain = e.graph.chain(key("user", "A"), key("user", "C"));
  ASSERT_EQ(chain.size(), 2U);
  EXPECT_EQ(e.link(chain[0].link), "5 cookie=V user=A");
  EXPECT_EQ(e.name(chain[0].identifier), "cookie=V");
  EXPECT_EQ(e.link(chain[1].link), "6 cookie=V email=e user=C");
  EXPECT_EQ(e.name(chain[1].identifier), "user=C");
  EXPECT_TRUE(e.graph.chain(key("user", "A"), key("user", "A")).empty());
  EXPECT_TRUE(e.graph.chain(key("user", "A"), key("user", "Z")).empty());
}

TEST(PersonGraph, BridgesAreLinksWithoutWhichThePersonFallsApart) {
  // Two households, each a circle, that one tablet joins; and a cookie that hangs by itself.
  const Explained e(plain,
                    {"1 user=A cookie=X", "2 cookie=X email=a", "3 email=a user=A",
                     "4 user=B cookie=Y", "5 cookie=Y email=b", "6 email=b user=B",
                     "7 cookie=tablet user=A", "8 cookie=tablet user=B", "9 user=B cookie=Z"},
                    key("user", "A"));
  const auto bridges = e.graph.bridges();
  ASSERT_EQ(bridges.size(), 3U);
  EXPECT_EQ(e.link(bridges[0]), "8 cookie=tablet user=B");  // 4 of 8 on each side
  EXPECT_EQ(e.link(bridges[1]), "7 cookie=tablet user=A");  // 3 of 8
  EXPECT_EQ(e.link(bridges[2]), "9 cookie=Z user=B");
}

TEST(PersonGraph, TellsTheSizesOfWhatIsLeft) {
  const Explained e(plain,
                    {"1 user=A cookie=X", "2 user=A email=a user=B", "3 user=B cookie=Y",
                     "4 user=B cookie=V", "5 cookie=Y cookie=V"},
                    key("user", "A"));
  ASSERT_EQ(e.graph.links().size(), 5U);
  const auto parts = [&](std::uint32_t l) { return e.graph.links()[l].parts; };
  EXPECT_EQ(parts(0), (std::vector<std::uint64_t>{5, 1}));
  EXPECT_EQ(parts(1), (std::vector<std::uint64_t>{3, 2, 1}));
  for (const std::uint32_t l : {2U, 3U, 4U}) EXPECT_EQ(parts(l), (std::vector<std::uint64_t>{6}));
  EXPECT_EQ(e.graph.bridges(), (std::vector<std::uint32_t>{1, 0}));
}

TEST(PersonGraph, ShowsWhatWasDroppedAndWhy) {
  const Explained e(
      kinds({"user:1", "cookie"}),
      {"1 user=Ann cookie=tablet", "2 user=Bob cookie=phone", "3 user=Bob cookie=tablet"},
      key("user", "Bob"));
  EXPECT_EQ(e.graph.identifiers().size(), 2U);
  ASSERT_EQ(e.graph.drops().size(), 1U);
  const PersonDrop& drop = e.graph.drops().front();
  EXPECT_EQ(drop.identifier.text, "tablet");
  EXPECT_EQ(drop.reason, DropReason::over_limit);
  EXPECT_EQ(e.name(drop.with), "user=Bob");
  EXPECT_EQ(drop.first.micros, 3 * test::day);
  EXPECT_EQ(drop.events, 1U);
}

TEST(PersonGraph, ShowsIncludedLinks) {
  IdentityOptions options = plain;
  options.include = {{{"user", "A"}, {"cookie", "never_seen"}}};
  const Explained e(options, {"1 user=A cookie=X"}, key("user", "A"));
  EXPECT_EQ(e.graph.identifiers().size(), 3U);
  ASSERT_EQ(e.graph.links().size(), 2U);
  EXPECT_EQ(e.graph.links()[0].origin, LinkOrigin::included);
  EXPECT_EQ(e.graph.links()[1].origin, LinkOrigin::seen);
  EXPECT_EQ(e.graph.chain(key("cookie", "never_seen"), key("cookie", "X")).size(), 2U);
}

TEST(PersonGraph, AccountsAreNoPartOfAPerson) {
  IdentityOptions options = kinds({"user", "company", "cookie"});
  options.kinds[1].level = IdentityLevel::account;
  const Explained e(options, {"1 user=A company=acme", "2 user=A cookie=X company=acme"},
                    key("user", "A"));
  EXPECT_EQ(e.graph.identifiers().size(), 2U);
  ASSERT_EQ(e.graph.links().size(), 1U);
  EXPECT_EQ(e.link(0), "2 cookie=X user=A");
}

TEST(PersonGraph, WithoutTextsItShowsKeys) {
  const Explained e(plain, {"1 user=A cookie=X"}, key("user", "A"), KeepTexts::no);
  for (const NamedKey& identifier : e.graph.identifiers()) {
    EXPECT_EQ(identifier.text, format_key(identifier.key));
  }
}

TEST(PersonGraph, OfNobodyAndOfOneAlone) {
  const Explained nobody(plain, {"1 user=A cookie=X"}, key("user", "Z"));
  EXPECT_TRUE(nobody.graph.identifiers().empty());
  EXPECT_TRUE(nobody.graph.links().empty());
  EXPECT_TRUE(nobody.graph.bridges().empty());
  const Explained alone(plain, {"1 user=A"}, key("user", "A"));
  EXPECT_EQ(alone.graph.identifiers().size(), 1U);
  EXPECT_TRUE(alone.graph.links().empty());
}

TEST(PersonGraph, ALongChainDoesNotOverflowTheStack) {
  constexpr std::uint64_t length = 300'000;
  const IdentityRules rules(kinds({"visitor"}));
  Sightings sightings;
  const KindId visitor = sightings.kind("visitor");
  for (std::uint64_t i = 1; i < length; ++i) {
    const Identifier pair[] = {{person_key(i - 1), visitor}, {person_key(i), visitor}};
    sightings.add({static_cast<std::int64_t>(i)}, pair);
  }
  const PersonGraph graph(sightings, rules, resolve(sightings, rules),
                          person_key(std::uint64_t{0}));
  EXPECT_EQ(graph.bridges().size(), length - 1);
  const PersonLink& best = graph.links()[graph.bridges().front()];
  EXPECT_EQ(best.parts, (std::vector<std::uint64_t>{length / 2, length / 2}));
  EXPECT_EQ(graph.chain(person_key(std::uint64_t{0}), person_key(length - 1)).size(), length - 1);
}

TEST(PersonGraph, DoesNotDependOnOrder) {
  std::vector<std::string> rows = {"1 user=A cookie=X", "1 cookie=X user=B",
                                   "3 user=B cookie=Y email=e", "2 cookie=Y user=A",
                                   "5 user=A cookie=V"};
  const Explained expected(plain, rows, key("user", "A"));
  std::reverse(rows.begin(), rows.end());
  const Explained found(plain, rows, key("user", "A"));
  const auto same = [](auto a, auto b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  };
  EXPECT_TRUE(same(found.graph.identifiers(), expected.graph.identifiers()));
  EXPECT_TRUE(same(found.graph.links(), expected.graph.links()));
  EXPECT_EQ(found.graph.bridges(), expected.graph.bridges());
}

}  // namespace
}  // namespace mta

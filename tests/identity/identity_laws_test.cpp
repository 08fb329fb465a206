#include <algorithm>
#include <random>

#include "identity/identity_oracle.hpp"
#include "identity/told_identity.hpp"
#include "mta/identity/person_changes.hpp"

namespace mta {
namespace {

using test::kinds;
using test::sightings_of;

/// Rows of few identifiers, so that persons meet often.
std::vector<std::string> random_rows(std::size_t count, std::mt19937& random) {
  std::vector<std::string> rows;
  const char* const names[] = {"user", "email", "cookie"};
  for (std::size_t i = 0; i < count; ++i) {
    std::string row = std::to_string(random() % 30);
    for (std::size_t n = 1 + random() % 3; n > 0; --n) {
      const std::size_t kind = random() % 3;
      row += std::string(" ") + names[kind] + "=" + std::to_string(random() % (4 + 4 * kind) + 1);
    }
    rows.push_back(row);
  }
  return rows;
}

IdentityOptions random_options(std::mt19937& random) {
  const std::vector<std::vector<std::string>> all = {{"user", "email", "cookie"},
                                                     {"user:1", "email", "cookie"},
                                                     {"email:2", "user:1", "cookie:3"},
                                                     {"user:2", "email:2/week", "cookie:1/day"},
                                                     {"cookie:4/month", "email", "user:1"}};
  IdentityOptions options = kinds(all[random() % all.size()]);
  const auto any = [&] { return std::to_string(random() % 4 + 1); };
  for (std::size_t n = random() % 3; n > 0; --n) {
    options.exclude.push_back({{"user", any()}, {"cookie", any()}});
  }
  if (random() % 3 == 0) options.ignore.push_back({"email", any()});
  return options;
}

TEST(IdentityLaws, EqualsTheSlowWay) {
  std::mt19937 random(11);
  for (int round = 0; round < 400; ++round) {
    const IdentityOptions options = random_options(random);
    const auto rows = random_rows(1 + random() % 30, random);
    ASSERT_EQ(test::persons_of(options, rows), test::IdentityOracle(options, rows).persons())
        << round;
  }
}

TEST(IdentityLaws, TheOrderOfInputDoesNotMatter) {
  std::mt19937 random(12);
  for (int round = 0; round < 60; ++round) {
    const IdentityRules rules(random_options(random));
    auto rows = random_rows(200, random);
    const Identity expected = resolve(sightings_of(rules, rows), rules);
    std::shuffle(rows.begin(), rows.end(), random);
    std::vector<Sightings> parts(5, Sightings(KeepTexts::yes));
    for (const std::string& row : rows) parts[random() % 5].merge(sightings_of(rules, {row}));
    std::shuffle(parts.begin(), parts.end(), random);
    Sightings merged(KeepTexts::yes);
    for (const Sightings& part : parts) merged.merge(part);
    const Identity found = resolve(merged, rules);
    EXPECT_EQ(found.persons, expected.persons);
    EXPECT_EQ(found.report, expected.report);
  }
}

TEST(IdentityLaws, AddingAFileLaterIsAddingItAtOnce) {
  std::mt19937 random(13);
  for (int round = 0; round < 60; ++round) {
    const IdentityRules rules(random_options(random));
    const auto rows = random_rows(100, random);
    Sightings known =
        Sightings::load(sightings_of(rules, {rows.begin(), rows.begin() + 60}).save());
    const Sightings before = known;
    const Sightings more = sightings_of(rules, {rows.begin() + 60, rows.end()});
    known.merge(more);
    const PersonMap whole = resolve(sightings_of(rules, rows), rules).persons;
    EXPECT_EQ(resolve(known, rules).persons, whole);
    // And taking it back leaves whoever was there, as times allow: without limits, exactly.
    const IdentityRules plain(kinds({"user", "email", "cookie"}));
    const PersonMap at_first = resolve(before, plain).persons;
    known.subtract(more);
    EXPECT_EQ(resolve(known, plain).persons, at_first);
  }
}

TEST(IdentityLaws, NoPersonExceedsALimit) {
  std::mt19937 random(14);
  for (int round = 0; round < 50; ++round) {
    const auto rows = random_rows(100, random);
    for (const auto& person : test::persons_of(kinds({"user:1", "email:2", "cookie"}), rows)) {
      const auto count = [&](const std::string& kind) {
        return std::count_if(person.begin(), person.end(),
                             [&](const std::string& name) { return name.starts_with(kind); });
      };
      EXPECT_LE(count("user"), 1);
      EXPECT_LE(count("email"), 2);
    }
  }
}

TEST(IdentityLaws, ChangesTurnOneMapIntoAnother) {
  std::mt19937 random(15);
  for (int round = 0; round < 60; ++round) {
    const IdentityRules rules(kinds({"user", "email", "cookie"}));
    const auto rows = random_rows(20, random);
    const PersonMap before =
        resolve(sightings_of(rules, {rows.begin(), rows.begin() + 12}), rules).persons;
    const PersonMap after =
        resolve(sightings_of(rules, {rows.begin() + 4, rows.end()}), rules).persons;
    const auto changes = person_changes(before, after);
    std::map<PersonKey, PersonKey> person;
    for (const PersonMap* map : {&before, &after}) {
      for (const PersonKey& key : map->linked()) person[key] = before.person(key);
    }
    for (const PersonChange& change : changes) {
      EXPECT_EQ(person.at(change.identifier), change.before);
      EXPECT_NE(change.before, change.after);
      person[change.identifier] = change.after;
    }
    for (const auto& [key, now] : person) EXPECT_EQ(now, after.person(key));
    // Whoever did not come apart goes where `merged` says.
    const PersonMoves moves = person_moves(changes);
    for (const auto& [key, now] : person) {
      const PersonKey old = before.person(key);
      if (std::binary_search(moves.split.begin(), moves.split.end(), old)) continue;
      EXPECT_EQ(moves.merged.person(old), now);
    }
  }
}

}  // namespace
}  // namespace mta

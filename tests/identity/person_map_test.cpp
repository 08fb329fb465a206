#include "mta/identity/person_map.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace mta {
namespace {

PersonKey key(std::uint64_t high, std::uint32_t low = 0) { return {high, low}; }

Links links_of(const std::vector<std::pair<PersonKey, PersonKey>>& pairs) {
  Links links;
  for (const auto& [a, b] : pairs) links.add(a, b);
  return links;
}

TEST(PersonMap, AnUnlinkedIdentifierIsItsOwnPerson) {
  EXPECT_EQ(PersonMap().person(key(5)), key(5));
  const PersonMap map(links_of({{key(1), key(2)}}));
  EXPECT_EQ(map.person(key(5)), key(5));
  EXPECT_TRUE(PersonMap(Links()).empty());
}

TEST(PersonMap, APersonsKeyIsTheSmallestOfItsIdentifiers) {
  const PersonMap map(links_of({{key(9, 1), key(9, 0)}, {key(9, 1), key(30)}, {key(40), key(41)}}));
  for (const PersonKey& identifier : {key(9, 0), key(9, 1), key(30)}) {
    EXPECT_EQ(map.person(identifier), key(9, 0));
  }
  EXPECT_EQ(map.person(key(41)), key(40));
  EXPECT_EQ(map.identifiers(), 5U);
  EXPECT_EQ(map.persons(), 2U);
}

TEST(PersonMap, LinksAreTransitive) {
  std::vector<std::pair<PersonKey, PersonKey>> chain;
  for (std::uint64_t i = 1'000; i > 0; --i) chain.push_back({key(i), key(i + 1)});
  const PersonMap map(links_of(chain));
  EXPECT_EQ(map.persons(), 1U);
  EXPECT_EQ(map.identifiers(), 1'001U);
  EXPECT_EQ(map.person(key(1'001)), key(1));
}

TEST(PersonMap, RepeatedAndReversedLinksChangeNothing) {
  const PersonMap once(links_of({{key(1), key(2)}}));
  EXPECT_EQ(PersonMap(links_of({{key(1), key(2)}, {key(2), key(1)}, {key(1), key(2)}})), once);
  const PersonMap alone(links_of({{key(3), key(3)}}));
  EXPECT_EQ(alone.persons(), 1U);
  EXPECT_EQ(alone.person(key(3)), key(3));
}

std::vector<std::pair<PersonKey, PersonKey>> random_pairs(std::size_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::pair<PersonKey, PersonKey>> pairs;
  const auto identifier = [&] { return person_key(random() % (2 * count)); };
  while (pairs.size() < count) pairs.push_back({identifier(), identifier()});
  return pairs;
}

/// Components the slow way: the smallest key spreads along links until nothing changes.
std::map<PersonKey, PersonKey> oracle(const std::vector<std::pair<PersonKey, PersonKey>>& pairs) {
  std::map<PersonKey, PersonKey> person;
  for (const auto& [a, b] : pairs) {
    person[a] = a;
    person[b] = b;
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [a, b] : pairs) {
      const PersonKey smallest = std::min(person[a], person[b]);
      changed = changed || person[a] != smallest || person[b] != smallest;
      person[a] = person[b] = smallest;
    }
  }
  return person;
}

TEST(PersonMap, EqualsTheSlowWay) {
  for (const std::size_t count : {std::size_t{1}, std::size_t{10}, std::size_t{3'000}}) {
    const auto pairs = random_pairs(count, count);
    const PersonMap map(links_of(pairs));
    const auto expected = oracle(pairs);
    std::set<PersonKey> persons;
    for (const auto& [identifier, person] : expected) {
      ASSERT_EQ(map.person(identifier), person);
      persons.insert(person);
    }
    EXPECT_EQ(map.identifiers(), expected.size());
    EXPECT_EQ(map.persons(), persons.size());
  }
}

TEST(PersonMap, ReplacesManyAsOneByOne) {
  Links links;
  for (int i = 0; i < 500; ++i) {
    links.add("i" + std::to_string(i * 13 % 300), "i" + std::to_string(i * 7 % 300));
  }
  const PersonMap map(links);
  for (const int count : {0, 1, 63, 64, 65, 400}) {
    std::vector<PersonKey> many, one_by_one;
    for (int i = 0; i < count; ++i) many.push_back(person_key("i" + std::to_string(i)));
    for (const PersonKey& key : many) one_by_one.push_back(map.person(key));
    map.replace_by_persons(many);
    EXPECT_EQ(many, one_by_one) << count;
  }
  std::vector<PersonKey> same{person_key("a")};
  PersonMap().replace_by_persons(same);
  EXPECT_EQ(same, std::vector{person_key("a")});
}

TEST(PersonMap, TheOrderOfLinksDoesNotMatter) {
  auto pairs = random_pairs(2'000, 5);
  const PersonMap expected(links_of(pairs));
  for (const std::uint32_t seed : {1U, 2U, 3U}) {
    std::shuffle(pairs.begin(), pairs.end(), std::mt19937(seed));
    for (auto& [a, b] : pairs) std::swap(a, b);
    EXPECT_EQ(PersonMap(links_of(pairs)), expected);
  }
}

TEST(PersonMap, MergingPartsEqualsOneOfAllLinks) {
  const auto pairs = random_pairs(2'000, 8);
  const PersonMap whole(links_of(pairs));
  for (const std::ptrdiff_t cut :
       {std::ptrdiff_t{0}, std::ptrdiff_t{1}, std::ptrdiff_t{700}, std::ptrdiff_t{2'000}}) {
    PersonMap left(links_of({pairs.begin(), pairs.begin() + cut}));
    PersonMap right(links_of({pairs.begin() + cut, pairs.end()}));
    PersonMap reversed = right;
    reversed.merge(left);
    left.merge(right);
    EXPECT_EQ(left, whole) << "cut at " << cut;
    EXPECT_EQ(reversed, whole) << "cut at " << cut;
    EXPECT_EQ(left.persons(), whole.persons());
  }
  PersonMap twice = whole;
  twice.merge(twice);
  EXPECT_EQ(twice, whole);
}

}  // namespace
}  // namespace mta

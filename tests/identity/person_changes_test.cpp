#include "mta/identity/person_changes.hpp"

namespace mta {
namespace {

PersonKey key(std::uint64_t high) { return {high, 0}; }

PersonMap map_of(const std::vector<std::pair<std::uint64_t, std::uint64_t>>& pairs) {
  Links links;
  for (const auto& [a, b] : pairs) links.add(key(a), key(b));
  return PersonMap(links);
}

TEST(PersonChanges, ThereAreNoneBetweenEqualMaps) {
  EXPECT_TRUE(person_changes(PersonMap(), PersonMap()).empty());
  const PersonMap map = map_of({{1, 2}, {3, 4}});
  EXPECT_TRUE(person_changes(map, map).empty());
}

TEST(PersonChanges, AMergeMovesTheLargerKey) {
  const auto changes =
      person_changes(map_of({{1, 2}, {3, 4}}), map_of({{1, 2}, {3, 4}, {2, 3}, {8, 9}}));
  EXPECT_EQ(changes,
            (std::vector<PersonChange>{
                {key(3), key(3), key(1)}, {key(4), key(3), key(1)}, {key(9), key(9), key(8)}}));
  const PersonMoves moves = person_moves(changes);
  EXPECT_TRUE(moves.split.empty());
  EXPECT_EQ(moves.merged, map_of({{3, 1}, {9, 8}}));
}

TEST(PersonChanges, ASplitNamesThePersonThatCameApart) {
  const auto changes = person_changes(map_of({{1, 2}, {2, 3}, {5, 6}}), map_of({{1, 2}, {5, 6}}));
  EXPECT_EQ(changes, (std::vector<PersonChange>{{key(3), key(1), key(3)}}));
  const PersonMoves moves = person_moves(changes);
  EXPECT_EQ(moves.split, (std::vector<PersonKey>{key(1)}));
  EXPECT_TRUE(moves.merged.empty());
}

TEST(PersonChanges, WhoLeavesForAnotherPersonIsASplitToo) {
  // 3 leaves 1 for 7, whose person becomes 3.
  const PersonMoves moves = person_moves(
      person_changes(map_of({{1, 2}, {2, 3}, {7, 8}}), map_of({{1, 2}, {3, 7}, {7, 8}})));
  EXPECT_EQ(moves.split, (std::vector<PersonKey>{key(1)}));
  EXPECT_EQ(moves.merged, map_of({{7, 3}}));
}

TEST(PersonChanges, AllOfAPersonMovingTogetherIsNoSplit) {
  const PersonMoves moves =
      person_moves(person_changes(map_of({{4, 5}}), map_of({{4, 5}, {5, 1}})));
  EXPECT_TRUE(moves.split.empty());
  EXPECT_EQ(moves.merged, map_of({{4, 1}}));
}

}  // namespace
}  // namespace mta

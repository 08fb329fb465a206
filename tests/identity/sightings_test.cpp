#include "mta/identity/sightings.hpp"

#include <algorithm>
#include <random>

#include "identity/told_identity.hpp"
#include "mta/core/bytes.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

using test::sightings_of;

const IdentityRules& rules() {
  static const IdentityRules rules(test::kinds({"user", "email", "cookie", "visitor"}));
  return rules;
}

PersonKey key(const std::string& kind, const std::string& text) {
  return identifier_key(kind, text);
}

TEST(Sightings, CountRepeatedSightings) {
  const Sightings sightings = sightings_of(
      rules(), {"5 user=A cookie=X", "2 cookie=X user=A", "9 user=A cookie=X cookie=X"});
  ASSERT_EQ(sightings.size(), 1U);
  EXPECT_EQ(sightings.identifiers(), 2U);
  const Sighting seen = sightings.sighting(0);
  EXPECT_EQ(seen.identifiers.size(), 2U);
  EXPECT_EQ(seen.first.micros, 2 * test::day);
  EXPECT_EQ(seen.last.micros, 9 * test::day);
  EXPECT_EQ(seen.events, 3U);
}

TEST(Sightings, AnIdentifierAloneIsKnownAndNoSighting) {
  const Sightings sightings = sightings_of(rules(), {"1 user=A", "2 cookie=X cookie=X", "3"});
  EXPECT_EQ(sightings.size(), 0U);
  EXPECT_EQ(sightings.identifiers(), 2U);
  EXPECT_NE(sightings.find(key("user", "A")), Sightings::unknown);
  EXPECT_EQ(sightings.find(key("user", "X")), Sightings::unknown);
}

TEST(Sightings, PairsAndLargerOnesAreDifferent) {
  const Sightings sightings = sightings_of(
      rules(), {"1 user=A cookie=X", "2 user=A cookie=X email=e", "3 email=e cookie=X user=A"});
  ASSERT_EQ(sightings.size(), 2U);
  EXPECT_EQ(sightings.sighting(1).identifiers.size(), 3U);
  EXPECT_EQ(sightings.sighting(1).events, 2U);
}

TEST(Sightings, LinksAreVisitorsSeenTogether) {
  Links links;
  links.add("a", "b");
  links.add("b", "a");
  Sightings sightings;
  sightings.add(links, {7});
  ASSERT_EQ(sightings.size(), 1U);
  EXPECT_EQ(sightings.sighting(0).events, 2U);
  EXPECT_EQ(sightings.identifiers(), 2U);
  EXPECT_EQ(resolve(sightings, rules()).persons, PersonMap(links));
}

TEST(Sightings, KeepTextsOnlyWhereAsked) {
  const Sightings with = sightings_of(rules(), {"1 user=A cookie=X"});
  EXPECT_EQ(with.text(with.find(key("user", "A"))), "A");
  const Sightings without = sightings_of(rules(), {"1 user=A cookie=X"}, KeepTexts::no);
  EXPECT_EQ(without.text(without.find(key("user", "A"))), "");
}

std::vector<std::string> random_rows(std::size_t count, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<std::string> rows;
  const char* const kinds[] = {"user", "email", "cookie", "visitor"};
  for (std::size_t i = 0; i < count; ++i) {
    std::string row = std::to_string(random() % 50);
    for (std::size_t n = random() % 5; n > 0; --n) {
      row += std::string(" ") + kinds[random() % 4] + "=" + std::to_string(random() % 40);
    }
    rows.push_back(random() % 20 == 0 ? row + " cookie=null" : row);
  }
  return rows;
}

TEST(Sightings, DependOnWhatWasAddedAlone) {
  auto rows = random_rows(500, 1);
  const Sightings expected = sightings_of(rules(), rows);
  for (const std::uint32_t seed : {1U, 2U, 3U}) {
    std::shuffle(rows.begin(), rows.end(), std::mt19937(seed));
    const auto cut = rows.begin() + static_cast<std::ptrdiff_t>(100 * seed);
    Sightings left = sightings_of(rules(), {rows.begin(), cut});
    const Sightings right = sightings_of(rules(), {cut, rows.end()});
    Sightings reversed = right;
    reversed.merge(left);
    left.merge(right);
    EXPECT_EQ(left, expected);
    EXPECT_EQ(reversed, expected);
  }
}

TEST(Sightings, AFreshOneChangesNothing) {
  const Sightings sightings = sightings_of(rules(), random_rows(100, 2));
  Sightings merged = sightings;
  merged.merge(Sightings(KeepTexts::yes));
  EXPECT_EQ(merged, sightings);
  Sightings fresh(KeepTexts::yes);
  fresh.merge(sightings);
  EXPECT_EQ(fresh, sightings);
}

TEST(Sightings, MergingWithItselfDoublesEvents) {
  Sightings sightings = sightings_of(rules(), {"1 user=A cookie=X", "2 user=null"});
  sightings.merge(sightings);
  ASSERT_EQ(sightings.size(), 1U);
  EXPECT_EQ(sightings.sighting(0).events, 2U);
  EXPECT_EQ(sightings.refused(*rules().kind("user")).blocked, 2U);
}

TEST(Sightings, SubtractingTakesBackWhatWasMerged) {
  const Sightings before = sightings_of(
      rules(), {"1 user=A cookie=X", "4 user=A cookie=X", "3 user=B", "6 cookie=null"});
  const Sightings more = sightings_of(rules(), {"2 user=A cookie=X", "5 user=A cookie=Y",
                                                "5 user=B email=e cookie=Z", "6 cookie=null"});
  Sightings sightings = before;
  sightings.merge(more);
  EXPECT_EQ(sightings.size(), 3U);
  sightings.subtract(more);
  EXPECT_EQ(sightings, before);
  sightings.subtract(before);
  EXPECT_EQ(sightings, sightings_of(rules(), {"3 user=B"}));
}

TEST(Sightings, RefuseToSubtractWhatTheyHaveNot) {
  const Sightings before = sightings_of(rules(), {"1 user=A cookie=X", "2 user=B cookie=X"});
  for (const std::string row :
       {"1 user=A cookie=Y", "1 user=A user=B", "1 user=A cookie=X email=e", "1 user=null"}) {
    Sightings sightings = before;
    try {
      sightings.subtract(sightings_of(rules(), {"2 user=B cookie=X", row}));
      ADD_FAILURE() << row;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Errc::foreign_state);
    }
    EXPECT_EQ(sightings, before);
  }
  Sightings twice = before;
  EXPECT_THROW(twice.subtract(sightings_of(rules(), {"1 user=A cookie=X", "1 user=A cookie=X"})),
               Error);
}

TEST(Sightings, ErasingForgetsAnIdentifier) {
  Sightings sightings =
      sightings_of(rules(), {"1 user=A cookie=X", "2 user=A cookie=Y email=e", "3 cookie=X"});
  const PersonKey erased[] = {key("user", "A"), key("user", "nobody")};
  sightings.erase(erased);
  EXPECT_EQ(sightings, sightings_of(rules(), {"2 cookie=Y email=e", "3 cookie=X"}));
}

TEST(Sightings, AreSavedAndLoaded) {
  for (const KeepTexts texts : {KeepTexts::yes, KeepTexts::no}) {
    const Sightings sightings = sightings_of(rules(), random_rows(300, 3), texts);
    const std::string bytes = sightings.save();
    Sightings loaded = Sightings::load(bytes);
    EXPECT_EQ(loaded.save(), bytes);
    EXPECT_EQ(loaded.keeps_texts(), texts);
    EXPECT_EQ(loaded.size(), sightings.size());
    EXPECT_EQ(resolve(loaded, rules()).report, resolve(sightings, rules()).report);
    const Sightings more = sightings_of(rules(), random_rows(50, 4), texts);
    Sightings whole = sightings;
    whole.merge(more);
    loaded.merge(more);
    EXPECT_EQ(loaded, whole);
  }
  EXPECT_EQ(Sightings::load(Sightings().save()), Sightings());
}

TEST(Sightings, CorruptedBytesAreRefused) {
  const std::string bytes = sightings_of(rules(), random_rows(20, 5)).save();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string broken = bytes;
    broken[i] = static_cast<char>(broken[i] ^ 4);
    EXPECT_THROW(static_cast<void>(Sightings::load(broken)), Error) << i;
    EXPECT_THROW(static_cast<void>(Sightings::load(bytes.substr(0, i))), Error) << i;
  }
}

/// Bytes whose checksum is right and whose content is not: none may crash, and what is accepted is
/// what it says it is.
TEST(Sightings, WrongContentUnderARightChecksumIsRefused) {
  const std::string bytes = sightings_of(rules(), random_rows(20, 6)).save();
  std::size_t refused = 0;
  for (std::size_t i = 0; i + 8 < bytes.size(); ++i) {
    std::string body = bytes.substr(0, bytes.size() - 8);
    body[i] = static_cast<char>(body[i] ^ 0x81);
    const std::uint64_t checksum = hash64(body);
    for (int b = 0; b < 8; ++b) body.push_back(static_cast<char>((checksum >> (8 * b)) & 0xff));
    try {
      EXPECT_EQ(Sightings::load(body).identifiers(), Sightings::load(bytes).identifiers());
    } catch (const Error& error) {
      ++refused;
      EXPECT_TRUE(error.code() == Errc::corrupt_state || error.code() == Errc::foreign_state);
    }
  }
  EXPECT_GT(refused, 100U);
}

TEST(Sightings, OtherFilesAreRefused) {
  try {
    static_cast<void>(Sightings::load(PersonMap().save()));
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::corrupt_state);
    EXPECT_THAT(error.what(), testing::HasSubstr("MTAS"));
  }
  ByteWriter writer;
  writer.u32(0x5341'544D);
  writer.u32(2);
  try {
    static_cast<void>(Sightings::load(writer.seal()));
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::foreign_state);
    EXPECT_THAT(error.what(), testing::HasSubstr("must be of format 1, got 2"));
  }
}

}  // namespace
}  // namespace mta

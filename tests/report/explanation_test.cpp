#include "mta/report/explanation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "mta/identity/identity.hpp"
#include "mta/identity/sighting_writer.hpp"

namespace mta {
namespace {

using testing::HasSubstr;

constexpr std::int64_t day = std::int64_t{86'400} * 1'000'000;

IdentityOptions options() {
  IdentityOptions options;
  options.kinds = {{.name = "user", .limit = 1}, {.name = "cookie"}};
  options.include = {{{"cookie", "a"}, {"cookie", "z"}}};
  return options;
}

/// Ann on two cookies, one of them known from a list, and Bob once on one of hers.
struct Sample {
  IdentityRules rules{options()};
  Sightings seen{KeepTexts::yes};
  SightingWriter writer{rules, seen};

  void see(std::int64_t time, std::string_view user, std::string_view cookie) {
    (void)writer.add(*rules.kind("user"), user);
    (void)writer.add(*rules.kind("cookie"), cookie);
    (void)writer.finish(TimePoint{time});
  }
  Sample() {
    see(1 * day, "ann", "a");
    see(2 * day, "ann", "b");
    see(4 * day, "ann", "b");
    see(5 * day, "bob", "b");
  }
  [[nodiscard]] PersonKey key(std::string_view kind, std::string_view text) const {
    std::string form;
    PersonKey key;
    EXPECT_EQ(rules.read(*rules.kind(kind), text, form, key), IdentifierFate::taken);
    return key;
  }
  [[nodiscard]] Explanation explained(const PersonKey& of) const {
    return {PersonGraph(seen, rules, resolve(seen, rules), of), {}, 0, of, {}};
  }
};

TEST(Explanation, ShowsLinksAndWhatThePersonFallsIntoWithoutThem) {
  const Sample sample;
  const std::string text = to_text(sample.explained(sample.key("user", "ann")));
  EXPECT_THAT(text, HasSubstr(": 4 identifiers, 3 links\n"));
  // Four in all; without the first visit, Ann and b are left, and a with z.
  EXPECT_THAT(text, HasSubstr("1970-01-02T00:00:00Z  1970-01-02T00:00:00Z       1  2 + 2 "));
  EXPECT_THAT(text, HasSubstr("1970-01-03T00:00:00Z  1970-01-05T00:00:00Z       2  3 + 1 "));
  EXPECT_THAT(text, HasSubstr("included              -                          -  3 + 1 "));
}

TEST(Explanation, OfBobSaysWhatWasLeftOut) {
  const Sample sample;
  const std::string text = to_text(sample.explained(sample.key("user", "bob")));
  EXPECT_THAT(text, HasSubstr(": 1 identifier, 0 links\n  user:bob\n"));
  EXPECT_THAT(text, HasSubstr("first seen            last seen             events  left out  why"));
  EXPECT_THAT(text, HasSubstr("cookie:b  over the limit  user:bob\n"));
}

TEST(Explanation, ShowsRowsAndHowManyMoreThereAre) {
  const Sample sample;
  Explanation explanation = sample.explained(sample.key("user", "ann"));
  const NamedKey ann{"user", sample.key("user", "ann"), "ann"};
  const NamedKey cookie{"cookie", sample.key("cookie", "a"), "a\n"};
  explanation.rows = {
      {TimePoint{std::numeric_limits<std::int64_t>::min()}, "links.csv", 7, {ann, cookie}},
      {TimePoint{day}, "web.csv", 12, {ann, cookie}}};
  explanation.rows_in_all = 3;
  EXPECT_THAT(to_text(explanation),
              HasSubstr("time                  row          has\n"
                        "--------------------------------------------------------\n"
                        "ever                  links.csv:7  user:ann + cookie:a\\n\n"
                        "1970-01-02T00:00:00Z  web.csv:12   user:ann + cookie:a\\n\n"
                        "and 1 later row\n"));
}

TEST(Explanation, ShowsTheChainBetweenTwo) {
  const Sample sample;
  Explanation explanation = sample.explained(sample.key("cookie", "b"));
  explanation.other = sample.key("cookie", "z");
  EXPECT_THAT(to_text(explanation), HasSubstr("chain: cookie:b\n"
                                              "  1970-01-03T00:00:00Z: with user:ann\n"
                                              "  1970-01-02T00:00:00Z: with cookie:a\n"
                                              "  included: with " +
                                              format_key(*explanation.other) + "\n"));
  explanation.other = sample.key("user", "bob");
  EXPECT_THAT(to_text(explanation), HasSubstr("The other identifier is not of this person.\n"));
}

}  // namespace
}  // namespace mta

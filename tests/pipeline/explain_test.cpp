#include "mta/pipeline/explain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "mta/core/error.hpp"

namespace mta::test {
namespace {

using testing::ElementsAre;

const std::filesystem::path folder = std::filesystem::path(MTA_SOURCE_DIR) / "examples/data/people";

Spec story() {
  std::ifstream file(folder / "spec.json", std::ios::binary);
  Spec spec = parse_spec(std::string(std::istreambuf_iterator<char>(file), {}));
  for (SourceSpec& source : spec.sources) {
    for (std::string& name : source.files) name = (folder / name).string();
  }
  return spec;
}

std::vector<Source> none() { return {}; }

/// "web.csv:5" of each row.
std::vector<std::string> places(const Explanation& explanation) {
  std::vector<std::string> places;
  for (const EvidenceRow& row : explanation.rows) {
    places.push_back(std::filesystem::path(row.source).filename().string() + ':' +
                     std::to_string(row.line));
  }
  return places;
}

// The rows of the README's table that have two identifiers, as they stand in the files.
TEST(Explain, ShowsTheRowsThatMadeAnnaOne) {
  const Explanation anna = explain(story(), none, {.identifier = "email:anna@example.com"});
  EXPECT_EQ(anna.graph.identifiers().size(), 5u);  // two cookies, address, number, customer
  EXPECT_EQ(anna.graph.links().size(), 4u);
  EXPECT_THAT(places(anna), ElementsAre("web.csv:5", "crm.csv:2", "web.csv:7", "web.csv:9",
                                        "crm.csv:4", "crm.csv:5"));
  EXPECT_EQ(anna.rows_in_all, 6u);
  ASSERT_EQ(anna.graph.drops().size(), 1u);
  EXPECT_EQ(anna.graph.drops()[0].identifier.text, "tablet-55d0");
}

TEST(Explain, AnyIdentifierOfThePersonSaysTheSame) {
  const std::string by_address =
      to_text(explain(story(), none, {.identifier = "email:anna@example.com"}));
  EXPECT_EQ(to_text(explain(story(), none, {.identifier = "phone:030 5550118"})), by_address);
  EXPECT_EQ(to_text(explain(story(), none, {.identifier = "cookie:laptop-7f3a"}, {.threads = 3})),
            by_address);
}

TEST(Explain, KeepsTheEarliestRows) {
  const Explanation anna = explain(story(), none, {.identifier = "customer:K-1001", .rows = 2});
  EXPECT_THAT(places(anna), ElementsAre("web.csv:5", "crm.csv:2"));
  EXPECT_EQ(anna.rows_in_all, 6u);
}

TEST(Explain, FindsTheChainBetweenTwo) {
  const Explanation anna =
      explain(story(), none, {.identifier = "cookie:laptop-7f3a", .other = "customer:K-1001"});
  ASSERT_TRUE(anna.other.has_value());
  const auto chain = anna.graph.chain(anna.asked, *anna.other);
  ASSERT_EQ(chain.size(), 2u);  // by the address to the books
  EXPECT_EQ(anna.graph.identifiers()[chain[0].identifier].kind, "email");
  EXPECT_EQ(anna.graph.identifiers()[chain[1].identifier].text, "K-1001");
}

TEST(Explain, NamesWhomNobodyHasSeen) {
  try {
    (void)explain(story(), none, {.identifier = "cookie:nobody's"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "no row has the identifier 'cookie:nobody's'");
  }
}

TEST(Explain, ReadsLinkFilesAndSourcesGivenBeside) {
  Spec spec;
  spec.columns.identifiers = {{"user", "user"}, {"cookie", "cookie"}};
  spec.identity = IdentityOptions{.kinds = {{.name = "user"}, {.name = "cookie"}},
                                  .include = {{{"user", "ann"}, {"user", "Ann"}}}};
  const std::string first =
      "user,cookie,time,event,channel\nann,a,2024-03-01,click,search\n,b,2024-03-02,sale,\n";
  const std::string second =
      "user,cookie,time,event,channel\nann,b,2024-02-01,click,search\nbob,c,1,click,search\n";
  const auto open = [&] {
    std::vector<Source> sources;
    sources.push_back(Source::memory("first", first, SourceFormat::csv));
    sources.push_back(Source::memory("second", second, SourceFormat::csv));
    return sources;
  };
  const Explanation ann = explain(spec, open, {.identifier = "cookie:b"});
  EXPECT_EQ(ann.graph.identifiers().size(), 4u);
  EXPECT_THAT(places(ann), ElementsAre("second:2", "first:2"));
  EXPECT_THAT(to_text(ann), testing::HasSubstr("  cookie:a\n  cookie:b\n  user:Ann\n  user:ann\n"));
}

}  // namespace
}  // namespace mta::test

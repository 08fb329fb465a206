#include "mta/ingest/row_finder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "mta/core/error.hpp"

namespace mta {
namespace {

/// Asks for the rows whose first identifier has an "x".
class WithX final : public RowPersons {
 public:
  std::string_view visitor(std::span<const std::string_view> identifiers) override {
    return identifiers[0].find('x') == std::string_view::npos ? "" : "x";
  }
  void keep(TimePoint) override {}
  void drop() override {}
  void finish() override {}
};

Schema schema() {
  Schema columns;
  columns.identifiers = {{"user", "user"}, {"cookie", "cookie"}};
  return columns;
}

std::vector<std::string> found(const std::string& text, SourceFormat format, RowsAre rows,
                               const Schema& columns, std::size_t threads = 1,
                               std::size_t block = 4'096) {
  std::vector<std::string> lines;
  ReadOptions options{.threads = threads, .block = block};
  options.persons = [] { return std::make_unique<WithX>(); };
  find_rows(
      Source::memory("rows", text, format), columns, rows, options,
      [&](std::string_view source, std::uint64_t line, std::string_view row) {
        lines.push_back(std::string(source) + ':' + std::to_string(line) + ' ' + std::string(row));
      });
  return lines;
}

TEST(FindRows, TellsOfRowsThatCountAndTheirLines) {
  const std::string text =
      "user,cookie,time,event,channel\n"
      "x1,a,1,click,search\n"  // line 2
      "y1,a,2,click,search\n"
      "\"x\n2\",b,3,click,mail\n"  // lines 4 and 5
      "x3,c,never,click,mail\n"    // no time: rejected
      "x4,c\n"                     // too narrow: rejected
      "\n"
      "x5,,6,click,mail\n";  // line 9
  EXPECT_THAT(found(text, SourceFormat::csv, RowsAre::events, schema()),
              testing::ElementsAre("rows:2 x1,a,1,click,search", "rows:4 \"x\n2\",b,3,click,mail",
                                   "rows:9 x5,,6,click,mail"));
}

TEST(FindRows, ReadsObjectsAndLinks) {
  const std::string text =
      "{\"user\":\"x\",\"cookie\":\"a\"}\n"
      "{\"user\":\"y\",\"cookie\":\"a\"}\n"
      "{\"cookie\":\"b\",\"user\":\"\\u0078\"}\n";
  EXPECT_THAT(found(text, SourceFormat::ndjson, RowsAre::links, schema()),
              testing::ElementsAre("rows:1 {\"user\":\"x\",\"cookie\":\"a\"}",
                                   "rows:3 {\"cookie\":\"b\",\"user\":\"\\u0078\"}"));
}

TEST(FindRows, KeepsTheOrderOfInputOnAnyNumberOfThreads) {
  std::string text = "user,cookie,time,event,channel\n";
  std::vector<std::string> expected;
  for (int i = 0; i < 5'000; ++i) {
    const std::string row = (i % 7 == 0 ? "x" : "y") + std::to_string(i) + ",c,1,click,mail";
    if (i % 7 == 0) expected.push_back("rows:" + std::to_string(i + 2) + ' ' + row);
    text += row + '\n';
  }
  EXPECT_EQ(found(text, SourceFormat::csv, RowsAre::events, schema()), expected);
  EXPECT_EQ(found(text, SourceFormat::csv, RowsAre::events, schema(), 3, 500), expected);
}

TEST(FindRows, NeedsIdentifiersAndSomeoneToAsk) {
  EXPECT_THROW(found("user,time\n", SourceFormat::csv, RowsAre::events, {}), Error);
  EXPECT_THROW(find_rows(Source::memory("rows", "user\n", SourceFormat::csv), schema(),
                         RowsAre::links, {}, [](auto, auto, auto) {}),
               Error);
  EXPECT_TRUE(
      found("user,cookie,time,event,channel\n", SourceFormat::csv, RowsAre::events, schema())
          .empty());
}

}  // namespace
}  // namespace mta

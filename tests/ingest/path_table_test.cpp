#include "mta/ingest/path_table.hpp"

#include "event_rows.hpp"
#include "support/shared_data.hpp"
#include "support/synthetic_journeys.hpp"

namespace mta {
namespace {

using test::error_of;
using testing::ElementsAre;
using testing::HasSubstr;

PathTable read_csv_paths(std::string_view text, const PathSchema& schema = {},
                         const ReadOptions& options = {}) {
  return read_paths(Source::memory("input", text, SourceFormat::csv), schema, options);
}

/// "a > b | conversions value nulls"
std::vector<std::string> shown(const PathTable& table) {
  std::vector<std::string> rows;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    std::string text;
    for (std::uint64_t t = table.offsets[i]; t < table.offsets[i + 1]; ++t) {
      if (!text.empty()) text += " > ";
      text += table.channels.text(table.touches[t]);
    }
    rows.push_back(text + " | " + format_micros(table.worth[i].conversions) + ' ' +
                   format_micros(table.worth[i].value) + ' ' + format_micros(table.nulls[i]));
  }
  return rows;
}

TEST(PathTable, ReadsPathsAndCounts) {
  const PathTable table = read_csv_paths(
      "path,total_conversions,total_conversion_value,total_null\n"
      "eta > iota >alpha,1,0.244,3\n"
      " eta>eta ,0.5,,\n"
      ",2,10,0\n"
      "  ,0,0,7\n"
      "> a > > b >,0,0,1\n"
      "\"x, y > z\",1,1,1\n");
  EXPECT_THAT(
      shown(table),
      ElementsAre("eta > iota > alpha | 1.000000 0.244000 3.000000",
                  "eta > eta | 0.500000 0.000000 0.000000", " | 2.000000 10.000000 0.000000",
                  " | 0.000000 0.000000 7.000000", "a > b | 0.000000 0.000000 1.000000",
                  "x, y > z | 1.000000 1.000000 1.000000"));
  EXPECT_EQ(table.report.rows, 6u);
  EXPECT_EQ(table.report.events, 6u);
}

TEST(PathTable, ValueAndNullsMayBeMissing) {
  const PathTable table = read_csv_paths("total_conversions,path\n3,a > b\n");
  EXPECT_THAT(shown(table), ElementsAre("a > b | 3.000000 0.000000 0.000000"));
  EXPECT_THAT(table.report.columns,
              ElementsAre(ColumnChoice{"path", "path", false},
                          ColumnChoice{"conversions", "total_conversions", false}));
}

TEST(PathTable, OtherNamesSeparatorsAndDelimiters) {
  const PathSchema schema = {.path = "p", .conversions = "n", .separator = '/', .delimiter = ';'};
  EXPECT_THAT(shown(read_csv_paths("p;n\na / b>c;1\n", schema)),
              ElementsAre("a > b>c | 1.000000 0.000000 0.000000"));
}

TEST(PathTable, MissingColumnsAreErrors) {
  EXPECT_THAT(error_of(Errc::missing_column, [] { (void)read_csv_paths("path,x\n"); }),
              HasSubstr("total_conversions"));
  EXPECT_THAT(error_of(Errc::missing_column, [] { (void)read_csv_paths("total_conversions\n"); }),
              HasSubstr("column for path"));
  EXPECT_THAT(error_of(Errc::unreadable_input, [] { (void)read_csv_paths(""); }),
              HasSubstr("is empty"));
}

TEST(PathTable, BadRowsAreRejected) {
  const PathTable table = read_csv_paths(
      "path,total_conversions,total_conversion_value,total_null\n"
      "a,x,0,0\na,-1,0,0\na,1,0,-1\na,1,inf,0\na,0,5,0\na,1,1e300,0\na\xff,1,0,0\na,,,1\na,1,-5,"
      "0\n");
  std::vector<std::string> reasons;
  for (const RejectExample& example : table.report.examples) {
    reasons.push_back(std::to_string(example.line) + ' ' + std::string(name_of(example.reason)));
  }
  EXPECT_THAT(reasons, ElementsAre("2 invalid_value", "3 negative_count", "4 negative_count",
                                   "5 value_not_finite", "6 value_without_conversions",
                                   "7 value_overflow", "8 invalid_utf8"));
  EXPECT_THAT(shown(table),
              ElementsAre("a | 0.000000 0.000000 1.000000", "a | 1.000000 -5.000000 0.000000"));
}

TEST(PathTable, ReadsNdjson) {
  const auto read = [](std::string_view text) {
    return read_paths(Source::memory("input", text, SourceFormat::ndjson));
  };
  const PathTable table = read(
      R"({"path":"a > b","total_conversions":2,"total_conversion_value":1.50}
{"total_null":4,"path":null}
)");
  EXPECT_THAT(shown(table),
              ElementsAre("a > b | 2.000000 1.500000 0.000000", " | 0.000000 0.000000 4.000000"));
  EXPECT_EQ(read("").rows(), 0u);
}

TEST(PathTable, RowsStayInOrderForAnyBlock) {
  std::string text = "path,total_conversions\n";
  for (int i = 0; i < 1'000; ++i) {
    text.append("c").append(std::to_string(i % 7)).append(" > x,");
    text.append(std::to_string(i)).append("\n");
  }
  const std::vector<std::string> whole = shown(read_csv_paths(text));
  ASSERT_EQ(whole.size(), 1'000u);
  EXPECT_EQ(whole[999], "c5 > x | 999.000000 0.000000 0.000000");
  for (const std::size_t block : {16u, 64u, 1'000u}) {
    EXPECT_EQ(shown(read_csv_paths(text, {}, {.threads = 4, .block = block})), whole);
  }
}

/// Steps between separators without the blanks around them, empty ones left out, as it reads.
std::string plainly_split(const std::string& path, char separator) {
  std::string shown, step;
  for (const char c : path + separator) {
    if (c != separator) {
      step += c;
      continue;
    }
    const std::size_t begin = step.find_first_not_of(" \t");
    if (begin != std::string::npos) {
      if (!shown.empty()) shown += " > ";
      shown += step.substr(begin, step.find_last_not_of(" \t") + 1 - begin);
    }
    step.clear();
  }
  return shown + " | 1.000000 0.000000 0.000000";
}

TEST(PathTable, StepsOfEveryLengthAreThoseOfAPlainSplit) {
  test::Random random(5);
  for (const char separator : {'>', '/'}) {
    std::string text = "path,total_conversions\n";
    std::vector<std::string> expected;
    for (int row = 0; row < 4'000; ++row) {
      const std::uint64_t rare = 2 + random.below(40), size = random.below(70);
      std::string path;
      while (path.size() < size) {
        const std::uint64_t what = random.below(rare);
        path += what == 0 ? separator : what == 1 ? " \t"[random.below(2)] : "=?a"[random.below(3)];
      }
      text += path + ",1\n";
      expected.push_back(plainly_split(path, separator));
    }
    EXPECT_EQ(shown(read_csv_paths(text, {.separator = separator})), expected);
  }
}

TEST(PathTable, LongStepsThatDifferInTheMiddleAloneAreDistinct) {
  std::string text = "path,total_conversions\n";
  std::vector<std::string> expected;
  for (int i = 0; i < 300; ++i) {  // the same first and last eight bytes, and the same size
    const std::string middle = std::to_string(1'000 + i);
    const std::string path = "campaign " + middle + " of spring > x" + middle;
    text += path + ",1\n";
    expected.push_back(path + " | 1.000000 0.000000 0.000000");
  }
  EXPECT_EQ(shown(read_csv_paths(text)), expected);
}

TEST(PathTable, MoreStepsThanAnyTableBeforeTheDictionaryHolds) {
  std::string text = "path,total_conversions\n";
  for (int time = 0; time < 2; ++time) {
    for (int i = 0; i < 12'000; ++i) text += "step " + std::to_string(i) + ",1\n";
  }
  const PathTable table = read_csv_paths(text);
  EXPECT_EQ(table.channels.size(), 12'001u);
  for (std::uint32_t i = 0; i < 24'000; ++i) ASSERT_EQ(table.touches[i], i % 12'000 + 1);
}

TEST(PathTable, QuotedPathsMayHoldNewlines) {
  EXPECT_THAT(shown(read_csv_paths("path,total_conversions\n\"a\nb > c\",1\n")),
              ElementsAre("a\nb > c | 1.000000 0.000000 0.000000"));
}

TEST(PathTableData, ChannelAttributionTableHasItsTotals) {
  MTA_SHARED_DATA_OR_SKIP(path, "channelattribution_pathdata/paths.csv");
  const PathTable table = read_paths(Source::file(path.string()));
  Worth worth;
  Micros nulls;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    worth += table.worth[i];
    nulls += table.nulls[i];
  }
  EXPECT_EQ(table.rows(), 10'000u);
  EXPECT_EQ(table.report.rejected(), 0u);
  EXPECT_EQ(table.channels.size(), 12u + 1u);
  EXPECT_EQ(format_micros(worth.conversions), "19785.000000");
  EXPECT_EQ(format_micros(worth.value), "74802.971584");
  EXPECT_EQ(format_micros(nulls), "68602.000000");
}

}  // namespace
}  // namespace mta

#include "ingest/record_scan.hpp"

#include <random>

namespace mta {
namespace {

/// The length of all whole records, by the automaton's definition, one byte after another.
std::size_t whole_records_by_bytes(std::string_view text, char delimiter) {
  enum { begin, plain, quoted, closed } state = begin;
  std::size_t whole = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (state == quoted) {
      if (c == '"') state = closed;
    } else if (c == '"' && state != plain) {
      state = quoted;
    } else if (c == '\n') {
      whole = i + 1;
      state = begin;
    } else {
      state = c == delimiter ? begin : plain;
    }
  }
  return whole;
}

TEST(RecordScan, FindsTheLastBoundaryOutsideQuotes) {
  const RecordScan scan{RecordSyntax::quoted_line, ','};
  EXPECT_EQ(scan.whole_records("a,b\nc,d"), 4u);
  EXPECT_EQ(scan.whole_records("a,\"b\nc\",d"), 0u);
  EXPECT_EQ(scan.whole_records("a\n\"b\nc\",d\nx"), 10u);
  EXPECT_EQ(scan.whole_records("a\n\"b\"\"\nc\",d"), 2u);
  EXPECT_EQ(scan.whole_records("a\nb\"c\nd"), 6u) << "a quote inside a field is text";
  EXPECT_EQ(scan.whole_records(""), 0u);
  const RecordScan lines{RecordSyntax::line, 0};
  EXPECT_EQ(lines.whole_records("{\"a\nb\":\n1"), 8u);
}

TEST(RecordScan, AgreesWithTheAutomatonOnRandomTexts) {
  std::mt19937 random(99);
  const char letters[] = {'"', '"', ',', '\n', 'x', '\r'};
  const RecordScan scan{RecordSyntax::quoted_line, ','};
  for (int i = 0; i < 200'000; ++i) {
    std::string text;
    const auto size = random() % 24;
    for (unsigned k = 0; k < size; ++k) {
      const auto often = random() % 16 == 0 ? random() % 40 : 1;  // stretches without a quote too
      text.append(often, often == 1 ? letters[random() % sizeof letters] : 'x');
    }
    ASSERT_EQ(scan.whole_records(text), whole_records_by_bytes(text, ','))
        << testing::PrintToString(text);
    // The first record, found whole and in two pieces.
    std::size_t first = 0;
    for (std::size_t n = 1; n <= text.size() && first == 0; ++n) {
      first = whole_records_by_bytes(text.substr(0, n), ',');
    }
    ASSERT_EQ(scan.first_record(text).value_or(0), first) << testing::PrintToString(text);
    const std::size_t cut = text.empty() ? 0 : random() % text.size();
    RecordEnd end(scan);
    std::size_t found = end.find(std::string_view(text).substr(0, cut)).value_or(0);
    if (found == 0) {
      const auto rest = end.find(std::string_view(text).substr(cut));
      found = rest ? cut + *rest : 0;
    }
    ASSERT_EQ(found, first) << testing::PrintToString(text) << " cut at " << cut;
  }
}

}  // namespace
}  // namespace mta

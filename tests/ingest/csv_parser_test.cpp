// Rows found by an index against rows found one byte after another.
#include "ingest/csv_parser.hpp"

#include <gtest/gtest.h>

#include <random>

#include "parser_rows.hpp"
#include "support/rounds.hpp"

namespace mta {
namespace {

using test::ParsedText;

constexpr std::size_t width = 4;
constexpr std::size_t longest_row = 30'000;
const std::vector<std::size_t> columns = {2, 0, 2};  // slots: field 1 and 3 are not looked at

/// Reads by the rules of docs/formats/csv.md, without any hurry.
class NaiveCsv {
 public:
  explicit NaiveCsv(std::string_view text) : text_(text) {}

  ParsedText parse() {
    while (at_ < text_.size()) take_row();
    return std::move(parsed_);
  }

 private:
  [[nodiscard]] char now() const { return at_ < text_.size() ? text_[at_] : '\n'; }
  [[nodiscard]] bool at_line_end() const {
    return now() == '\n' || (now() == '\r' && (at_ + 1 >= text_.size() || text_[at_ + 1] == '\n'));
  }

  void take_row() {
    const std::size_t begin = at_;
    const std::uint64_t line = line_;
    fields_.clear();
    is_malformed_ = false;
    do take_field();
    while (at_++ < text_.size() && text_[at_ - 1] == ',');
    const std::size_t end = at_ - 1 - (at_ - 1 > begin && text_[at_ - 2] == '\r' ? 1 : 0);
    for (std::size_t i = begin; i < std::min(at_, text_.size()); ++i) line_ += text_[i] == '\n';
    if (fields_.size() == 1 && end == begin) return;
    ++parsed_.count;
    const std::optional<RejectReason> reason = judge(end - begin);
    if (reason) parsed_.rejects.push_back(test::shown(line, *reason));
  }

  void take_field() {
    std::string field;
    if (now() == '"') {
      bool is_closed = false;
      for (++at_; at_ < text_.size() && !is_closed; ++at_) {
        if (text_[at_] != '"') {
          field += text_[at_];
        } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
          field += text_[at_++];
        } else {
          is_closed = true;
        }
      }
      if (!is_closed || (now() != ',' && !at_line_end())) is_malformed_ = true;
      while (at_ < text_.size() && now() != ',' && now() != '\n') ++at_;
    } else {
      while (at_ < text_.size() && now() != ',' && now() != '\n') field += text_[at_++];
      if (now() == '\n' && !field.empty() && field.back() == '\r') field.pop_back();
    }
    fields_.push_back(field);
  }

  std::optional<RejectReason> judge(std::size_t size) {
    if (size > longest_row) return RejectReason::row_too_long;
    if (is_malformed_) return RejectReason::malformed_row;
    if (fields_.size() > width || fields_.size() < 3) return RejectReason::wrong_width;
    const std::vector<std::string_view> slots = {fields_[2], fields_[0], fields_[2]};
    for (const std::string_view slot : slots) {
      for (std::size_t i = 0; i < slot.size(); ++i) {  // of UTF-8 the tests use e acute alone
        const bool is_accent = slot.substr(i, 2) == "\xc3\xa9";
        if (!is_accent && (slot[i] < 0 || slot[i] == '\0')) return RejectReason::invalid_utf8;
        i += is_accent ? 1 : 0;
      }
    }
    parsed_.rows.push_back(test::RecordingSink::shown(slots));
    return std::nullopt;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
  std::vector<std::string> fields_;
  bool is_malformed_ = false;
  ParsedText parsed_;
};

ParsedText parse(std::string_view text, std::size_t block) {
  ColumnPlan plan;
  plan.columns = columns;
  return test::parse_in_blocks(text, {RecordSyntax::quoted_line, ','}, block, longest_row,
                               [&](test::RecordingSink& sink) {
                                 return std::make_unique<CsvParser>(
                                     CsvShape{',', width, longest_row}, plan, sink);
                               });
}

void expect_right(std::string_view text) {
  const ParsedText expected = NaiveCsv(text).parse();
  for (const std::size_t block : {64u, 1'000u, 16'384u, 100'000u, 1u << 20}) {
    const ParsedText parsed = parse(text, block);
    ASSERT_EQ(parsed.rejects, expected.rejects) << "block of " << block;
    ASSERT_EQ(parsed.rows, expected.rows) << "block of " << block;
    ASSERT_EQ(parsed.count, expected.count) << "block of " << block;
  }
}

using Random = std::mt19937_64;

/// Fields in every spelling; one in `dirt` is of a nasty kind, and one in a hundred of those long.
std::string random_rows(Random& random, std::size_t size, std::size_t dirt) {
  using namespace std::string_view_literals;
  static constexpr std::string_view nasty[] = {"\"a,b\"",
                                               "\"say \"\"hi\"\"\"",
                                               "\"two\nlines\"",
                                               "5\" tv",
                                               "\"x\"y",
                                               "\"x\"\r",
                                               "caf\xc3\xa9",
                                               "\xc3",
                                               "\0"sv,
                                               "\r",
                                               "\"\"",
                                               "\"\"\"\"",
                                               "\n",
                                               "\r\n",
                                               ",",
                                               ",,,",
                                               " \"x\"",
                                               "\"\r\n\""};
  static constexpr std::string_view plain[] = {"", "a", "email", "2024-03-01T12:00:00.000Z",
                                               "12.5"};
  std::string text;
  while (text.size() < size) {
    for (std::size_t field = 0; field < width; ++field) {
      if (field != 0) text += ',';
      if (random() % dirt != 0) {
        text += plain[random() % std::size(plain)];
      } else if (random() % 100 == 0) {
        text.append(10'000 + random() % 25'000, 'x');
      } else {
        text += nasty[random() % std::size(nasty)];
      }
    }
    text += random() % 3 == 0 ? "\r\n" : "\n";
  }
  return text;
}

TEST(CsvParser, FindsTheRowsOfRandomTexts) {
  Random random(17);
  for (int i = 0; i < 60; ++i) {
    const std::size_t dirt = std::size_t{1} << (i % 12);
    std::string text = random_rows(random, 60'000, dirt);
    text.resize(text.size() - random() % 40);  // the last row may be cut off anywhere
    expect_right(text);
    ASSERT_FALSE(HasFatalFailure()) << "text " << i;
  }
}

TEST(CsvParser, FindsTheRowsOfShortTextsOfQuotes) {
  Random random(3);
  const std::string_view letters = "\"\",\n\rx";
  for (std::size_t i = 0; i < test::rounds(30'000); ++i) {
    std::string text;
    for (auto size = random() % 30; size > 0; --size) text += letters[random() % letters.size()];
    const ParsedText expected = NaiveCsv(text).parse(), parsed = parse(text, 1'000);
    ASSERT_EQ(parsed.rejects, expected.rejects) << testing::PrintToString(text);
    ASSERT_EQ(parsed.rows, expected.rows) << testing::PrintToString(text);
  }
}

// A row that ends exactly where an index does, or one byte to either side of it.
TEST(CsvParser, TakesRowsAtTheSeamsOfAnIndex) {
  constexpr std::size_t seam = simd::StopIndex::largest_text;
  for (const std::string_view end : {"\n", "\r\n"}) {
    for (std::size_t size = seam - 4; size < seam + 5; ++size) {
      for (const std::string_view field : {"x", "\"x\""}) {
        std::string text;
        while (text.size() < 1'000) text.append("a,b,c,d").append(end);
        const std::size_t rest = size - text.size() - field.size() - end.size() - 3;
        text.append("a,").append(rest, 'y').append(",").append(field).append(end);
        for (int i = 0; i < 3'000; ++i) text.append("e,f,g").append(end);
        expect_right(text);
        ASSERT_FALSE(HasFatalFailure()) << size << ' ' << field;
      }
    }
  }
}

}  // namespace
}  // namespace mta

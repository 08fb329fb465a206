// Lines read by their shape against lines read by JsonLine, which has tests of its own.
#include "ingest/json_shape.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "ingest/json_line.hpp"
#include "ingest/ndjson_parser.hpp"
#include "ingest/text_check.hpp"
#include "parser_rows.hpp"
#include "support/rounds.hpp"

namespace mta {
namespace {

using test::ParsedText;

const std::vector<std::string> keys = {"visitor", "type", "value", "a_key_of_more_than_16_bytes"};

/// A line in memory with what must be readable behind it, and its index.
class Indexed {
 public:
  explicit Indexed(std::string_view line)
      : bytes_(std::string(line) + '\n' + std::string(JsonShapes::padding, '"')),
        size_(line.size()) {
    // And of some of what follows, as where there are more lines.
    index_.build(
        {begin(), std::min(size_ + JsonShapes::padding / 2, simd::LineIndex::largest_text)});
  }
  [[nodiscard]] IndexedLine line() const {
    return {begin(), 0, static_cast<std::uint32_t>(size_), &index_.stops()};
  }
  [[nodiscard]] const char* begin() const { return bytes_.data(); }
  [[nodiscard]] const char* end() const { return bytes_.data() + size_; }

 private:
  std::string bytes_;
  std::size_t size_;
  simd::LineIndex index_;
};

/// Slot i is key i; the second key has a further slot, the last.
std::vector<std::size_t> slots_of(std::string_view key) {
  const auto at = std::find(keys.begin(), keys.end(), key);
  if (at == keys.end()) return {};
  const auto slot = static_cast<std::size_t>(at - keys.begin());
  return slot == 1 ? std::vector<std::size_t>{1, keys.size()} : std::vector<std::size_t>{slot};
}

class Shapes {
 public:
  /// The slots as one text, or nothing where no shape fits.
  std::optional<std::string> read(std::string_view line) {
    const Indexed indexed(line);
    batch_.clear();
    batch_.begin(indexed.begin());
    if (!shapes_.read(indexed.line(), batch_.draft())) return std::nullopt;
    batch_.add(TextPlace{0, static_cast<std::uint32_t>(line.size()) + 1});
    std::vector<std::string_view> texts(batch_.slots());
    batch_.get(0, texts);
    return test::RecordingSink::shown(texts);
  }
  void learn(std::string_view line) {
    const Indexed indexed(line);
    shapes_.learn(indexed.begin(), indexed.end(), [this](std::string_view key) {
      kept_ = slots_of(key);
      return std::span<const std::size_t>(kept_);
    });
  }

 private:
  RowBatch batch_{keys.size() + 1};
  std::vector<std::size_t> kept_;
  JsonShapes shapes_{keys.size() + 1};
};

/// What JsonLine makes of a line; nothing where it is no object, or a mapped value is nested.
std::optional<std::string> read_whole(std::string_view line) {
  const Indexed indexed(line);
  JsonLine parser;
  if (!parser.parse(indexed.begin(), indexed.end())) return std::nullopt;
  std::map<std::size_t, std::string_view> slots;
  for (const JsonField& field : parser.fields()) {
    for (const std::size_t slot : slots_of(field.key)) {
      if (field.is_nested && !slots.contains(slot)) return std::nullopt;
      slots.emplace(slot, field.text);
    }
  }
  std::vector<std::string_view> texts(keys.size() + 1);
  for (const auto& [slot, text] : slots) texts[slot] = text;
  return test::RecordingSink::shown(texts);
}

struct ShapeCase {
  std::string name, learnt, read;
  std::string slots;  ///< nothing: the shape does not fit
};

const ShapeCase cases[] = {
    {"strings", R"({"visitor":"a","type":"b"})", R"({"visitor":"xyz","type":""})", "[xyz][][][][]"},
    {"a_key_of_two_slots", R"({"type":"b"})", R"({"type":"click"})", "[][click][][][click]"},
    {"a_number", R"({"visitor":"a","value":1})", R"({"visitor":"a","value":-2.5e3})",
     "[a][][-2.5e3][][]"},
    {"null_is_empty", R"({"value":1,"visitor":"a"})", R"({"value":null,"visitor":"b"})",
     "[b][][][][]"},
    {"a_boolean", R"({"value":1,"visitor":"a"})", R"({"value":true,"visitor":"b"})",
     "[b][][true][][]"},
    {"only_bare_values", R"({"value":1})", R"({"value":false})", "[][][false][][]"},
    {"bare_values_in_a_row", R"({"value":1,"type":2,"x":3})", R"({"value":10,"type":200,"x":null})",
     "[][200][10][][200]"},
    {"blanks", R"( { "visitor" : "a" , "value" : 1 } )", R"( { "visitor" : "b" , "value" : 20 } )",
     "[b][][20][][]"},
    {"a_long_key", R"({"a_key_of_more_than_16_bytes":"a"})",
     R"({"a_key_of_more_than_16_bytes":"b"})", "[][][][b][]"},
    {"the_first_of_repeated_keys", R"({"visitor":"a","visitor":"b"})",
     R"({"visitor":"c","visitor":"d"})", "[c][][][][]"},
    {"unmapped_keys", R"({"x":"a","visitor":"b","y":1})", R"({"x":"","visitor":"c","y":2})",
     "[c][][][][]"},
    {"not_ascii", R"({"visitor":"a"})", "{\"visitor\":\"caf\xc3\xa9\"}", "[caf\xc3\xa9][][][][]"},
    {"braces_and_colons_in_a_string", R"({"visitor":"a"})", R"({"visitor":"{:,}[]"})",
     "[{:,}[]][][][][]"},
    {"another_key", R"({"visitor":"a"})", R"({"visitoR":"a"})", ""},
    {"another_key_behind_16_bytes", R"({"a_key_of_more_than_16_bytes":"a"})",
     R"({"a_key_of_more_than_16_bytez":"a"})", ""},
    {"a_key_more", R"({"visitor":"a"})", R"({"visitor":"a","x":1})", ""},
    {"a_key_less", R"({"visitor":"a","x":1})", R"({"visitor":"a"})", ""},
    {"keys_in_another_order", R"({"visitor":"a","type":"b"})", R"({"type":"a","visitor":"b"})", ""},
    {"a_string_for_a_number", R"({"value":1})", R"({"value":"1"})", ""},
    {"a_number_for_a_string", R"({"value":"1"})", R"({"value":1})", ""},
    {"another_blank", R"({"visitor":"a"})", R"({"visitor": "a"})", ""},
    {"no_number", R"({"value":1})", R"({"value":01})", ""},
    {"no_value", R"({"value":1})", R"({"value":})", ""},
    {"a_word_too_long", R"({"value":1})", R"({"value":nulls})", ""},
    {"a_nested_value", R"({"value":1,"visitor":"a"})", R"({"value":[1],"visitor":"a"})", ""},
    {"two_bare_values_for_one", R"({"value":1})", R"({"value":1,2})", ""},
    {"cut_short", R"({"visitor":"a"})", R"({"visitor":"a")", ""},
    {"something_behind", R"({"visitor":"a"})", R"({"visitor":"a"}})", ""},
    {"a_quote_too_many", R"({"visitor":"a","x":1})", R"({"visitor":"a"","x":1})", ""},
    {"values_that_overlap", R"({"value":1,"x":2,"type":3})", R"({"value":1,"type":3"x")", ""},
    {"not_learnt_from_nested_values", R"({"x":[1],"visitor":"a"})", R"({"x":[1],"visitor":"a"})",
     ""},
    {"not_learnt_from_an_empty_object", "{}", "{}", ""},
    {"not_learnt_from_very_long_keys", "{\"" + std::string(200, 'k') + "\":1}",
     "{\"" + std::string(200, 'k') + "\":1}", ""},
};

class JsonShapeTable : public testing::TestWithParam<ShapeCase> {};

TEST_P(JsonShapeTable, IsReadAsTheTableSays) {
  Shapes shapes;
  EXPECT_EQ(shapes.read(GetParam().read), std::nullopt) << "nothing is known yet";
  shapes.learn(GetParam().learnt);
  EXPECT_EQ(shapes.read(GetParam().read).value_or(""), GetParam().slots);
}

INSTANTIATE_TEST_SUITE_P(Cases, JsonShapeTable, testing::ValuesIn(cases),
                         [](const auto& test) { return test.param.name; });

using Random = std::mt19937_64;

template <typename Choices>
auto one_of(Random& random, const Choices& choices) {
  return choices[random() % std::size(choices)];
}

std::string random_line(Random& random) {
  static const std::string names[] = {"visitor", "type", "value", "a_key_of_more_than_16_bytes",
                                      "x",       "yy"};
  static const std::string values[] = {"\"\"", "\"a\"", "\"email\"", "\"0123456789abcdef\"", "1",
                                       "-2.5", "null",  "true",      "\"caf\xc3\xa9\""};
  static const std::string commas[] = {",", ",", ",", ", "};
  std::string line = "{";
  for (auto fields = 1 + random() % 4; fields > 0; --fields) {
    line += '"' + one_of(random, names) + "\":" + one_of(random, values);
    if (fields != 1) line += one_of(random, commas);
  }
  return line + "}";
}

/// One byte changed, left out or doubled.
void damage(std::string& line, Random& random) {
  const std::size_t at = random() % line.size();
  static const std::string_view bytes = "\"\",:{}[] 1an.-x";
  if (random() % 3 == 0) {
    line[at] = bytes[random() % bytes.size()];
  } else if (random() % 2 == 0) {
    line.erase(at, 1);
  } else {
    line.insert(at, 1, line[at]);
  }
}

TEST(JsonShapes, SayWhatJsonLineSaysOrNothing) {
  Random random(23);
  std::size_t fits = 0;
  for (std::size_t round = 0; round < test::rounds(300); ++round) {
    Shapes shapes;
    for (int i = 0; i < 500; ++i) {
      std::string line = random_line(random);
      if (random() % 4 == 0) damage(line, random);
      if (!is_valid_text(line)) continue;
      const std::optional<std::string> expected = read_whole(line), read = shapes.read(line);
      if (read) {
        ASSERT_EQ(read, expected) << line;
        ++fits;
      } else if (expected) {
        shapes.learn(line);
      }
    }
  }
  EXPECT_GT(fits, test::rounds(5'000));
}

TEST(JsonShapes, NewShapesTakeThePlaceOfOldOnes) {
  Shapes shapes;
  const auto line = [](int i) { return "{\"visitor\":\"a\",\"k" + std::to_string(i) + "\":1}"; };
  for (int i = 0; i < 16; ++i) shapes.learn(line(i));
  for (int i = 0; i < 16; ++i) EXPECT_EQ(shapes.read(line(i)), "[a][][][][]");
  for (int i = 0; i < 63; ++i) shapes.learn(line(100));
  EXPECT_EQ(shapes.read(line(100)), std::nullopt) << "there is no room, and few lines lack it";
  EXPECT_EQ(shapes.read(line(0)), "[a][][][][]");
  for (int i = 0; i < 2; ++i) shapes.learn(line(100));
  EXPECT_EQ(shapes.read(line(100)), "[a][][][][]");
  EXPECT_EQ(shapes.read(line(0)), std::nullopt) << "the old ones went";
  shapes.learn(line(0));
  EXPECT_EQ(shapes.read(line(0)), "[a][][][][]");
}

TEST(JsonShapes, ShareWhatTheyHaveInCommon) {
  Shapes shapes;
  // Each differs from another one behind the first value, or only in the kind of a value.
  const std::string lines[] = {R"({"visitor":"a","value":1,"type":"b"})",
                               R"({"visitor":"a","value":"1","type":"b"})",
                               R"({"visitor":"a","type":"b"})",
                               R"({"visitor":"a","type":"b","value":1})",
                               R"({"visitor":"a","value": 1,"type":"b"})",
                               R"({"visitor":"a","value":1})",
                               R"({"visitor":"a","value":1} )",
                               R"({"visitor":"a"})",
                               R"({"visitor":1})",
                               R"({"value":1,"visitor":"a"})"};
  for (const std::string& line : lines) {
    EXPECT_EQ(shapes.read(line), std::nullopt) << line;
    shapes.learn(line);
  }
  for (const std::string& line : lines) EXPECT_EQ(shapes.read(line), read_whole(line)) << line;
  EXPECT_EQ(shapes.read(R"({"visitor":"a","value":1,"type":"b"} )"), std::nullopt);
  EXPECT_EQ(shapes.read(R"({"visitor":"a","value":null,"type":""})"), "[a][][][][]");
}

TEST(JsonShapes, LearningAShapeAgainChangesNothing) {
  Shapes shapes;
  const std::string line = R"({"visitor":"a","value":1})";
  for (int i = 0; i < 10'000; ++i) shapes.learn(line);
  for (int i = 0; i < 15; ++i) shapes.learn("{\"k" + std::to_string(i) + "\":1}");
  EXPECT_EQ(shapes.read(line), "[a][][1][][]");
  EXPECT_EQ(shapes.read(R"({"k14":2})"), "[][][][][]");
}

// The steps of an object with many keys: the shapes known are bounded by them as well.
TEST(JsonShapes, AreForgottenWhereTheyHoldTooManyKeys) {
  Shapes shapes;
  const auto line = [](int first) {
    std::string text = "{\"visitor\":\"a\"";
    for (int i = 0; i < 300; ++i) text += ",\"k" + std::to_string(first + i) + "\":1";
    return text + "}";
  };
  for (int i = 0; i < 10; ++i) shapes.learn(line(i));
  EXPECT_EQ(shapes.read(line(0)), "[a][][][][]");
  EXPECT_EQ(shapes.read(line(9)), std::nullopt);
  for (int i = 0; i < 64; ++i) shapes.learn(line(9));
  EXPECT_EQ(shapes.read(line(9)), "[a][][][][]");
}

// Values around the bytes that are looked at together, and literals around those compared together.
TEST(JsonShapes, ValuesAndKeysMayHaveAnyLength) {
  for (std::size_t key = 0; key < 60; ++key) {
    Shapes shapes;
    const auto line = [&](std::size_t value) {
      return "{\"" + std::string(key, 'k') + "\":\"" + std::string(value, 'x') +
             "\",\"visitor\":\"" + std::string(value, 'v') + "\"}";
    };
    shapes.learn(line(1));
    for (std::size_t value = 0; value < 200; ++value) {
      ASSERT_EQ(shapes.read(line(value)), "[" + std::string(value, 'v') + "][][][][]")
          << key << " and " << value;
    }
    EXPECT_EQ(shapes.read("{\"" + std::string(key, 'k') + "\":\"\",\"visitoR\":\"\"}"),
              std::nullopt);
    EXPECT_EQ(
        shapes.read("{\"" + std::string(key, 'K') + "\":\"\",\"visitor\":\"\"}") == std::nullopt,
        key != 0);
  }
}

/// Lines behind one another and their index.
class Text {
 public:
  explicit Text(std::string text) : text_(std::move(text)) {
    size_ = text_.size();
    text_.append(JsonShapes::padding, '"');
    index_.build({text_.data(), size_});
  }
  [[nodiscard]] IndexedLines lines(std::size_t first = 0) const {
    const auto behind = index_.behind_newlines();
    return {text_.data(), first == 0 ? 0 : behind[first - 1], behind.subspan(first),
            &index_.stops()};
  }

 private:
  std::string text_;
  std::size_t size_;
  simd::LineIndex index_;
};

TEST(JsonShapes, ReadLinesUpToOneThatFitsNone) {
  const auto slots_of_visitor = [](std::string_view key) {
    static const std::size_t slot = 0;
    return key == "visitor" ? std::span(&slot, 1) : std::span<const std::size_t>();
  };
  const std::string learnt = R"({"visitor":"a"})";
  JsonShapes shapes(1);
  RowBatch batch(1);
  const Text text(
      "{\"visitor\":\"a\"}\n{\"visitor\":\"bc\"}\n{\"visitor\":\"d}\n{\"visitor\":\"e\"}\n\n");
  batch.begin(text.lines().text);
  EXPECT_EQ(shapes.read(text.lines(), batch), 0u) << "nothing is known yet";
  const std::string padded = learnt + std::string(JsonShapes::padding, ' ');
  shapes.learn(padded.data(), padded.data() + learnt.size(), slots_of_visitor);
  EXPECT_EQ(shapes.read(text.lines(), batch), 2u) << "the third one lacks its quote";
  EXPECT_EQ(shapes.read(text.lines(2), batch), 0u);
  EXPECT_EQ(shapes.read(text.lines(3), batch), 1u) << "there is an empty line behind it";
  ASSERT_EQ(batch.size(), 3u);
  EXPECT_EQ(batch.column(0)[0], "a");
  EXPECT_EQ(batch.column(0)[1], "bc");
  EXPECT_EQ(batch.column(0)[2], "e");
  EXPECT_EQ(batch.row(1), R"({"visitor":"bc"})");
}

TEST(JsonShapes, ReadLinesTillTheBatchIsFull) {
  const auto no_slots = [](std::string_view) { return std::span<const std::size_t>(); };
  std::string lines;
  for (std::size_t i = 0; i < RowBatch::most_rows + 10; ++i) lines += "{\"x\":\"1\"}\n";
  const Text text(lines);
  JsonShapes shapes(0);
  shapes.learn(text.lines().text, text.lines().text + 9, no_slots);
  RowBatch batch(0);
  batch.begin(text.lines().text);
  EXPECT_EQ(shapes.read(text.lines(), batch), RowBatch::most_rows);
  EXPECT_EQ(shapes.read(text.lines(RowBatch::most_rows), batch), 0u);
  batch.clear();
  EXPECT_EQ(shapes.read(text.lines(RowBatch::most_rows), batch), 10u);
}

/// Reads line by line by JsonLine alone.
ParsedText read_lines(std::string_view text) {
  ParsedText parsed;
  std::uint64_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    begin = end + 1;
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    ++parsed.count;
    const std::optional<std::string> slots = read_whole(line);
    if (line.size() > 30'000) {
      parsed.rejects.push_back(test::shown(number, RejectReason::row_too_long));
    } else if (!is_valid_text(line)) {  // it has tests of its own
      parsed.rejects.push_back(test::shown(number, RejectReason::invalid_utf8));
    } else if (!slots) {
      parsed.rejects.push_back(test::shown(number, RejectReason::malformed_row));
    } else {
      parsed.rows.push_back(*slots);
    }
  }
  return parsed;
}

/// Expects of a text, in blocks of a size, what JsonLine makes of it.
void expect_read(std::string_view text, std::size_t block, const ParsedText& expected) {
  const ColumnNames names;
  ColumnPlan plan;
  plan.slot_names = keys;
  plan.slot_names.push_back(keys[1]);
  const ParsedText parsed = test::parse_in_blocks(
      text, {RecordSyntax::line, 0}, block, 30'000, [&](test::RecordingSink& sink) {
        return std::make_unique<NdjsonParser>(names, plan, 30'000, sink);
      });
  ASSERT_EQ(parsed.rejects, expected.rejects) << "block of " << block;
  ASSERT_EQ(parsed.rows, expected.rows) << "block of " << block;
  ASSERT_EQ(parsed.count, expected.count) << "block of " << block;
}

TEST(NdjsonParser, ReadsWhatJsonLineReads) {
  Random random(29);
  for (std::size_t round = 0; round < test::rounds(80); ++round) {
    const std::uint64_t dirt = std::uint64_t{1} << (round % 10);
    std::string text;
    while (text.size() < 60'000) {
      std::string line = random_line(random);
      if (random() % dirt == 0) damage(line, random);
      if (random() % dirt == 0 && random() % 4 == 0) line = R"({"visitor":"say \"hi\"","x":[1]})";
      if (random() % dirt == 0 && random() % 9 == 0) line = "{\"visitor\":\"a\tb\"}";
      if (random() % dirt == 0 && random() % 9 == 0) line = "{\"visitor\":\"\xff\"}";
      if (random() % dirt == 0 && random() % 9 == 0) line = "  \t";
      if (random() % dirt == 0 && random() % 99 == 0) {
        line = "{\"visitor\":\"" + std::string(10'000 + random() % 25'000, 'x') + "\"}";
      }
      text += line + (random() % 3 == 0 ? "\r\n" : "\n");
    }
    text.resize(text.size() - random() % 30);  // the last line may be cut off anywhere
    const ParsedText expected = read_lines(text);
    for (const std::size_t block : {64u, 1'000u, 16'384u, 1u << 20}) {
      SCOPED_TRACE(round);
      ASSERT_NO_FATAL_FAILURE(expect_read(text, block, expected));
    }
  }
}

// Where nothing needs a look of its own, lines are read by their layout: few of them, so that each
// is met often, and then so many that they are let be.
TEST(NdjsonParser, ReadsCleanLinesOfFewAndOfManyLayouts) {
  Random random(31);
  const auto text_of = [&](std::size_t size, char c) {
    return '"' + std::string(size, static_cast<char>(c + static_cast<int>(random() % 3))) + '"';
  };
  for (std::size_t round = 0; round < test::rounds(12); ++round) {
    std::string text;
    for (int i = 0; i < 6'000; ++i) {
      const bool has_many = i / 1'000 % 2 == 1;
      const std::size_t longest = has_many ? 90 : 2;
      std::string line = "{\"visitor\":" + text_of(random() % longest, 'a');
      if (random() % 3 == 0) line += ",\"x\":" + text_of(3, '0');
      line += ",\"type\":" + text_of(random() % longest, 'k');
      if (random() % 20 == 0) line += ",\"value\":1.5";
      if (random() % 20 == 0) line += ",\"yalue\":" + text_of(1, '0');
      if (random() % 20 == 0) line += ",\"value\":" + text_of(1, '0');
      line += '}';
      if (random() % 50 == 0) damage(line, random);
      if (round % 4 == 3 && random() % 3'000 == 0) line = "{\"visitor\":\"a\tb\"}";
      text += line + '\n';
    }
    const ParsedText expected = read_lines(text);
    for (const std::size_t block : {1'000u, 1u << 20}) {
      SCOPED_TRACE(round);
      ASSERT_NO_FATAL_FAILURE(expect_read(text, block, expected));
    }
  }
}

}  // namespace
}  // namespace mta

#include <nlohmann/json.hpp>
#include <random>

#include "event_rows.hpp"
#include "ingest/json_line.hpp"
#include "support/rounds.hpp"

namespace mta {
namespace {

using test::error_of;
using test::read_ndjson;
using test::rows_of;
using testing::ElementsAre;
using testing::HasSubstr;

const Schema sales = {.conversion_events = {"sale"}};

TEST(Ndjson, ReadsOneObjectALine) {
  const Events events = read_ndjson(
      R"({"visitor":"a","ts":"2024-03-01T12:00:00","type":"click","channel":"email"}
{"channel":null,"value":19.90,"type":"sale","ts":1709294401,"visitor":"a"}

   
{ "visitor" : 17 , "ts" : "0", "type":"view", "channel":true, "extra":{"deep":[1,{"x":null}]} }
)",
      sales);
  EXPECT_EQ(events.report.rows, 3u);
  EXPECT_EQ(events.report.rejected(), 0u);
  EXPECT_THAT(rows_of(events, "a"), ElementsAre("2024-03-01T12:00:00.000000Z click email",
                                                "2024-03-01T12:00:01.000000Z sale - =19.900000"));
  EXPECT_THAT(rows_of(events, "17"), ElementsAre("1970-01-01T00:00:00.000000Z view true"));
}

struct ChannelCase {
  std::string name, line;
  std::string expected;  ///< the channel, or the reason of the reject after "!"
};

// Lines without their visitor, time and type: one object with these members is put around.
const ChannelCase channel_cases[] = {
    {"string", R"("channel":"email")", "email"},
    {"escapes", R"("channel":"a\"b\\c\/d\b\f\n\r\t\u00e9\ud83d\ude00")",
     "a\"b\\c/d\b\f\n\r\t\xc3\xa9\xf0\x9f\x98\x80"},
    {"escaped_key", R"("ch\u0061nnel":"email")", "email"},
    {"escape_elsewhere", R"("note":"\n","channel":"email")", "email"},
    {"number", R"("channel":-0.50e+2)", "-0.50e+2"},
    {"long_number", R"("channel":123456789012345678901234567890)",
     "123456789012345678901234567890"},
    {"huge_number", R"("channel":1e999)", "1e999"},
    {"number_before_a_blank", "\"channel\":12 ,\"x\":\"\\n\"", "12"},
    {"boolean", R"("channel":false)", "false"},
    {"null", R"("channel":null)", "-"},
    {"empty_string", R"("channel":"")", "-"},
    {"missing", R"("other":1)", "-"},
    {"first_of_repeated_keys", R"("channel":"first","channel":"second")", "first"},
    {"first_of_repeated_keys_is_null", R"("channel":null,"channel":"second")", "-"},
    {"nested_elsewhere", R"("x":[[],{}, {"channel":"inner"}],"channel":"outer")", "outer"},
    {"utf8", "\"channel\":\"caf\xc3\xa9\"", "caf\xc3\xa9"},
    {"long_text", "\"channel\":\"" + std::string(100, 'x') + "\"", std::string(100, 'x')},
    {"nested_object", R"("channel":{"name":"email"})", "!malformed_row"},
    {"nested_array", R"("channel":["email"])", "!malformed_row"},
    {"trailing_comma", R"("channel":"email",)", "!malformed_row"},
    {"no_comma", R"("channel":"email" "x":1)", "!malformed_row"},
    {"no_colon", R"("channel" "email")", "!malformed_row"},
    {"no_value", R"("channel":)", "!malformed_row"},
    {"single_quotes", R"('channel':'email')", "!malformed_row"},
    {"unquoted_key", R"(channel:"email")", "!malformed_row"},
    {"bare_word", R"("channel":email)", "!malformed_row"},
    {"nan", R"("channel":NaN)", "!malformed_row"},
    {"leading_zero", R"("channel":012)", "!malformed_row"},
    {"leading_plus", R"("channel":+1)", "!malformed_row"},
    {"bare_point", R"("channel":1.)", "!malformed_row"},
    {"bare_exponent", R"("channel":1e)", "!malformed_row"},
    {"bare_minus", R"("channel":-)", "!malformed_row"},
    {"truth_with_a_tail", R"("channel":truely)", "!malformed_row"},
    {"broken_escape", R"("channel":"\x")", "!malformed_row"},
    {"lone_surrogate", R"("channel":"\ud83d")", "!malformed_row"},
    {"control_character", "\"channel\":\"a\tb\"", "!malformed_row"},
    {"unclosed_string", R"("channel":"email)", "!malformed_row"},
    {"broken_number_elsewhere", R"("channel":"email","x":1.2.3)", "!malformed_row"},
    {"broken_word_elsewhere", R"("channel":"email","x":[nul])", "!malformed_row"},
    {"broken_string_elsewhere", R"("channel":"email","x":{"y":"\q"})", "!malformed_row"},
    {"broken_nesting", R"("channel":"email","x":[1,2)", "!malformed_row"},
    {"mixed_brackets", R"("channel":"email","x":[1,2})", "!malformed_row"},
    {"broken_utf8", "\"channel\":\"caf\xc3\"", "!invalid_utf8"},
    {"broken_utf8_elsewhere", "\"channel\":\"x\",\"y\":\"\xff\"", "!invalid_utf8"},
    {"nul_by_escape", R"("channel":"a\u0000b")", "!invalid_utf8"},
};

class NdjsonValue : public testing::TestWithParam<ChannelCase> {};

TEST_P(NdjsonValue, IsReadAsJsonHasIt) {
  const std::string sample = R"({"visitor":"z","ts":0,"type":"c","channel":"x"})"
                             "\n";
  const std::string before = R"({"visitor":"a","ts":0,"type":"c",)" + GetParam().line + "}\n";
  const std::string after = "{" + GetParam().line +
                            R"(,"visitor":"a","ts":0,"type":"c"})"
                            "\r\n";
  const bool has_tail = GetParam().name != "unclosed_string" &&
                        GetParam().name != "broken_nesting" && GetParam().name != "trailing_comma";
  for (const std::string& line : {before, has_tail ? after : before}) {
    for (const std::size_t block : {16u, 60u, 1u << 20}) {
      const Events events = read_ndjson(sample + line + sample, sales, {.block = block});
      EXPECT_EQ(events.report.rows, 3u);
      if (GetParam().expected.starts_with('!')) {
        ASSERT_EQ(events.report.examples.size(), 1u) << line;
        EXPECT_EQ(name_of(events.report.examples[0].reason), GetParam().expected.substr(1)) << line;
        EXPECT_EQ(events.report.examples[0].line, 2u);
      } else {
        EXPECT_THAT(rows_of(events, "a"),
                    ElementsAre("1970-01-01T00:00:00.000000Z c " + GetParam().expected))
            << line;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Table, NdjsonValue, testing::ValuesIn(channel_cases),
                         [](const auto& test) { return test.param.name; });

TEST(Ndjson, LinesThatAreNoObjectAreMalformed) {
  const std::string good = R"({"visitor":"a","ts":0,"type":"c","channel":"x"})";
  for (const std::string& line :
       {std::string("[]"), std::string("1"), std::string("null"), std::string("\"text\""),
        std::string("{"), std::string("}"), std::string("{}x"), good + good, good + ",", good + "}",
        "[" + good + "]", good + " 1", std::string("not json"), std::string(100'000, '['),
        "{\"x\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}"}) {
    const Events events = read_ndjson(good + "\n" + line + "\n" + good, sales);
    EXPECT_EQ(events.report.rows, 3u);
    EXPECT_EQ(events.report.events, 2u) << line.substr(0, 100);
    EXPECT_EQ(
        events.report.rejected_by_reason[static_cast<std::size_t>(RejectReason::malformed_row)],
        1u);
  }
  EXPECT_EQ(read_ndjson(good + "\n{}\n", sales)
                .report.rejected_by_reason[static_cast<std::size_t>(RejectReason::empty_visitor)],
            1u);
}

TEST(Ndjson, AnEmptyInputHasNoRows) {
  for (const char* const text : {"", "\n\n", "  \r\n", "\xef\xbb\xbf"}) {
    const Events events = read_ndjson(text);
    EXPECT_EQ(events.report.rows, 0u);
    EXPECT_TRUE(events.report.columns.empty());
  }
}

TEST(Ndjson, ColumnsAreTheKeysOfTheObjects) {
  const std::string first = R"({"id":"a","ts":0,"type":"c"})"
                            "\n";
  const std::string later = R"({"id":"a","ts":0,"type":"sale","channel":"x","revenue":5})"
                            "\n";
  const Events events = read_ndjson(first + "broken\n" + later, sales, {.block = 16});
  EXPECT_THAT(rows_of(events, "a"), ElementsAre("1970-01-01T00:00:00.000000Z c -",
                                                "1970-01-01T00:00:00.000000Z sale x =5.000000"));
  EXPECT_THAT(
      events.report.columns,
      ElementsAre(ColumnChoice{"visitor", "id", true}, ColumnChoice{"time", "ts", true},
                  ColumnChoice{"event", "type", true}, ColumnChoice{"channel", "channel", true},
                  ColumnChoice{"value", "revenue", true}));
  EXPECT_THAT(error_of(Errc::missing_column, [&] { (void)read_ndjson(first); }),
              HasSubstr("columns: id, ts, type"));
  EXPECT_THAT(error_of(Errc::missing_column, [&] { (void)read_ndjson("broken\n"); }),
              HasSubstr("columns: none"));
  EXPECT_THAT(error_of(Errc::missing_column,
                       [&] {
                         (void)read_ndjson(later, {.dimensions = {{"page", "url"}}});
                       }),
              HasSubstr("\"url\" is not there"));
}

/// More than the sample of 4 MiB, without a value.
std::string long_input() {
  std::string text;
  while (text.size() < (std::size_t{5} << 20)) {
    text += R"({"id":"b","ts":0,"type":"c","channel":"email","note":")";
    text.append(1'000, 'x').append("\"}\n");
  }
  return text;
}

TEST(Ndjson, AKeyThatTheSampleDoesNotShowMayStillCome) {
  std::string text = long_input();
  text += R"({"id":"a","ts":0,"type":"sale","channel":"x","worth":5,"order":"7"})"
          "\n";
  const Schema schema = {
      .value = "worth", .conversion_ids = {"order"}, .conversion_events = {"sale"}};
  for (const std::size_t threads : {1u, 3u}) {
    const Events events = read_ndjson(text, schema, {.threads = threads});
    EXPECT_THAT(rows_of(events, "a"),
                ElementsAre("1970-01-01T00:00:00.000000Z sale x =5.000000 #"));
  }
  EXPECT_THAT(error_of(Errc::missing_column, [&] { (void)read_ndjson(text, {.value = "wort"}); }),
              HasSubstr("input: column for value: \"wort\" is not there"));
}

TEST(Ndjson, AValueThatTurnsUpLateIsNotIgnored) {
  std::string text = long_input();
  text += R"({"id":"a","ts":0,"type":"sale","channel":"x","Revenue":5})"
          "\n";
  EXPECT_THAT(error_of(Errc::missing_column, [&] { (void)read_ndjson(text, sales); }),
              HasSubstr("the key \"Revenue\""));
}

TEST(Ndjson, LongLinesAreLeftOut) {
  const std::string good = R"({"visitor":"a","ts":0,"type":"c","channel":"x"})"
                           "\n";
  const std::string text = good + "{\"x\":\"" + std::string(5'000, 'x') + "\"}\n" + good;
  for (const std::size_t block : {16u, 100u, 1u << 20}) {
    const Events events = read_ndjson(text, sales, {.longest_row = 1'024, .block = block});
    EXPECT_EQ(events.report.events, 2u);
    ASSERT_EQ(events.report.examples.size(), 1u);
    EXPECT_EQ(events.report.examples[0].reason, RejectReason::row_too_long);
  }
}

TEST(JsonLine, ShowsEveryField) {
  JsonLine line;
  const std::string text =
      R"({"a":1,"b":"x\ty","c":[1],"a":null})" + std::string(JsonLine::padding, ' ');
  ASSERT_TRUE(line.parse(text.data(), text.data() + text.size() - JsonLine::padding));
  ASSERT_EQ(line.fields().size(), 4u);
  EXPECT_EQ(line.fields()[0].text, "1");
  EXPECT_EQ(line.fields()[1].text, "x\ty");
  EXPECT_TRUE(line.fields()[2].is_nested);
  EXPECT_EQ(line.fields()[3].key, "a");
}

// nlohmann/json is the judge of what is an object, on broken pieces of objects.
TEST(JsonLine, AgreesWithAnotherParserOnRandomTexts) {
  static const std::string pieces[] = {
      "{",       "}",           "[",           "]",           ":",        ",",
      "\"a\"",   "\"b\"",       "\"\"",        "\"",          "1",        "-0.5",
      "2.5",     "01",          "-",           ".",           "true",     "false",
      "null",    "nul",         " ",           "\t",          "\\n",      "\\",
      "\"\\n\"", "\"\\u00e9\"", "\"\\ud83d\"", "\"\\ude00\"", "\"x\ty\"", "\"\\ud83d\\ude00\"",
      "\"c\":",  "\"d\":1,",    "\"e\":[],",   "\"f\":{}"};
  std::mt19937 random(11);
  JsonLine line;
  std::size_t objects = 0;
  for (std::size_t i = 0; i < test::rounds(400'000); ++i) {
    std::string text = "{";
    for (auto n = random() % 9; n > 0; --n) text += pieces[random() % std::size(pieces)];
    if (random() % 4 != 0) text += "}";
    const bool expected = nlohmann::json::accept(text);
    const std::size_t size = text.size();
    text.append(JsonLine::padding, random() % 2 == 0 ? '"' : '\n');
    ASSERT_EQ(line.parse(text.data(), text.data() + size), expected) << text.substr(0, size);
    objects += expected ? 1 : 0;
  }
  EXPECT_GT(objects, test::rounds(5'000));
}

}  // namespace
}  // namespace mta

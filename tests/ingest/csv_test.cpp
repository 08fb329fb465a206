#include "event_rows.hpp"

namespace mta {
namespace {

using test::error_of;
using test::read_csv;
using test::rows_of;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view header = "visitor,ts,type,channel,value\n";
const Schema sales = {.conversion_events = {"sale"}};

std::string with_header(std::string_view rows) { return std::string(header) + std::string(rows); }

TEST(Csv, ReadsEventsAndConversions) {
  const Events events = read_csv(with_header("a,2024-03-01T12:00:00,click,email,\n"
                                             "b,2024-03-01T12:00:01,view,search,7\n"
                                             "a,2024-03-02T12:00:00,sale,,19.90\n"),
                                 sales);
  EXPECT_EQ(events.size(), 3u);
  EXPECT_EQ(events.report.rows, 3u);
  EXPECT_EQ(events.report.events, 3u);
  EXPECT_THAT(rows_of(events, "a"), ElementsAre("2024-03-01T12:00:00.000000Z click email",
                                                "2024-03-02T12:00:00.000000Z sale - =19.900000"));
  EXPECT_THAT(rows_of(events, "b"), ElementsAre("2024-03-01T12:00:01.000000Z view search"));
}

TEST(Csv, WithoutConversionEventsReadsTheValueOfEveryRow) {
  const Events events = read_csv(with_header("a,0,click,email,\na,1,sale,,2\n"));
  EXPECT_THAT(rows_of(events, "a"), ElementsAre("1970-01-01T00:00:00.000000Z click email =0.000000",
                                                "1970-01-01T00:00:01.000000Z sale - =2.000000"));
}

struct SpellingCase {
  std::string name, rows;
  std::vector<std::string> channels;  // of visitor a, in order
};

class CsvSpelling : public testing::TestWithParam<SpellingCase> {};

TEST_P(CsvSpelling, IsReadAsRfc4180HasIt) {
  for (const std::size_t block : {16u, 17u, 31u, 64u, 1u << 20}) {
    const Events events = read_csv(with_header(GetParam().rows), sales, {.block = block});
    std::vector<std::string> channels;
    for (const std::string& row : rows_of(events, "a")) {
      channels.push_back(row.substr(std::string("1970-01-01T00:00:00.000000Z c ").size()));
    }
    EXPECT_EQ(channels, GetParam().channels) << "block of " << block;
    EXPECT_EQ(events.report.rejected(), 0u) << "block of " << block;
  }
}

const SpellingCase spellings[] = {
    {"quoted", "\"a\",\"0\",\"c\",\"email\",\"\"\n", {"email"}},
    {"delimiter_in_quotes", "a,0,c,\"e,mail\",\n", {"e,mail"}},
    {"newline_in_quotes", "a,0,c,\"e\nmail\",\na,0,c,next,\n", {"e\nmail", "next"}},
    {"crlf_in_quotes", "a,0,c,\"e\r\nmail\",\r\n", {"e\r\nmail"}},
    {"doubled_quotes", "a,0,c,\"say \"\"hi\"\"\",\n", {"say \"hi\""}},
    {"only_doubled_quotes", "a,0,c,\"\"\"\"\"\",\n", {"\"\""}},
    {"two_unescaped_fields_in_a_row", "\"a\",0,c,\"\"\"x\"\"\",\"\"\n", {"\"x\""}},
    {"empty_quoted", "a,0,c,\"\",\n", {"-"}},
    {"quote_inside_an_unquoted_field", "a,0,c,5\" tv,\na,0,c,x\"y\",\n", {"5\" tv", "x\"y\""}},
    {"blank_before_a_quote", "a,0,c, \"x\",\n", {" \"x\""}},
    {"crlf", "a,0,c,email,\r\na,0,c,chat,\r\n", {"email", "chat"}},
    {"lone_cr_is_text", "a,0,c,e\rmail,\n", {"e\rmail"}},
    {"no_newline_at_the_end", "a,0,c,email,\na,0,c,chat,", {"email", "chat"}},
    {"no_newline_after_quotes", "a,0,c,chat,\"\"", {"chat"}},
    {"crlf_after_quotes", "a,0,c,chat,\"\"\r\na,0,c,mail,\"\"\r\n", {"chat", "mail"}},
    {"blank_lines", "\n\na,0,c,email,\n\r\n\na,0,c,chat,\n\n\n", {"email", "chat"}},
    {"narrower_but_reaching", "a,0,c,email,1\na,0,c,chat,\n", {"email", "chat"}},
    {"blanks_are_part_of_a_label", "a,0,c, email ,\n", {" email "}},
    {"a_blank_channel_is_none", "a,0,c,  ,\n", {"-"}},
    {"not_ascii", "a,0,c,caf\xc3\xa9 \xf0\x9f\x98\x80,\n", {"caf\xc3\xa9 \xf0\x9f\x98\x80"}},
    {"long_fields",
     "a,0,c," + std::string(300, 'x') + ",\na,0,c,\"" + std::string(200, 'y') + "\",\n",
     {std::string(300, 'x'), std::string(200, 'y')}},
};

INSTANTIATE_TEST_SUITE_P(Table, CsvSpelling, testing::ValuesIn(spellings),
                         [](const auto& test) { return test.param.name; });

TEST(Csv, HeaderWithByteOrderMarkAndQuotes) {
  const Events events =
      read_csv("\xef\xbb\xbf\r\n\"visitor\", ts ,\"ty\"\"pe\",channel\r\na,0,c,email\r\n",
               {.event = "ty\"pe", .conversion_events = {"sale"}});
  EXPECT_THAT(rows_of(events, "a"), ElementsAre("1970-01-01T00:00:00.000000Z c email"));
}

TEST(Csv, OtherDelimiters) {
  const Events semicolon = read_csv("visitor;ts;type;channel\na;0;c;e,mail\n",
                                    {.conversion_events = {"sale"}, .delimiter = ';'});
  EXPECT_THAT(rows_of(semicolon, "a"), ElementsAre("1970-01-01T00:00:00.000000Z c e,mail"));
  const Events tabs =
      test::read_text("visitor\tts\ttype\tchannel\na\t0\tc\te,mail\n", SourceFormat::tsv, sales);
  EXPECT_THAT(rows_of(tabs, "a"), ElementsAre("1970-01-01T00:00:00.000000Z c e,mail"));
  for (const char bad : {'"', '\n', '\r'}) {
    EXPECT_THAT(error_of(Errc::invalid_option, [&] { read_csv("a\n", {.delimiter = bad}); }),
                HasSubstr("delimiter"));
  }
}

TEST(Csv, AnEmptyFileHasNoHeader) {
  for (const char* const text : {"", "\xef\xbb\xbf", "\n\n", "  \t\n", "\r\n"}) {
    EXPECT_THAT(error_of(Errc::unreadable_input, [&] { read_csv(text); }),
                HasSubstr("input: is empty: it has no header"));
  }
}

TEST(Csv, AHeaderAloneHasNoRows) {
  for (const char* const text : {"visitor,ts,type,channel", "visitor,ts,type,channel\r\n\n"}) {
    const Events events = read_csv(text);
    EXPECT_EQ(events.report.rows, 0u);
    EXPECT_EQ(events.size(), 0u);
    EXPECT_EQ(events.report.columns.size(), 4u);
  }
}

TEST(Csv, OtherEncodingsAndLineEndsAreNamed) {
  using namespace std::string_literals;
  EXPECT_THAT(error_of(Errc::unreadable_input, [] { read_csv("\xff\xfev\0i\0"s); }),
              HasSubstr("UTF-16"));
  EXPECT_THAT(error_of(Errc::unreadable_input, [] { read_csv("visitor,ts\ra,0\rb,1\r"); }),
              HasSubstr("lone carriage returns"));
  EXPECT_THAT(error_of(Errc::unreadable_input, [] { read_csv("visitor,\"ts\na,0\n"); }),
              HasSubstr("header"));
}

TEST(Csv, ChannelsOfSeveralColumnsAreJoined) {
  const Schema schema = {.channel = {"source", "medium", "campaign"},
                         .conversion_events = {"sale"}};
  const Events events = read_csv(
      "visitor,ts,type,source,medium,campaign\n"
      "a,0,c,google,cpc,brand\na,0,c,google,,brand\na,0,c,, ,\na,0,c,,mail,\n",
      schema);
  EXPECT_THAT(rows_of(events, "a"),
              ElementsAre("1970-01-01T00:00:00.000000Z c google / cpc / brand",
                          "1970-01-01T00:00:00.000000Z c google / brand",
                          "1970-01-01T00:00:00.000000Z c -", "1970-01-01T00:00:00.000000Z c mail"));
}

TEST(Csv, DimensionsCurrencyAndIdsRideAlong) {
  const Schema schema = {.currency = "cur",
                         .dimensions = {{"where", "page"}, {"what", "type"}},
                         .conversion_ids = {"order"},
                         .conversion_events = {"sale"}};
  const Events events = read_csv(
      "visitor,ts,type,channel,value,page,order,cur\n"
      "a,0,c,email,x,/home,17,not read\na,0,sale,,5,,17, EUR \na,0,sale,,,/end,,\n",
      schema);
  EXPECT_THAT(rows_of(events, "a"),
              ElementsAre("1970-01-01T00:00:00.000000Z c email /home c",
                          "1970-01-01T00:00:00.000000Z sale - - sale =5.000000 #",
                          "1970-01-01T00:00:00.000000Z sale - /end sale =0.000000 ."));
  EXPECT_THAT(events.part(0).currencies.texts(), ElementsAre("", "EUR"));
  const auto& conversions = events.part(0).table(bucket_of(person_key("a"))).conversions();
  EXPECT_EQ(conversions.ids[0], hash128("17"));
}

TEST(Csv, TheEventsMustHaveTheSchemasLayout) {
  Events events;
  const Schema schema = {.dimensions = {{"page", "page"}}};
  EXPECT_THAT(
      error_of(Errc::invalid_option,
               [&] { read(events, Source::memory("input", "", SourceFormat::csv), schema); }),
      HasSubstr("dimensions"));
}

TEST(Csv, OptionsAreChecked) {
  const auto message = [](const ReadOptions& options) {
    return error_of(Errc::invalid_option, [&] { read_csv(header, {}, options); });
  };
  EXPECT_THAT(message({.threads = 0}), HasSubstr("threads"));
  EXPECT_THAT(message({.longest_row = 1'023}), HasSubstr("longest_row"));
  EXPECT_THAT(message({.block = 15}), HasSubstr("block"));
  EXPECT_THAT(message({.largest_rejected_share = 1.5}), HasSubstr("largest_rejected_share"));
}

TEST(Csv, SeveralSourcesFollowOneAnother) {
  Events events;
  for (const char* const row : {"a,0,c,first\n", "a,0,c,second\n"}) {
    const std::string text = "visitor,ts,type,channel\n" + std::string(row);
    read(events, Source::memory("input", text, SourceFormat::csv), sales);
  }
  EXPECT_EQ(events.report.rows, 2u);
  EXPECT_EQ(events.report.columns.size(), 4u);
  EXPECT_THAT(rows_of(events, "a"), ElementsAre("1970-01-01T00:00:00.000000Z c first",
                                                "1970-01-01T00:00:00.000000Z c second"));
}

TEST(Csv, AStopIsHeededAndProgressIsTold) {
  std::string text(header);
  for (int i = 0; i < 1'000; ++i) text += "a,0,c,email,\n";
  std::uint64_t last = 0;
  ReadOptions options = {.block = 1'024};
  options.control.progress = [&](std::uint64_t bytes) {
    EXPECT_GE(bytes, last);
    last = bytes;
  };
  (void)read_csv(text, sales, options);
  EXPECT_EQ(last, text.size());
  std::stop_source stop;
  options.control.stop = stop.get_token();
  options.control.progress = [&](std::uint64_t) { stop.request_stop(); };
  for (const std::size_t threads : {1u, 4u}) {
    options.threads = threads;
    EXPECT_EQ(error_of(Errc::cancelled, [&] { (void)read_csv(text, sales, options); }),
              "cancelled by the caller");
  }
}

}  // namespace
}  // namespace mta

// Reading hits whose channel comes from rules: the same events from CSV, NDJSON and columns, on any
// number of threads.
#include <gmock/gmock.h>

#include "event_rows.hpp"
#include "mta/ingest/columns.hpp"

namespace mta {
namespace {

using test::error_of;
using test::read_csv;
using test::read_ndjson;
using test::rows_of;
using testing::ElementsAre;
using testing::HasSubstr;

Schema ruled(const std::string& rules, std::vector<std::string> dimensions = {}) {
  Schema schema;
  schema.conversion_events = {"sale"};
  schema.channel_rules = ChannelRules::parse(rules);
  for (std::string& name : dimensions) schema.dimensions.push_back({name, name});
  return schema;
}

constexpr std::string_view hits =
    "visitor,time,event,page_location,page_referrer,value\n"
    "a,0,hit,https://s.example/?utm_source=news&utm_medium=email&utm_campaign=spring,,\n"
    "a,1,hit,https://s.example/b,https://s.example/a,\n"
    "a,2,hit,https://s.example/,https://www.google.de/search,\n"
    "a,3,hit,https://s.example/thanks,https://www.paypal.com/,\n"
    "a,4,sale,https://s.example/thanks,https://s.example/cart,12.5\n"
    "a,5,hit,https://s.example/?gclid=x1,https://www.google.com/,\n"
    "a,6,hit,,,\n";

std::string at(int second, const std::string& rest) {
  return "1970-01-01T00:00:0" + std::to_string(second) + ".000000Z " + rest;
}

TEST(RuledRead, GivesEachHitItsChannel) {
  const Events events = read_csv(hits, ruled("\"ga4\"", {"source", "medium", "campaign"}));
  EXPECT_THAT(rows_of(events, "a"),
              ElementsAre(at(0, "hit Email news email spring"), at(1, "hit - - - -"),
                          at(2, "hit Organic Search google organic -"), at(3, "hit - - - -"),
                          at(4, "sale - - - - =12.500000"), at(5, "hit Paid Search google cpc -"),
                          at(6, "hit - - - -")));
  const std::vector<ColumnChoice> expected = {{"visitor", "visitor", true},
                                              {"time", "time", true},
                                              {"event", "event", true},
                                              {"landing_url", "page_location", true},
                                              {"referrer", "page_referrer", true},
                                              {"value", "value", true}};
  EXPECT_EQ(events.report.columns, expected);
}

TEST(RuledRead, WithoutRulesNothingIsDerived) {
  Schema schema;
  EXPECT_THAT(error_of(Errc::missing_column, [&] { read_csv(hits, schema); }),
              HasSubstr("channel"));
}

TEST(RuledRead, DerivesEveryDimension) {
  std::vector<std::string> names;
  for (const std::string_view name : derived_dimension_names()) names.emplace_back(name);
  const Events events = read_csv(
      "visitor,time,event,url,referrer\n"
      "a,0,hit,https://s.example/"
      "?utm_source=bing&utm_medium=cpc&utm_campaign=c&utm_content=n&utm_term=t"
      "&utm_id=7&msclkid=1,https://www.bing.com/\n",
      ruled("\"ga4\"", names));
  EXPECT_THAT(names, ElementsAre("source", "medium", "campaign", "content", "term", "campaign_id",
                                 "click_id", "source_category", "referrer_domain"));
  EXPECT_THAT(rows_of(events, "a"),
              ElementsAre(at(0, "hit Paid Search bing cpc c n t 7 msclkid search bing.com")));
}

TEST(RuledRead, ColumnsOfTheInputGoFirst) {
  const Events events = read_csv(
      "visitor,time,event,utm_source,utm_medium,campaign,landing_page\n"
      "a,0,hit,crm,email,own,https://s.example/?utm_source=x-site&utm_medium=cpc&utm_campaign=url\n"
      "a,1,hit,,,,https://s.example/?utm_source=x-site&utm_medium=cpc&utm_campaign=url\n",
      ruled("\"ga4\"", {"source", "campaign"}));
  EXPECT_THAT(rows_of(events, "a"),
              ElementsAre(at(0, "hit Email crm own"), at(1, "hit Paid Other x-site url")));
}

TEST(RuledRead, ADimensionWithAColumnOfItsOwnIsThatColumn) {
  Schema schema = ruled("\"ga4\"", {"source"});
  schema.dimensions.push_back({"medium", "device"});
  const Events events = read_csv(
      "visitor,time,event,source,utm_source,device\na,0,hit,shop 7,google,mobile\n", schema);
  EXPECT_THAT(rows_of(events, "a"), ElementsAre(at(0, "hit Organic Search shop 7 mobile")));
}

TEST(RuledRead, AGivenChannelGoesBeforeTheRules) {
  Schema schema = ruled("\"ga4\"");
  schema.channel = {"group", "kind"};
  const Events events = read_csv(
      "visitor,time,event,group,kind,url\na,0,hit,Phone,call,/\na,1,hit, ,,/\na,2,hit,,TV,\n",
      schema);
  EXPECT_THAT(rows_of(events, "a"),
              ElementsAre(at(0, "hit Phone / call"), at(1, "hit Direct"), at(2, "hit TV")));
}

TEST(RuledRead, RulesLookAtAnyColumn) {
  const Schema schema = ruled(R"({"preset": "ga4", "rules": [
      {"channel": "Phone", "when": {"column.kind of row": ["call", "callback"]}}]})");
  const Events events =
      read_csv("visitor,time,event,kind of row,url\na,0,hit,CALL,\na,1,hit,web,/\n", schema);
  EXPECT_THAT(rows_of(events, "a"), ElementsAre(at(0, "hit Phone"), at(1, "hit Direct")));
  const std::string message = error_of(
      Errc::missing_column, [&] { read_csv("visitor,time,event,url\na,0,hit,/\n", schema); });
  EXPECT_THAT(message, HasSubstr("channel rules"));
  EXPECT_THAT(message, HasSubstr("kind of row"));
}

TEST(RuledRead, ThePresetsOwnColumnsMayBeThere) {
  const Events events = read_csv(
      "visitor,time,event,url,google_ads_network_type\na,0,hit,/?gclid=1,YouTube "
      "Videos\na,1,hit,/?gclid=1,\n",
      ruled("\"ga4\""));
  EXPECT_THAT(rows_of(events, "a"), ElementsAre(at(0, "hit Paid Video"), at(1, "hit Paid Search")));
}

TEST(RuledRead, NamesColumnsThatAreGivenOrMissing) {
  Schema schema = ruled("\"ga4\"");
  schema.touch_columns.landing_url = "where";
  EXPECT_THAT(rows_of(read_csv("visitor,time,event,where\na,0,hit,/?gclid=1\n", schema), "a"),
              ElementsAre(at(0, "hit Paid Search")));
  EXPECT_THAT(error_of(Errc::missing_column,
                       [&] { read_csv("visitor,time,event,url\na,0,hit,/\n", schema); }),
              HasSubstr("landing_url: \"where\" is not there"));
  EXPECT_THAT(error_of(Errc::missing_column,
                       [&] { read_csv("visitor,time,event,x\na,0,hit,/\n", ruled("\"ga4\"")); }),
              HasSubstr("channel rules: none of the usual names"));
}

TEST(RuledRead, BadRowsAreRejectedAsEver) {
  const Events events = read_csv(
      "visitor,time,event,url,value\n,0,hit,/,\na,x,hit,/,\na,0,sale,/,much\na,0,hit,/"
      "\xff,\na,1,hit,/,\n",
      ruled("\"ga4\""));
  EXPECT_EQ(events.report.rows, 5u);
  EXPECT_EQ(events.report.rejected(), 4u);
  EXPECT_THAT(rows_of(events, "a"), ElementsAre(at(1, "hit Direct")));
}

TEST(RuledRead, SchemasDifferByTheirRules) {
  EXPECT_EQ(ruled("\"ga4\""), ruled(R"({"preset": "ga4"})"));
  EXPECT_FALSE(ruled("\"ga4\"") == ruled(R"({"preset": "ga4", "ai_assistants": "channel"})"));
}

/// Many rows of few sources, as CSV, as NDJSON and as columns.
struct ManyHits {
  std::vector<std::string> visitors, times, events, urls, referrers;
  std::string csv = "visitor,time,event,url,referrer\n", ndjson;

  explicit ManyHits(int rows) {
    const std::vector<std::string> queries = {
        "", "?gclid=", "?utm_source=news&utm_medium=email&utm_campaign=c", "?fbclid=", "?x="};
    const std::vector<std::string> from = {"",
                                           "https://www.google.com/q/",
                                           "https://s.example/",
                                           "https://t.co/",
                                           "https://www.paypal.com/",
                                           "https://blog.example.org/"};
    for (int i = 0; i < rows; ++i) {
      const std::string number = std::to_string(i);
      visitors.push_back("v" + std::to_string(i % 997));
      times.push_back(std::to_string(1'700'000'000 + i));
      events.emplace_back(i % 50 == 0 ? "sale" : "hit");
      const std::string& query = queries[static_cast<std::size_t>(i * 7 % 5)];
      urls.push_back("https://s.example/p" + number + query + (query.ends_with('=') ? number : ""));
      const std::string& referrer = from[static_cast<std::size_t>(i * 5 % 6)];
      referrers.push_back(referrer.empty() ? "" : referrer + number);
      csv += visitors.back() + ',' + times.back() + ',' + events.back() + ',' + urls.back() + ',' +
             referrers.back() + '\n';
      ndjson += "{\"visitor\":\"" + visitors.back() + "\",\"time\":" + times.back() +
                ",\"event\":\"" + events.back() + "\",\"url\":\"" + urls.back() +
                "\",\"referrer\":\"" + referrers.back() + "\"}\n";
    }
  }

  [[nodiscard]] Events append_columns(const Schema& schema, std::size_t threads) const {
    const auto views = [](const std::vector<std::string>& texts) {
      return std::vector<std::string_view>(texts.begin(), texts.end());
    };
    const auto visitor = views(visitors), time = views(times), event = views(events),
               url = views(urls), referrer = views(referrers);
    Columns columns{.visitor = TextColumn(visitor), .time = TextColumn(time)};
    columns.event = TextColumn(event);
    columns.dimensions.resize(schema.dimensions.size());
    columns.touch.landing_url = TextColumn(url);
    columns.touch.referrer = TextColumn(referrer);
    columns.rule_columns.resize(schema.channel_rules.columns().size());
    Events made(layout_of(schema));
    append(made, columns, schema, {.threads = threads});
    return made;
  }
};

TEST(RuledRead, IsTheSameHoweverItIsRead) {
  const ManyHits many(20'000);
  const Schema schema = ruled("\"ga4\"", {"source", "campaign"});
  const auto rows = test::event_rows(read_csv(many.csv, schema));
  ASSERT_EQ(rows.size(), 20'000u);
  EXPECT_EQ(test::event_rows(read_csv(many.csv, schema, {.threads = 2, .block = 1'000})), rows);
  EXPECT_EQ(test::event_rows(read_ndjson(many.ndjson, schema)), rows);
  EXPECT_EQ(test::event_rows(read_ndjson(many.ndjson, schema, {.threads = 3, .block = 5'000})),
            rows);
  EXPECT_EQ(test::event_rows(many.append_columns(schema, 1)), rows);
  EXPECT_EQ(test::event_rows(many.append_columns(schema, 3)), rows);
}

TEST(MadeColumns, RejectTextsThatAreNone) {
  const std::vector<std::string_view> visitors = {"a", "a"}, urls = {"/\xff", "/"};
  const std::vector<std::int64_t> times = {0, 1'000'000};
  const Schema schema = ruled("\"ga4\"");
  Columns columns{.visitor = TextColumn(visitors), .time = EpochColumn{times}};
  columns.all_events = "hit";
  columns.touch.landing_url = TextColumn(urls);
  columns.rule_columns.resize(3);
  Events events(layout_of(schema));
  append(events, columns, schema);
  EXPECT_EQ(events.report.rejected_by_reason[static_cast<std::size_t>(RejectReason::invalid_utf8)],
            1u);
  EXPECT_THAT(rows_of(events, "a"), ElementsAre(at(1, "hit Direct")));
}

TEST(MadeColumns, GivenChannelsGoFirstAndLengthsAreChecked) {
  const std::vector<std::string_view> visitors = {"a", "a"}, urls = {"/", "/"},
                                      channels = {"Phone", " "}, one = {"x"};
  const std::vector<std::int64_t> times = {0, 1'000'000};
  const Schema schema = ruled("\"ga4\"");
  Columns columns{.visitor = TextColumn(visitors), .time = EpochColumn{times}};
  columns.all_events = "hit";
  columns.channel = TextColumn(channels);
  columns.touch.landing_url = TextColumn(urls);
  Events events(layout_of(schema));
  EXPECT_THAT(error_of(Errc::invalid_option, [&] { append(events, columns, schema); }),
              HasSubstr("rule_columns: there must be one for each of the rules' 3, got 0"));
  columns.rule_columns.resize(3);
  append(events, columns, schema);
  EXPECT_THAT(rows_of(events, "a"), ElementsAre(at(0, "hit Phone"), at(1, "hit Direct")));
  columns.touch.referrer = TextColumn(one);
  EXPECT_THAT(error_of(Errc::invalid_option, [&] { append(events, columns, schema); }),
              HasSubstr("referrer: must have as many rows as visitor (2), got 1"));
}

}  // namespace
}  // namespace mta

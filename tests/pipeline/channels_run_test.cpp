#include <gtest/gtest.h>

#include <map>

#include "mta/core/decimal.hpp"
#include "mta/core/error.hpp"
#include "mta/pipeline/run.hpp"
#include "mta/report/report.hpp"

// Hits with landing pages and referrers, from rows to results by channel and by campaign.
namespace mta::test {
namespace {

constexpr auto hits =
    "visitor,time,event,landing_url,referrer,value\n"
    "a,2024-05-01,hit,https://s.example/"
    "?utm_source=google&utm_medium=cpc&utm_campaign=spring,https://www.google.com/,\n"
    "a,2024-05-02,hit,https://s.example/b,https://s.example/a,\n"  // the site itself: no touch
    "a,2024-05-03,hit,https://s.example/?fbclid=7,https://l.facebook.com/,\n"
    "a,2024-05-04,hit,https://s.example/paid,https://www.paypal.com/,\n"  // back from paying: no
                                                                          // touch
    "a,2024-05-04T00:01,sale,https://s.example/thanks,https://s.example/paid,80\n"
    "b,2024-05-02,hit,https://s.example/?utm_source=news&utm_medium=email&utm_campaign=spring,,\n"
    "b,2024-05-05,sale,,,20\n"  // from the shop's books: no landing page
    "c,2024-05-02,hit,https://s.example/,,\n";

Result answer(const std::string& spec, std::string_view rows, SourceFormat format,
              std::size_t threads) {
  std::vector<Source> sources;
  sources.push_back(Source::memory("rows", rows, format));
  return run(parse_spec(spec), std::move(sources), {.threads = threads},
             {.threads = threads, .block = 100});
}

std::string spec_by(const std::string& by) {
  return R"({"channels": "ga4", "by": [)" + by + R"(],
             "goals": [{"name": "sale"}], "models": [{"model": "linear"}]})";
}

using Credits = std::map<std::string, std::string>;

Credits credits(const Result& result) {
  Credits made;
  for (const CreditRow& row : result.goals.at(0).models.at(0).credits) {
    std::string key;
    for (const std::string& part : row.key) key += (key.empty() ? "" : "|") + part;
    made[key] = format_micros(row.credit.conversions) + " " + format_micros(row.credit.value);
  }
  return made;
}

TEST(ChannelsRun, ByChannel) {
  const Result result = answer(spec_by("\"channel\""), hits, SourceFormat::csv, 1);
  EXPECT_EQ(credits(result), (Credits{{"Paid Search", "0.500000 40.000000"},
                                      {"Organic Social", "0.500000 40.000000"},
                                      {"Email", "1.000000 20.000000"},
                                      {"Direct", "0.000000 0.000000"}}));
  EXPECT_EQ(result.goals.at(0).booked.conversions.units, 2'000'000);
}

TEST(ChannelsRun, ByCampaignAndSource) {
  const Result result = answer(spec_by(R"("campaign", "source")"), hits, SourceFormat::csv, 1);
  Credits found = credits(result);
  std::erase_if(found, [](const auto& row) { return row.second == "0.000000 0.000000"; });
  EXPECT_EQ(found, (Credits{{"spring|google", "0.500000 40.000000"},
                            {"(not set)|facebook.com", "0.500000 40.000000"},
                            {"spring|news", "1.000000 20.000000"}}));
}

TEST(ChannelsRun, WhatIsNoTouchIsCounted) {
  const Result result = answer(spec_by("\"channel\""), hits, SourceFormat::csv, 1);
  EXPECT_EQ(result.goals.at(0).counts.events[static_cast<std::size_t>(Fate::not_a_touch)], 2u);
  EXPECT_EQ(result.input.events, 8u);
}

std::string as_ndjson(std::string_view csv) {
  const std::vector<std::string> names = {"visitor",     "time",     "event",
                                          "landing_url", "referrer", "value"};
  std::string made;
  bool is_header = true;
  while (!csv.empty()) {
    std::string_view line = csv.substr(0, csv.find('\n'));
    csv.remove_prefix(line.size() + 1);
    if (std::exchange(is_header, false)) continue;
    std::string object = "{";
    for (const std::string& name : names) {
      const std::string_view text = line.substr(0, line.find(','));
      line.remove_prefix(std::min(text.size() + 1, line.size()));
      object += (object.size() == 1 ? "\"" : ",\"") + name + "\":\"" + std::string(text) + '"';
    }
    made += object + "}\n";
  }
  return made;
}

TEST(ChannelsRun, TheSameBytesHoweverItIsRead) {
  for (const std::string by : {"\"channel\"", R"("source", "medium", "campaign")"}) {
    const std::string expected = to_json(answer(spec_by(by), hits, SourceFormat::csv, 1));
    EXPECT_EQ(to_json(answer(spec_by(by), hits, SourceFormat::csv, 2)), expected);
    EXPECT_EQ(to_json(answer(spec_by(by), as_ndjson(hits), SourceFormat::ndjson, 1)), expected);
    EXPECT_EQ(to_json(answer(spec_by(by), as_ndjson(hits), SourceFormat::ndjson, 2)), expected);
  }
}

TEST(ChannelsRun, RolesAreColumnsOfTheSpecOnlyWithRules) {
  const auto columns = [](const std::string& rules) {
    return parse_spec("{" + rules +
                      R"("columns": {"source": "src", "landing_url": "page", "device": "d"}})")
        .columns;
  };
  const Schema with = columns(R"("channels": "ga4", )");
  EXPECT_EQ(with.touch_columns.source, "src");
  EXPECT_EQ(with.touch_columns.landing_url, "page");
  EXPECT_EQ(with.dimensions, (std::vector<DimensionColumn>{{"device", "d"}}));
  const Schema without = columns("");
  EXPECT_EQ(without.touch_columns, TouchColumns{});
  EXPECT_EQ(without.dimensions.size(), 3u);
}

TEST(ChannelsRun, GoalsFilterByWhatRulesDerive) {
  const std::string spec = R"({"channels": "ga4", "goals": [{"name": "sale",
      "touches": {"where": {"source_category": ["search", "social"]}}}], "models": [{"model": "last"}]})";
  Credits found = credits(answer(spec, hits, SourceFormat::csv, 1));
  std::erase_if(found, [](const auto& row) { return row.second == "0.000000 0.000000"; });
  EXPECT_EQ(found, (Credits{{"Organic Social", "1.000000 80.000000"},
                            {"(unattributed)", "1.000000 20.000000"}}));
}

TEST(ChannelsRun, BadRulesAreBadSpecs) {
  try {
    (void)parse_spec(R"({"channels": {"rules": [{"channel": "A", "when": {"sauce": "x"}}]}})");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::invalid_spec);
    EXPECT_NE(std::string(error.what()).find("channels.rules[0].when"), std::string::npos)
        << error.what();
  }
}

}  // namespace
}  // namespace mta::test

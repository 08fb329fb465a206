// data/snowplow_fractribution_it: the integration test of dbt-snowplow-fractribution, from raw
// events to sessions, paths, their summary and last-touch credit.
//
// Their settings: conversions of 2022-06-03 to 2022-08-01, a lookback of 30 calendar days, one
// touch a session (its first page view), repeats collapsed. A row with a total is a conversion, and
// may be a page view as well. Channels follow the rules of channel_grouping_vectors/
// snowplow_channel_rules.md. Persons who convert have no null path there.
#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "mta/core/hash.hpp"
#include "mta/ingest/reader.hpp"
#include "mta/journeys/journey_builder.hpp"
#include "mta/pipeline/run.hpp"
#include "support/plain_table.hpp"
#include "support/result_view.hpp"
#include "support/shared_data.hpp"

namespace mta {
namespace {

constexpr auto folder_name = "snowplow_fractribution_it";

/// Fields of a line of CSV with quotes.
std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  return fields;
}

using Row = std::map<std::string, std::string>;

std::vector<Row> raw_events(const std::filesystem::path& folder) {
  std::ifstream text(folder / "source/snowplow_fractribution_events.csv");
  std::string line;
  std::getline(text, line);
  const auto names = fields_of(line);
  std::vector<Row> rows;
  while (std::getline(text, line)) {
    const auto fields = fields_of(line);
    Row& row = rows.emplace_back();
    for (std::size_t i = 0; i < fields.size(); ++i) row[names.at(i)] = fields[i];
  }
  return rows;
}

bool has(const std::string& text, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const char* word) { return text.find(word) != std::string::npos; });
}
bool is(const std::string& text, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(), [&](const char* word) { return text == word; });
}

/// Rules 1 to 16, of fields in lower case.
std::string channel_of(Row row) {
  for (auto& [name, field] : row) {
    std::transform(field.begin(), field.end(), field.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  }
  const std::string &medium = row["mkt_medium"], &campaign = row["mkt_campaign"];
  const std::string& source = row["mkt_source"];
  const bool prospect = has(campaign, {"prospect"});
  const bool again = has(campaign, {"retargeting", "re-targeting", "remarketing", "re-marketing"});
  if (is(medium, {"cpc", "ppc"})) {
    return has(campaign, {"brand"})     ? "Paid_Search_Brand"
           : has(campaign, {"generic"}) ? "Paid_Search_Generic"
                                        : "Paid_Search_Other";
  }
  if (medium == "organic") return "Organic_Search";
  if (is(medium, {"display", "cpm", "banner"})) {
    return prospect ? "Display_Prospecting" : again ? "Display_Retargeting" : "Display_Other";
  }
  if (has(campaign, {"video", "youtube"}) || has(source, {"video", "youtube"})) return "Video";
  if (medium == "social") {
    return prospect ? "Paid_Social_Prospecting"
           : again  ? "Paid_Social_Retargeting"
                    : "Paid_Social_Other";
  }
  if (source == "(direct)") return "Direct";
  if (medium == "referral") return "Referral";
  if (medium == "email") return "Email";
  return is(medium, {"cpv", "cpa", "affiliates"}) ? "Other_Advertising" : "Unmatched_Channel";
}

std::string csv_of(const std::vector<Row>& rows) {
  std::string csv = "visitor,time,event,channel,value,session\n";
  for (const Row& row : rows) {
    const bool converts = !row.at("tr_total").empty();
    const bool views =
        row.at("event_name") == "page_view" && row.at("page_urlhost") == "poplindata.com";
    csv += 'f' + row.at("domain_userid") + ',' + row.at("derived_tstamp") + ',' +
           (converts ? "conversion" : row.at("event_name")) + ',' + (views ? channel_of(row) : "") +
           ',' + row.at("tr_total") + ',' + row.at("domain_sessionid") + '\n';
  }
  return csv;
}

Spec spec_of(const std::string& transforms) {
  return parse_spec(R"({"goals": [{"name": "conversion", "touch": "first_of_session",
      "sessions": {"id": "session"}, "lookback": {"days": 30}, "null_gap": "none",
      "period": {"from": "2022-06-03", "to": "2022-08-01"}, "transforms": )" +
                    transforms + R"(}], "models": [{"model": "last"}]})");
}

/// Paths as text by customer, and what they brought.
struct Paths {
  std::map<std::string, std::string> converting, null;
  std::map<std::string, Micros> revenue;
  GoalCounts counts;
};

Paths paths_of(const std::vector<Row>& rows, const std::string& transforms) {
  const Spec spec = spec_of(transforms);
  const std::string csv = csv_of(rows);
  Events events(layout_of(schema_of(spec)));
  read(events, Source::memory("events.csv", csv, SourceFormat::csv), schema_of(spec));
  const Vocabulary vocabulary(events);
  const JourneyBuilder builder(spec.goals[0], events, vocabulary);
  std::map<PersonKey, std::string> customers;
  for (const Row& row : rows) {
    const std::string customer = 'f' + row.at("domain_userid");
    customers[person_key(customer)] = customer;
  }
  Paths paths;
  const auto take = [&](JourneysView journeys) {
    for (std::size_t i = 0; i < journeys.size(); ++i) {
      std::string path;
      for (const ChannelId channel : journeys[i].channel) {
        path.append(path.empty() ? "" : " > ").append(vocabulary.channels()[index(channel)]);
      }
      const JourneyEnd& end = journeys.end_of(i);
      const std::string& customer = customers.at(end.person);
      const bool converts = end.outcome == Outcome::converted;
      EXPECT_TRUE((converts ? paths.converting : paths.null).emplace(customer, path).second);
      if (converts) paths.revenue[customer] = end.worth.value;
    }
  };
  BucketEvents bucket(events, vocabulary);
  for (std::size_t b = 0; b < bucket_count; ++b) {
    bucket.load(b);
    builder.build(bucket, take, paths.counts);
  }
  for (const auto& [customer, path] : paths.converting) paths.null.erase(customer);
  return paths;
}

std::map<std::string, std::string> expected_paths(const std::filesystem::path& file,
                                                  const std::string& column) {
  const auto table = test::PlainTable::file(file);
  std::map<std::string, std::string> paths;
  for (const auto& row : table.rows()) {
    paths[table.at(row, "customer_id")] = table.at(row, column);
  }
  return paths;
}

constexpr auto prefix = "expected/snowplow_fractribution_";

TEST(SnowplowFractribution, SessionsArePathsOfEveryCustomer) {
  MTA_SHARED_DATA_OR_SKIP(folder, folder_name)
  const auto rows = raw_events(folder);
  const Paths raw = paths_of(rows, "[]"), exposure = paths_of(rows, R"(["exposure_path"])");
  const auto sessions = test::PlainTable::file(
      folder / (std::string(prefix) + "sessions_by_customer_id_expected.csv"));
  EXPECT_EQ(raw.counts.sessions, sessions.rows().size());
  const auto converting = folder / (std::string(prefix) + "paths_to_conversion_expected.csv");
  EXPECT_EQ(raw.converting, expected_paths(converting, "path"));
  EXPECT_EQ(exposure.converting, expected_paths(converting, "transformed_path"));
  const auto null = folder / (std::string(prefix) + "paths_to_non_conversion_expected.csv");
  EXPECT_EQ(raw.null, expected_paths(null, "path"));
  EXPECT_EQ(exposure.null, expected_paths(null, "transformed_path"));
}

TEST(SnowplowFractribution, PathsAddUpToTheSummary) {
  MTA_SHARED_DATA_OR_SKIP(folder, folder_name)
  const Paths paths = paths_of(raw_events(folder), R"(["exposure_path"])");
  struct Sum {
    int conversions = 0, nulls = 0;
    Micros revenue;
    bool operator==(const Sum&) const = default;
  };
  std::map<std::string, Sum> sums, expected;
  for (const auto& [customer, path] : paths.converting) {
    ++sums[path].conversions;
    sums[path].revenue += paths.revenue.at(customer);
  }
  for (const auto& [customer, path] : paths.null) ++sums[path].nulls;
  const auto table =
      test::PlainTable::file(folder / (std::string(prefix) + "path_summary_expected.csv"));
  for (const auto& row : table.rows()) {
    const std::string& revenue = table.at(row, "revenue");
    expected[table.at(row, "transformed_path")] = {
        std::stoi(table.at(row, "conversions")), std::stoi(table.at(row, "non_conversions")),
        revenue.empty() ? Micros{0} : test::micros_of(revenue)};
  }
  EXPECT_EQ(expected.size(), 9u);
  EXPECT_TRUE(sums == expected);
}

TEST(SnowplowFractribution, LastTouchCreditIsTheirs) {
  MTA_SHARED_DATA_OR_SKIP(folder, folder_name)
  const std::string csv = csv_of(raw_events(folder));
  std::vector<Source> sources;
  sources.push_back(Source::memory("events.csv", csv, SourceFormat::csv));
  const Result result = run(spec_of(R"(["exposure_path"])"), std::move(sources));
  const ModelResult& last = test::model_of(result.goals.at(0), "last");
  std::size_t channels = 0;
  const auto table =
      test::PlainTable::file(folder / (std::string(prefix) + "channel_attribution_expected.csv"));
  for (const auto& row : table.rows()) {
    if (table.at(row, "ATTRIBUTION_TYPE") != "last_touch") continue;
    ++channels;
    const std::string& channel = table.at(row, "CHANNEL");
    const Worth credit = test::credit_of(last, channel);
    EXPECT_EQ(credit.conversions, test::micros_of(table.at(row, "CONVERSIONS"))) << channel;
    EXPECT_NEAR(static_cast<double>(credit.value.units), std::stod(table.at(row, "REVENUE")) * 1e6,
                1)
        << channel;
  }
  EXPECT_EQ(channels, 6u);
  EXPECT_EQ(test::credit_total(last), result.goals.at(0).booked);
}

}  // namespace
}  // namespace mta

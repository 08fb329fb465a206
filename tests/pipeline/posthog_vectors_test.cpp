// data/posthog_attribution_vectors: what PostHog's own tests expect of its attribution table.
//
// Their sessions are ours, of page views a minute apart, each the event "session" of the channel
// "session" (so that a session without a campaign is a touch too); credit is asked for by the
// dimension that the case breaks down by.
//   mapping                  names are mapped before they are read, the empty one never
//   date range               period on the conversion's time
//   one conversion a person  per_person "first"
//   exclude unattributed     touches where the dimension is neither empty nor "$direct"
//   exclude direct           the transform that drops Direct
// Of a case's expectations these belong to later work and are not looked at: visitors,
// influenced_conversions, influenced_value and conversion_rate (reach and assists).
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "mta/core/error.hpp"
#include "mta/pipeline/run.hpp"
#include "support/result_view.hpp"
#include "support/shared_data.hpp"

namespace mta {
namespace {

using nlohmann::json;

constexpr auto vectors = "posthog_attribution_vectors/cases.json";

const std::set<std::string> covered{"A01",  "A02", "A03", "A04",      "A05a",        "A05b", "A06",
                                    "A07",  "A08", "A09", "A10a",     "A10b",        "A11a", "A11b",
                                    "A12",  "A13", "A14", "A18",      "A15a",        "A15b", "A16a",
                                    "A16b", "A17", "A19", "A20",      "A21",         "A22",  "A23",
                                    "A24",  "A25", "A26", "A27_zero", "A27_negative"};
/// PostHog's channel types, for the two combinations that occur in these cases.
std::string channel_of(const json& event) {
  return event["utm_source"] == "google" && event["utm_medium"] == "cpc" ? "Paid Search" : "Direct";
}

std::string text_of(const json& event, const std::string& key) {
  return event.contains(key) && event[key].is_string() ? event[key].get<std::string>() : "";
}

/// A session's campaign, after the mapping of its source.
std::string campaign_of(const json& vector, const json& event) {
  const std::string name = text_of(event, "utm_campaign");
  const json mapping = vector["config"].value("mapping", json::object());
  const json names = mapping.value(text_of(event, "utm_source"), json::object());
  return name.empty() ? name : names.value(name, name);
}

/// A minute after a time of theirs, "2023-01-08T12:00:00Z", and so on; one on the hour.
std::string minutes_after(std::string time, int minutes) {
  time[15] = static_cast<char>('0' + minutes);
  return time;
}

/// Rows in the order given; `label` is the dimension that the case breaks down by.
std::string rows_of(const json& vector) {
  const std::string breakdown = vector["config"]["breakdown"];
  const std::map<std::string, std::string> column{{"source", "utm_source"},
                                                  {"referring_domain", "referring_domain"}};
  std::string csv = "visitor,time,event,channel,value,label,plan\n";
  for (const json& event : vector["events"]) {
    const bool touch = event["type"] == "session";
    std::string label, channel;
    if (touch) {
      channel = breakdown == "channel" ? channel_of(event) : "session";
      label = breakdown == "channel"    ? channel
              : breakdown == "campaign" ? campaign_of(vector, event)
                                        : text_of(event, column.at(breakdown));
    }
    const std::string value = touch ? "" : event["revenue"].dump();
    for (int view = 0; view < event.value("pageviews", 1); ++view) {
      csv += text_of(event, "visitor") + ',' + minutes_after(text_of(event, "ts"), view) + ',' +
             text_of(event, "type") + ',' + channel + ',' + value + ',' + label + ',' +
             text_of(event, "plan") + '\n';
    }
  }
  return csv;
}

json goal_of(const json& config) {
  json goal{{"name", "conversion"},
            {"touch", "session"},
            {"after_conversion", "keep"},
            {"lookback", config["window_days"].dump() + "d"},
            {"period", {{"from", config["date_from"]}, {"to", config["date_to"]}}},
            {"per_person", config["allow_multiple_conversions"] == true ? "all" : "first"}};
  if (config.contains("conversion_filter")) goal["where"] = config["conversion_filter"];
  if (config["exclude_unattributed"] == true) {
    goal["touches"]["where"]["label"] = {{"not", {"", "$direct"}}};
  }
  if (config["exclude_direct"] == true) goal["transforms"] = {{{"exclude", "Direct"}}};
  return goal;
}

GoalResult answer(const json& vector) {
  const json& config = vector["config"];
  const json models{{{"model", "first"}},
                    {{"model", "last"}},
                    {{"model", "linear"}},
                    {{"model", "time_decay"}, {"half_life", config["half_life_days"].dump() + "d"}},
                    {{"model", "position_based"}}};
  const json spec{{"goals", {goal_of(config)}}, {"models", models}, {"by", "label"}};
  const std::string csv = rows_of(vector);
  std::vector<Source> sources;
  sources.push_back(Source::memory("events.csv", csv, SourceFormat::csv));
  Result result = run(parse_spec(spec.dump()), std::move(sources));
  EXPECT_EQ(result.input.rejected(), 0U) << vector["id"];
  return std::move(result.goals.at(0));
}

const ModelResult& model_named(const GoalResult& goal, const std::string& theirs) {
  const std::map<std::string, std::string> ours{{"first_touch", "first"}, {"last_touch", "last"}};
  const auto name = ours.find(theirs);
  return test::model_of(goal, name == ours.end() ? theirs : name->second);
}

/// PostHog shows an empty label as "" or, of sources, as "organic".
std::string label_of(const std::string& theirs) {
  return theirs.empty() || theirs == "organic" ? std::string(not_set_label) : theirs;
}

/// Credit is in conversions or money: equal but for the rounding of law 1.
void expect_amounts(const GoalResult& goal, const json& expected, Micros Worth::*field) {
  for (const auto& [model, amounts] : expected.items()) {
    for (const auto& [label, amount] : amounts.items()) {
      const Worth credit = test::credit_of(model_named(goal, model), label_of(label));
      EXPECT_NEAR(static_cast<double>((credit.*field).units), amount.get<double>() * 1e6, 1.0)
          << model << ' ' << label;
    }
  }
}

std::set<std::string> labels_of(const ModelResult& model) {
  std::set<std::string> labels;
  for (const CreditRow& row : model.credits) {
    if (row.key[0] != unattributed_label) labels.insert(row.key[0]);
  }
  return labels;
}

void expect_rows(const GoalResult& goal, const json& expected) {
  for (const ModelResult& model : goal.models) {
    const std::set<std::string> labels = labels_of(model);
    for (const json& label : expected.value("absent", json::array())) {
      EXPECT_FALSE(labels.contains(label_of(label))) << label;
    }
    if (!expected.contains("rows")) continue;
    std::set<std::string> rows;
    for (const json& label : expected["rows"]) rows.insert(label_of(label));
    EXPECT_EQ(labels, rows);
  }
}

void expect_totals(const GoalResult& goal, const json& expected) {
  if (expected.contains("total_conversions")) {
    EXPECT_EQ(goal.booked.conversions.units,
              expected["total_conversions"].get<std::int64_t>() * one_conversion.units);
  }
  if (expected.contains("unattributed_conversions")) {
    EXPECT_EQ(goal.counts.unattributed_conversions,
              expected["unattributed_conversions"].get<std::uint64_t>());
  }
  if (expected.contains("sum_of_credit_per_model")) {
    EXPECT_EQ(expected["sum_of_credit_per_model"], 1.0);
    EXPECT_EQ(goal.booked.conversions, one_conversion);
  }
  for (const ModelResult& model : goal.models) EXPECT_EQ(test::credit_total(model), goal.booked);
}

TEST(PosthogVectors, EveryCaseIsCovered) {
  MTA_SHARED_DATA_OR_SKIP(path, vectors)
  std::set<std::string> ids;
  for (const json& vector : json::parse(std::ifstream(path))) ids.insert(vector["id"]);
  EXPECT_EQ(covered, ids);
}

TEST(PosthogVectors, AreMet) {
  MTA_SHARED_DATA_OR_SKIP(path, vectors)
  for (const json& vector : json::parse(std::ifstream(path))) {
    const std::string id = vector["id"];
    const json& expected = vector["expected"];
    if (!covered.contains(id) || expected.contains("error")) continue;
    SCOPED_TRACE(id);
    const GoalResult goal = answer(vector);
    expect_totals(goal, expected);
    expect_rows(goal, expected);
    expect_amounts(goal, expected.value("credit", json::object()), &Worth::conversions);
    expect_amounts(goal, expected.value("value", json::object()), &Worth::value);
  }
}

TEST(PosthogVectors, WindowsOfNoLengthAreRefused) {
  MTA_SHARED_DATA_OR_SKIP(path, vectors)
  std::size_t refused = 0;
  for (const json& vector : json::parse(std::ifstream(path))) {
    if (!vector["expected"].contains("error")) continue;
    EXPECT_THROW((void)answer(vector), Error) << vector["id"];
    ++refused;
  }
  EXPECT_EQ(refused, 2U);
}

}  // namespace
}  // namespace mta

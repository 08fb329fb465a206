#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/decimal.hpp"
#include "mta/core/version.hpp"
#include "mta/identity/identifier.hpp"
#include "mta/report/report.hpp"

namespace mta {
namespace {

// Keeps keys in the order of docs/formats/json.md.
using Json = nlohmann::ordered_json;

constexpr int format = 1;

Json input_json(const IngestReport& input) {
  Json reasons = Json::object();
  for (std::size_t i = 0; i < reject_reasons; ++i) {
    const std::uint64_t count = input.rejected_by_reason[i];
    if (count > 0) reasons[std::string(name_of(static_cast<RejectReason>(i)))] = count;
  }
  Json columns = Json::array();
  for (const ColumnChoice& choice : input.columns) {
    columns.push_back(
        {{"role", choice.role}, {"column", choice.column}, {"recognised", choice.recognised}});
  }
  return {{"rows", input.rows},
          {"events", input.events},
          {"rejected", input.rejected()},
          {"rejected_by_reason", std::move(reasons)},
          {"columns", std::move(columns)}};
}

Json credits_json(const std::vector<CreditRow>& credits, const std::vector<std::string>& by) {
  Json rows = Json::array();
  for (const CreditRow& credit : credits) {
    Json row = Json::object();
    for (std::size_t d = 0; d < by.size(); ++d) row[by[d]] = credit.key[d];
    row["conversions"] = format_micros(credit.credit.conversions);
    row["value"] = format_micros(credit.credit.value);
    rows.push_back(std::move(row));
  }
  return rows;
}

Json fit_json(const ModelResult& model, const std::vector<std::string>& channels) {
  Json numbers = Json::object();
  for (const FitNumber& number : model.numbers) numbers[number.name] = number.value;
  Json rows = Json::array();
  for (std::size_t c = 0; c < channels.size() && !model.explained.empty(); ++c) {
    Json row{{"channel", channels[c]}};
    for (const ChannelColumn& column : model.explained) row[column.name] = column.values[c];
    rows.push_back(std::move(row));
  }
  return {{"numbers", std::move(numbers)}, {"channels", std::move(rows)}};
}

Json model_json(const ModelResult& model, const GoalResult& goal,
                const std::vector<std::string>& by) {
  Json made{{"model", model.model},
            {"options", model.options.empty() ? Json::object() : Json::parse(model.options)},
            {"credits", credits_json(model.credits, by)}};
  if (!model.notes.empty()) made["notes"] = model.notes;
  if (!model.explained.empty() || !model.numbers.empty()) {
    made["fit"] = fit_json(model, goal.channels);
  }
  return made;
}

Json identity_json(const IdentityReport& identity) {
  Json kinds = Json::array(), largest = Json::array();
  for (const KindReport& kind : identity.kinds) {
    kinds.push_back({{"kind", kind.kind},
                     {"identifiers", kind.identifiers},
                     {"blocked", kind.blocked},
                     {"malformed", kind.malformed},
                     {"ignored", kind.ignored},
                     {"excluded", kind.excluded},
                     {"over_limit", kind.over_limit}});
  }
  for (const PersonSize& person : identity.largest) {
    largest.push_back({{"person", format_key(person.person)}, {"identifiers", person.identifiers}});
  }
  return {{"identifiers", identity.identifiers}, {"persons", identity.persons},
          {"accounts", identity.accounts},       {"sightings", identity.sightings},
          {"events", identity.events},           {"kinds", std::move(kinds)},
          {"largest", std::move(largest)}};
}

Json with_worth(Json row, const Worth& worth, const std::string& prefix = "") {
  row[prefix + "conversions"] = format_micros(worth.conversions);
  row[prefix + "value"] = format_micros(worth.value);
  return row;
}

Json bins_json(const std::vector<JourneyStatistics::Bin>& bins, const char* unit) {
  Json rows = Json::array();
  for (const JourneyStatistics::Bin& bin : bins) {
    rows.push_back(with_worth(Json{{unit, bin.at}}, bin.worth));
  }
  return rows;
}

Json statistics_json(const JourneyStatistics& statistics) {
  Json paths = Json::array(), roles = Json::array(), overlaps = Json::array();
  for (const JourneyStatistics::Path& path : statistics.top_paths) {
    Json row = with_worth(Json{{"path", path.channels}}, path.worth);
    row["null_journeys"] = format_micros(path.nulls);
    paths.push_back(std::move(row));
  }
  for (const JourneyStatistics::Role& role : statistics.roles) {
    Json row{{"channel", role.channel}};
    row = with_worth(std::move(row), role.any, "any_");
    row = with_worth(std::move(row), role.first, "first_");
    row = with_worth(std::move(row), role.last, "last_");
    roles.push_back(with_worth(std::move(row), role.assisted, "assisted_"));
  }
  for (const JourneyStatistics::Overlap& overlap : statistics.overlaps) {
    overlaps.push_back(
        with_worth(Json{{"channels", Json::array({overlap.a, overlap.b})}}, overlap.worth));
  }
  return {{"distinct_paths", statistics.paths},
          {"top_paths", std::move(paths)},
          {"path_length", bins_json(statistics.lengths, "touches")},
          {"time_lag", bins_json(statistics.lags, "days")},
          {"channels", std::move(roles)},
          {"overlap", std::move(overlaps)}};
}

Json goal_json(const GoalResult& goal, const std::vector<std::string>& by) {
  Json events = Json::object();
  for (std::size_t i = 0; i < fates; ++i) {
    events[std::string(name_of(static_cast<Fate>(i)))] = goal.counts.events[i];
  }
  Json models = Json::array();
  for (const ModelResult& model : goal.models) models.push_back(model_json(model, goal, by));
  Json made{{"goal", goal.goal},
            {"conversions", format_micros(goal.booked.conversions)},
            {"value", format_micros(goal.booked.value)},
            {"journeys", goal.journeys()},
            {"converting_journeys", goal.counts.converting_journeys},
            {"null_journeys", goal.counts.null_journeys},
            {"unattributed_conversions", goal.counts.unattributed_conversions},
            {"over_refunded_orders", goal.counts.over_refunded_orders}};
  if (goal.counts.sessions > 0) {
    made["sessions"] = goal.counts.sessions;
    made["engaged_sessions"] = goal.counts.engaged_sessions;
  }
  made["events"] = std::move(events);
  made["models"] = std::move(models);
  if (goal.statistics) made["statistics"] = statistics_json(*goal.statistics);
  return made;
}

}  // namespace

std::string to_json(const Result& result) {
  Json goals = Json::array();
  for (const GoalResult& goal : result.goals) goals.push_back(goal_json(goal, result.by));
  Json whole{{"mta", {{"version", version}, {"format", format}}},
             {"input", input_json(result.input)}};
  if (result.identity) whole["identity"] = identity_json(*result.identity);
  whole["goals"] = std::move(goals);
  return whole.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace mta

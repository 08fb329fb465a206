#include "mta/pipeline/spec.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "mta/core/error.hpp"
#include "mta/ingest/time_parser.hpp"
#include "pipeline/goal_spec.hpp"
#include "pipeline/json_fields.hpp"

namespace mta {
namespace {

using nlohmann::json;

json parse_json(std::string_view text) {
  try {
    return json::parse(text);
  } catch (const json::parse_error& error) {
    throw Error(Errc::invalid_spec, std::string("the spec is not JSON: ") + error.what());
  }
}

/// Where visits come from: roles for channel rules, dimensions without them.
void read_touch_columns(JsonFields& fields, TouchColumns& columns) {
  fields.text("source", columns.source);
  fields.text("medium", columns.medium);
  fields.text("campaign", columns.campaign);
  fields.text("content", columns.content);
  fields.text("term", columns.term);
  fields.text("landing_url", columns.landing_url);
  fields.text("referrer", columns.referrer);
}

void read_columns(const json& given, Schema& columns) {
  JsonFields fields("columns", given);
  if (columns.channel_rules.are_given()) read_touch_columns(fields, columns.touch_columns);
  fields.text("visitor", columns.visitor);
  fields.text("time", columns.time);
  fields.text("event", columns.event);
  fields.texts("channel", columns.channel);
  fields.text("value", columns.value);
  fields.text("currency", columns.currency);
  for (const std::string& name : fields.rest()) {  // any other key is a dimension
    columns.dimensions.push_back({name, as_text("columns." + name, given.at(name))});
  }
}

void read_delimiter(const json& given, Schema& columns) {
  const std::string text = as_text("delimiter", given);
  if (text.size() != 1 || text == "\"" || text == "\n" || text == "\r") {
    refuse_spec("delimiter", "one byte, no quote and no line break", given);
  }
  columns.delimiter = text.front();
}

/// The policy under this key, which is taken out of a model's options.
std::optional<DirectPolicy> take_direct_policy(const std::string& place, json& options) {
  if (!options.contains("direct_policy")) return std::nullopt;
  DirectPolicy policy = DirectPolicy::keep;
  JsonFields fields(place, options);
  fields.choice("direct_policy", policy, {"keep", "ignore_if_others"});
  options.erase("direct_policy");
  return policy;
}

ModelRequest model_of(const std::string& place, const json& given) {
  JsonFields fields(place, given);
  ModelRequest request;
  fields.text("model", request.name);
  if (request.name.empty()) refuse_spec(place + ".model", "the name of a model", given);
  json options = json::object();
  for (const std::string& key : fields.rest()) options[key] = given.at(key);
  request.direct_policy = take_direct_policy(place, options);
  request.options = options.dump();
  return request;
}

/// One option's value as it stands on a command line.
json scalar_of(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc{} && end == text.data() + text.size()) {
    const json parsed = json::parse(text, nullptr, false);  // keeps whole numbers whole
    return parsed.is_number() ? parsed : json(number);
  }
  return std::string(text);
}

json value_of(std::string_view text) {
  if (text.find(';') == std::string_view::npos) return scalar_of(text);
  json list = json::array();
  while (true) {
    const std::size_t at = text.find(';');
    if (const auto item = text.substr(0, at); !item.empty()) list.push_back(scalar_of(item));
    if (at == std::string_view::npos) return list;
    text.remove_prefix(at + 1);
  }
}

void add_dimension(Schema& schema, const std::string& name) {
  if (name == "channel" || name == "event") return;
  const auto same = [&](const DimensionColumn& column) { return column.name == name; };
  if (std::none_of(schema.dimensions.begin(), schema.dimensions.end(), same)) {
    schema.dimensions.push_back({name, name});
  }
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

void read_goals(const std::string& key, const json& given, const std::string& zone,
                std::vector<Goal>& goals) {
  if (!given.is_array() || given.empty()) refuse_spec(key, "a list of goals", given);
  TimeParser times("", zone);
  for (std::size_t i = 0; i < given.size(); ++i) {
    goals.push_back(parse_goal(key + "[" + std::to_string(i) + "]", given[i], times, zone));
  }
}

std::optional<std::size_t> read_statistics(const json& given) {
  if (given.is_boolean()) {
    return given.get<bool>() ? std::optional<std::size_t>(default_top_paths) : std::nullopt;
  }
  if (given.is_number_integer() && given.get<std::int64_t>() >= 1) return given.get<std::size_t>();
  refuse_spec("statistics", "true, false or how many top paths, at least 1", given);
}

}  // namespace

ModelRequest parse_model_request(std::string_view text) {
  const std::size_t colon = text.find(':');
  ModelRequest request;
  request.name = text.substr(0, colon);
  if (request.name.empty()) {
    throw Error(Errc::invalid_option,
                "a model must be NAME or NAME:key=value,..., got '" + std::string(text) + "'");
  }
  if (colon == std::string_view::npos) return request;
  json options = json::object();
  std::string_view rest = text.substr(colon + 1);
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    const std::string_view field = rest.substr(0, comma);
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos || equals == 0) {
      throw Error(Errc::invalid_option, "model " + request.name + ": an option must be key=value, got '" +
                                            std::string(field) + "'");
    }
    options[std::string(field.substr(0, equals))] = value_of(field.substr(equals + 1));
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
  }
  request.direct_policy = take_direct_policy("model " + request.name, options);
  request.options = options.dump();
  return request;
}

Goal stage_of(const Spec& spec, const std::string& name) {
  for (const auto* goals : {&spec.goals, &spec.stages}) {
    const auto at = std::find_if(goals->begin(), goals->end(),
                                 [&](const Goal& goal) { return goal.name == name; });
    if (at != goals->end()) return *at;
  }
  return goal_for_event(name);
}

Spec parse_spec(std::string_view text) {
  const json root = parse_json(text);
  JsonFields fields("spec", root);
  Spec spec;
  if (const auto* rules = fields.take("channels")) {
    spec.columns.channel_rules = ChannelRules::parse(rules->dump());
  }
  if (const auto* columns = fields.take("columns")) read_columns(*columns, spec.columns);
  fields.text("time_zone", spec.columns.time_zone);
  fields.text("time_format", spec.columns.time_format);
  fields.text("channel_separator", spec.columns.channel_separator);
  if (const auto* delimiter = fields.take("delimiter")) read_delimiter(*delimiter, spec.columns);
  fields.texts("by", spec.by);
  const std::string& zone = spec.columns.time_zone;
  (void)TimeParser("", zone);  // is it one?
  if (const auto* given = fields.take("goals")) read_goals("goals", *given, zone, spec.goals);
  if (const auto* given = fields.take("stages")) read_goals("stages", *given, zone, spec.stages);
  if (const auto* models = fields.take("models")) {
    if (!models->is_array() || models->empty()) refuse_spec("models", "a list of models", *models);
    for (std::size_t i = 0; i < models->size(); ++i) {
      spec.models.push_back(model_of("models[" + std::to_string(i) + "]", (*models)[i]));
    }
  }
  if (const auto* chains = fields.take("chains")) {
    if (!chains->is_boolean()) refuse_spec("chains", "true or false", *chains);
    spec.chains = chains->get<bool>();
  }
  if (const auto* statistics = fields.take("statistics")) {
    spec.statistics = read_statistics(*statistics);
  }
  fields.expect_no_rest();
  return spec;
}

Goal goal_for_event(std::string name) {
  Goal goal;
  goal.name = name;
  goal.events = {std::move(name)};
  return goal;
}

std::vector<Goal> goals_of(const Spec& spec) {
  return spec.goals.empty() ? std::vector<Goal>{goal_for_event("conversion")} : spec.goals;
}

Schema schema_of(const Spec& spec) {
  Schema schema = spec.columns;
  for (const std::string& name : spec.by) add_dimension(schema, name);
  for (const Goal& goal : goals_of(spec)) {
    for (const Condition& condition : goal.where) add_dimension(schema, condition.dimension);
    for (const Condition& condition : goal.touch_where) add_dimension(schema, condition.dimension);
    if (goal.sessions) {
      for (const std::string& name : goal.sessions->new_campaign) add_dimension(schema, name);
      if (!goal.sessions->id.empty()) add_dimension(schema, goal.sessions->id);
    }
    if (!goal.deduplicate_by.empty()) add_once(schema.conversion_ids, goal.deduplicate_by);
    for (const std::string& event : goal.events) add_once(schema.conversion_events, event);
  }
  for (const Goal& stage : spec.stages) {
    for (const Condition& condition : stage.where) add_dimension(schema, condition.dimension);
  }
  return schema;
}

}  // namespace mta

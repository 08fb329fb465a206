#include "mta/pipeline/spec.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "mta/core/error.hpp"
#include "mta/ingest/time_parser.hpp"
#include "pipeline/columns_spec.hpp"
#include "pipeline/goal_spec.hpp"
#include "pipeline/identity_spec.hpp"
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
      throw Error(Errc::invalid_option, "model " + request.name +
                                            ": an option must be key=value, got '" +
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
  read_table(fields, spec.columns);
  if (const auto* sources = fields.take("sources")) {
    spec.sources = read_sources(*sources, spec.columns);
  }
  if (const auto* identity = fields.take("identity")) read_identity(*identity, spec);
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

}  // namespace mta

#include "ingest/rule_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "ingest/rule_json.hpp"
#include "ingest/shipped_data.hpp"
#include "ingest/url_split.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

using Json = RuleReader::Json;
using Kind = RuleField::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 13> field_names = {{
    {"source", Kind::source},
    {"medium", Kind::medium},
    {"campaign", Kind::campaign},
    {"content", Kind::content},
    {"term", Kind::term},
    {"campaign_id", Kind::campaign_id},
    {"click_id", Kind::click_id},
    {"paid_click", Kind::paid_click},
    {"source_category", Kind::source_category},
    {"referrer_host", Kind::referrer_host},
    {"referrer_domain", Kind::referrer_domain},
    {"landing_host", Kind::landing_host},
    {"landing_path", Kind::landing_path},
}};

constexpr std::array<std::string_view, 9> operators = {
    "equals", "one_of", "contains", "regex", "in_list", "empty", "not", "all_of", "any_of"};
constexpr std::array<std::string_view, 8> object_keys = {
    "preset",        "rules",     "default", "lists", "own_domains", "payment_providers",
    "ai_assistants", "blank_rows"};
constexpr std::array<std::string_view, 2> rule_keys = {"channel", "when"};
constexpr std::array<std::string_view, 2> preset_names = {"ga4", "ga4-2026-11"};

Json parse_json(std::string_view text) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    throw Error(Errc::invalid_spec,
                std::string("channels: the rules are not JSON: ") + error.what());
  }
}

}  // namespace

void RuleReader::read(std::string_view text) {
  Json given = parse_json(text);
  if (given.is_string()) given = Json{{"preset", given}};
  require_object("channels", given);
  require_keys("channels", given, object_keys);
  read_object(given);
  held_.json = given.dump();
}

void RuleReader::read_object(const Json& given) {
  if (!given.contains("preset") && !given.contains("rules")) {
    refuse_rule("channels", "the name of a preset, or an object with preset or rules", given);
  }
  read_choices(given);
  if (given.contains("lists")) read_lists("channels.lists", given["lists"]);
  for (const std::string list : {"own_domains", "payment_providers"}) {
    if (given.contains(list)) held_.lists.add(list, rule_texts("channels." + list, given[list]));
  }
  if (given.contains("rules")) read_rules("channels.rules", given["rules"]);
  if (given.contains("preset")) read_preset(rule_text("channels.preset", given["preset"]));
  if (given.contains("default")) {
    held_.otherwise = rule_name("channels.default", given["default"]);
  }
}

void RuleReader::read_choices(const Json& given) {
  constexpr std::array<std::string_view, 2> assistants = {"channel", "referral"};
  constexpr std::array<std::string_view, 2> blank_rows = {"no_channel", "direct"};
  ai_assistants_ = rule_choice(given, "channels", "ai_assistants", assistants, 1) == 0
                       ? AiAssistants::channel
                       : AiAssistants::referral;
  using BlankRows = ChannelRules::Held::BlankRows;
  held_.blank_rows = rule_choice(given, "channels", "blank_rows", blank_rows, 0) == 1
                         ? BlankRows::direct
                         : BlankRows::no_channel;
}

void RuleReader::read_preset(const std::string& name) {
  if (std::find(preset_names.begin(), preset_names.end(), name) == preset_names.end()) {
    refuse_rule("channels.preset", "one of " + comma_list(preset_names), Json(name));
  }
  const Json preset = Json::parse(shipped::ga4_rules);
  read_lists("preset.lists", preset["lists"]);
  optional_columns_ = rule_texts("preset.optional_columns", preset["optional_columns"]);
  Json rules = Json::array();
  for (const Json& rule : preset["rules"]) {
    if (rule.contains("only_with") && ai_assistants_ == AiAssistants::referral) continue;
    rules.push_back({{"channel", rule["channel"]}, {"when", rule["when"]}});
  }
  read_rules("preset.rules", rules);
  held_.otherwise = preset["default"];
}

void RuleReader::read_lists(const std::string& place, const Json& given) {
  require_object(place, given);
  for (const auto& item : given.items()) {
    held_.lists.add(item.key(), rule_texts(place + "." + item.key(), item.value()));
  }
}

void RuleReader::read_rules(const std::string& place, const Json& given) {
  if (!given.is_array()) refuse_rule(place, "a list of rules", given);
  for (std::size_t i = 0; i < given.size(); ++i) {
    read_rule(place + "[" + std::to_string(i) + "]", given[i]);
  }
}

void RuleReader::read_rule(const std::string& place, const Json& given) {
  require_object(place, given);
  require_keys(place, given, rule_keys);
  for (const std::string_view key : rule_keys) {
    if (!given.contains(key)) refuse_rule(place, "an object with channel and when", given);
  }
  ChannelRules::Held::Rule rule;
  rule.channel = rule_name(place + ".channel", given["channel"]);
  names_column_ = false;
  rule.when = conditions(place + ".when", given["when"]);
  rule.names_column = names_column_;
  held_.rules.push_back(std::move(rule));
}

/// All keys of an object must hold.
RuleReader::Condition RuleReader::conditions(const std::string& place, const Json& given) {
  require_object(place, given);
  RuleConditions parts;
  for (const auto& item : given.items()) {
    const std::string inner = place + "." + item.key();
    if (item.key() == "all_of") {
      parts.push_back(all_of(alternatives(inner, item.value())));
    } else if (item.key() == "any_of") {
      parts.push_back(any_of(alternatives(inner, item.value())));
    } else if (item.key() == "not") {
      parts.push_back(none_of(conditions(inner, item.value())));
    } else {
      parts.push_back(on_field(inner, field_of(place, item.key()), item.value()));
    }
  }
  return all_of(std::move(parts));
}

RuleConditions RuleReader::alternatives(const std::string& place, const Json& given) {
  if (!given.is_array() || given.empty()) refuse_rule(place, "a list of conditions", given);
  RuleConditions parts;
  for (std::size_t i = 0; i < given.size(); ++i) {
    parts.push_back(conditions(place + "[" + std::to_string(i) + "]", given[i]));
  }
  return parts;
}

/// A text, a list, or an object of operators, all of which must hold.
RuleReader::Condition RuleReader::on_field(const std::string& place, const RuleField& field,
                                           const Json& given) {
  if (!given.is_object()) return one_of(field, rule_texts(place, given), Letters::any_case);
  constexpr std::array<std::string_view, 2> names = {"any_case", "exact"};
  const Letters letters =
      rule_choice(given, place, "letters", names, 0) == 1 ? Letters::exact : Letters::any_case;
  RuleConditions parts;
  for (const auto& item : given.items()) {
    if (item.key() == "letters") continue;
    parts.push_back(operation(place + "." + item.key(), field, item.key(), item.value(), letters));
  }
  if (parts.empty())
    refuse_rule(place, "a text, a list of texts, or an object of " + comma_list(operators), given);
  return all_of(std::move(parts));
}

RuleReader::Condition RuleReader::operation(const std::string& place, const RuleField& field,
                                            std::string_view key, const Json& given,
                                            Letters letters) {
  if (key == "equals") return one_of(field, {rule_text(place, given)}, letters);
  if (key == "one_of") return one_of(field, rule_texts(place, given), letters);
  if (key == "contains") return contains(field, rule_texts(place, given), letters);
  if (key == "not") return none_of(on_field(place, field, given));
  if (key == "regex") {
    std::string why;
    Condition condition = matches(field, rule_text(place, given), letters, why);
    if (condition == nullptr)
      refuse_rule(place, "a regular expression of RE2 (" + why + ")", given);
    return condition;
  }
  if (key == "in_list") return listed(place, field, given);
  if (key == "empty") {
    if (!given.is_boolean()) refuse_rule(place, "true or false", given);
    return given.get<bool>() ? is_empty(field) : none_of(is_empty(field));
  }
  if (key == "all_of" || key == "any_of") {
    RuleConditions parts = alternatives(place, field, given);
    return key == "all_of" ? all_of(std::move(parts)) : any_of(std::move(parts));
  }
  refuse_rule(place, "one of " + comma_list(operators), Json(std::string(key)));
}

RuleReader::Condition RuleReader::listed(const std::string& place, const RuleField& field,
                                         const Json& given) {
  std::vector<std::string> names = rule_texts(place, given);
  for (const std::string& name : names) {
    if (!held_.lists.is_known(name)) refuse_rule(place, "the name of a list", Json(name));
  }
  return in_lists(field, std::move(names), held_.lists);
}

RuleConditions RuleReader::alternatives(const std::string& place, const RuleField& field,
                                        const Json& given) {
  if (!given.is_array() || given.empty()) refuse_rule(place, "a list", given);
  RuleConditions parts;
  for (std::size_t i = 0; i < given.size(); ++i) {
    parts.push_back(on_field(place + "[" + std::to_string(i) + "]", field, given[i]));
  }
  return parts;
}

RuleField RuleReader::field_of(const std::string& place, const std::string& key) {
  const auto at = std::find_if(field_names.begin(), field_names.end(),
                               [&](const auto& each) { return each.first == key; });
  if (at != field_names.end()) {
    if (at->second == Kind::landing_path) {
      held_.landing_path = ChannelRules::Held::LandingPath::used;
    }
    return {at->second, {}, 0};
  }
  if (key.starts_with("parameter.") && key.size() > 10) {
    held_.parameters.push_back(lowered(key.substr(10)));
    return {Kind::parameter, key.substr(10), 0};
  }
  if (key.starts_with("column.") && key.size() > 7) return column_field(key.substr(7));
  std::string known;
  for (const auto& each : field_names) known += std::string(each.first) + ", ";
  refuse_rule(place,
              "conditions on " + known + "parameter.NAME, column.NAME, or all_of, any_of, not",
              Json(key));
}

RuleField RuleReader::column_field(const std::string& name) {
  using Absence = ChannelRules::Column::Absence;
  names_column_ = true;
  auto& columns = held_.columns;
  auto at = std::find_if(columns.begin(), columns.end(),
                         [&](const ChannelRules::Column& column) { return column.name == name; });
  if (at == columns.end()) {
    const bool is_optional = std::find(optional_columns_.begin(), optional_columns_.end(), name) !=
                             optional_columns_.end();
    columns.push_back({name, is_optional ? Absence::empty : Absence::error});
    at = columns.end() - 1;
  }
  return {Kind::column, name, static_cast<std::size_t>(at - columns.begin())};
}

}  // namespace mta

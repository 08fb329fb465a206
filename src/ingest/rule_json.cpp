#include "ingest/rule_json.hpp"

#include <algorithm>

#include "ingest/text_check.hpp"
#include "ingest/time_text.hpp"
#include "mta/core/error.hpp"

namespace mta {

using Json = nlohmann::json;

void refuse_rule(const std::string& place, const std::string& rule, const Json& given) {
  throw Error(Errc::invalid_spec, place + " must be " + rule + ", got " +
                                      given.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::string rule_text(const std::string& place, const Json& given) {
  if (!given.is_string()) refuse_rule(place, "a text", given);
  return given.get<std::string>();
}

std::string rule_name(const std::string& place, const Json& given) {
  const std::string name = rule_text(place, given);
  if (is_blank_text(name) || !is_valid_text(name))
    refuse_rule(place, "a text that is not blank", given);
  return name;
}

std::vector<std::string> rule_texts(const std::string& place, const Json& given) {
  if (given.is_string()) return {given.get<std::string>()};
  if (!given.is_array() || given.empty()) refuse_rule(place, "a text or a list of texts", given);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < given.size(); ++i) {
    texts.push_back(rule_text(place + "[" + std::to_string(i) + "]", given[i]));
  }
  return texts;
}

void require_object(const std::string& place, const Json& given) {
  if (!given.is_object()) refuse_rule(place, "a JSON object", given);
}

std::string comma_list(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

void require_keys(const std::string& place, const Json& object,
                  std::span<const std::string_view> known) {
  for (const auto& item : object.items()) {
    if (std::find(known.begin(), known.end(), item.key()) == known.end()) {
      refuse_rule(place, "an object with the keys " + comma_list(known), Json(item.key()));
    }
  }
}

int rule_choice(const Json& object, const std::string& place, const std::string& key,
                std::span<const std::string_view, 2> names, int otherwise) {
  if (!object.contains(key)) return otherwise;
  const Json& value = object[key];
  for (int i = 0; i < 2; ++i) {
    if (value == names[static_cast<std::size_t>(i)]) return i;
  }
  refuse_rule(place + "." + key,
              '"' + std::string(names[0]) + "\" or \"" + std::string(names[1]) + '"', value);
}

}  // namespace mta

#include "pipeline/json_fields.hpp"

#include <algorithm>

#include "mta/core/duration.hpp"
#include "mta/core/error.hpp"

namespace mta {

void refuse_spec(const std::string& place, const std::string& rule, const nlohmann::json& given) {
  throw Error(Errc::invalid_spec,
              place + " must be " + rule + ", got " +
                  given.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

std::string as_text(const std::string& place, const nlohmann::json& value) {
  if (!value.is_string()) refuse_spec(place, "a text", value);
  return value.get<std::string>();
}

std::vector<std::string> as_texts(const std::string& place, const nlohmann::json& value) {
  if (value.is_string()) return {value.get<std::string>()};
  if (!value.is_array() || value.empty()) refuse_spec(place, "a text or a list of texts", value);
  std::vector<std::string> texts;
  for (const auto& item : value) texts.push_back(as_text(place, item));
  return texts;
}

std::int64_t as_duration(const std::string& place, const nlohmann::json& value,
                         const std::string& rule) {
  const auto duration = value.is_string() ? parse_duration(value.get<std::string>()) : std::nullopt;
  if (!duration) refuse_spec(place, rule, value);
  return *duration;
}

std::uint64_t as_count(const std::string& place, const nlohmann::json& value, std::int64_t least) {
  if (!value.is_number_integer() || value.get<std::int64_t>() < least) {
    refuse_spec(place, "a whole number of at least " + std::to_string(least), value);
  }
  return value.get<std::uint64_t>();
}

JsonFields::JsonFields(std::string place, const nlohmann::json& object)
    : place_(std::move(place)), object_(object) {
  if (!object.is_object()) refuse_spec(place_, "a JSON object", object);
}

const nlohmann::json* JsonFields::take(const std::string& key) {
  taken_.push_back(key);
  const auto at = object_.find(key);
  return at == object_.end() ? nullptr : &*at;
}

void JsonFields::text(const std::string& key, std::string& value) {
  if (const auto* given = take(key)) value = as_text(place_of(key), *given);
}

void JsonFields::texts(const std::string& key, std::vector<std::string>& value) {
  if (const auto* given = take(key)) value = as_texts(place_of(key), *given);
}

std::size_t JsonFields::choice_index(const std::string& key, std::size_t value,
                                     std::initializer_list<std::string_view> names) {
  const auto* given = take(key);
  if (given == nullptr) return value;
  std::string rule = "one of";
  for (const std::string_view name : names) rule += " \"" + std::string(name) + '"';
  if (!given->is_string()) refuse_spec(place_of(key), rule, *given);
  const auto at = std::find(names.begin(), names.end(), given->get<std::string>());
  if (at == names.end()) refuse_spec(place_of(key), rule, *given);
  return static_cast<std::size_t>(at - names.begin());
}

std::vector<std::string> JsonFields::rest() const {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object_.items()) {
    if (std::find(taken_.begin(), taken_.end(), key) == taken_.end()) keys.push_back(key);
  }
  return keys;
}

void JsonFields::expect_no_rest() const {
  const auto keys = rest();
  if (keys.empty()) return;
  std::string known;
  for (const std::string& key : taken_) known += (known.empty() ? "" : ", ") + key;
  throw Error(Errc::invalid_spec,
              place_ + " has the unknown key \"" + keys.front() + "\"; known are " + known);
}

}  // namespace mta

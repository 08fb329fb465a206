#include "mta/models/options.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "mta/core/duration.hpp"
#include "mta/core/error.hpp"
#include "mta/models/any_model.hpp"

namespace mta {

OptionFields::~OptionFields() = default;

namespace {

using Json = nlohmann::ordered_json;  // fields stay in the order their model lists them

/// Never throws over bytes that are no UTF-8.
std::string as_text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string quoted(std::span<const std::string_view> names) {
  std::string list;
  for (const std::string_view name : names) {
    list += (list.empty() ? "\"" : ", \"") + std::string(name) + '"';
  }
  return list;
}

class OptionWriter final : public OptionFields {
 public:
  void number(std::string_view key, double& value) override { put(key) = value; }
  void integer(std::string_view key, std::int64_t& value) override { put(key) = value; }
  void duration(std::string_view key, Seconds& value) override {
    put(key) = format_duration(std::llround(value.count() * 1e6));
  }
  void text(std::string_view key, std::string& value) override { put(key) = value; }
  void numbers(std::string_view key, std::vector<double>& value) override { put(key) = value; }
  void texts(std::string_view key, std::vector<std::string>& value) override { put(key) = value; }
  void weights(std::string_view key, std::map<std::string, double>& value) override {
    Json& object = put(key) = Json::object();
    for (const auto& [name, number] : value) object[name] = number;
  }
  [[nodiscard]] std::string json() const { return as_text(object_); }

 private:
  void choice_index(std::string_view key, std::size_t& index,
                    std::span<const std::string_view> names) override {
    put(key) = names[index];
  }
  Json& put(std::string_view key) { return object_[std::string(key)]; }

  Json object_ = Json::object();
};

class OptionReader final : public OptionFields {
 public:
  OptionReader(std::string_view model, Json object) : model_(model), object_(std::move(object)) {}

  void number(std::string_view key, double& value) override {
    if (const Json* given = take(key)) value = number_of(key, *given, "a number");
  }
  void integer(std::string_view key, std::int64_t& value) override {
    const Json* given = take(key);
    if (given == nullptr) return;
    // An unsigned integer beyond 2^63 - 1 is no std::int64_t.
    const bool fits = given->is_number_integer() &&
                      (!given->is_number_unsigned() || given->get<std::uint64_t>() >> 63 == 0);
    if (!fits) refuse(key, "a whole number", *given);
    value = given->get<std::int64_t>();
  }
  void duration(std::string_view key, Seconds& value) override {
    const Json* given = take(key);
    if (given == nullptr) return;
    const auto micros = given->is_string() ? parse_duration(given->get_ref<const std::string&>())
                                           : std::optional<std::int64_t>{};
    if (!micros)
      refuse(key, "a duration: a number >= 0 and s, m, h, d or w, such as \"7d\"", *given);
    value = Seconds(static_cast<double>(*micros) / 1e6);
  }
  void text(std::string_view key, std::string& value) override {
    if (const Json* given = take(key)) value = text_of(key, *given, "a text");
  }
  void numbers(std::string_view key, std::vector<double>& value) override {
    read_list(key, value,
              [&](const Json& item) { return number_of(key, item, "a list of numbers"); });
  }
  void texts(std::string_view key, std::vector<std::string>& value) override {
    read_list(key, value, [&](const Json& item) { return text_of(key, item, "a list of texts"); });
  }
  void weights(std::string_view key, std::map<std::string, double>& value) override {
    const Json* given = take(key);
    if (given == nullptr) return;
    const char* const rule = "an object of names and their numbers";
    if (!given->is_object()) refuse(key, rule, *given);
    value.clear();
    for (const auto& [name, number] : given->items()) value[name] = number_of(key, number, rule);
  }
  /// @throws where the object has a key that no field took
  void expect_all_known() const {
    for (const auto& [key, value] : object_.items()) {
      if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
      const std::string fields = known_.empty() ? "it has none" : "it has " + quoted(known_);
      throw Error(Errc::invalid_option, std::string(model_) + '.' + key +
                                            " is no option of this model (" + fields + "), got " +
                                            as_text(value));
    }
  }

 private:
  void choice_index(std::string_view key, std::size_t& index,
                    std::span<const std::string_view> names) override {
    const Json* given = take(key);
    if (given == nullptr) return;
    const auto at = given->is_string() ? std::find(names.begin(), names.end(),
                                                   given->get_ref<const std::string&>())
                                       : names.end();
    if (at == names.end()) refuse(key, ("one of " + quoted(names)).c_str(), *given);
    index = static_cast<std::size_t>(at - names.begin());
  }
  template <class T, class ItemOf>
  void read_list(std::string_view key, std::vector<T>& value, const ItemOf& item_of) {
    const Json* given = take(key);
    if (given == nullptr) return;
    value.clear();
    if (!given->is_array()) {  // one item is a list of one, as a command line has it
      value.push_back(item_of(*given));
      return;
    }
    for (const Json& item : *given) value.push_back(item_of(item));
  }
  double number_of(std::string_view key, const Json& given, const char* rule) const {
    if (!given.is_number()) refuse(key, rule, given);
    return given.get<double>();
  }
  std::string text_of(std::string_view key, const Json& given, const char* rule) const {
    if (!given.is_string()) refuse(key, rule, given);
    return given.get<std::string>();
  }
  const Json* take(std::string_view key) {
    known_.push_back(key);
    const auto at = object_.find(std::string(key));
    return at == object_.end() ? nullptr : &*at;
  }
  [[noreturn]] void refuse(std::string_view key, const char* rule, const Json& given) const {
    throw Error(Errc::invalid_option, std::string(model_) + '.' + std::string(key) + " must be " +
                                          rule + ", got " + as_text(given));
  }

  std::string_view model_;
  Json object_;
  std::vector<std::string_view> known_;
};

Json parse_object(std::string_view model, std::string_view json) {
  if (json.empty()) return Json::object();
  Json object;
  try {
    object = Json::parse(json);
  } catch (const Json::exception& error) {
    throw Error(Errc::invalid_option, std::string(model) + ": options must be a JSON object, got " +
                                          std::string(json) + " (" + error.what() + ')');
  }
  if (!object.is_object()) {
    throw Error(Errc::invalid_option,
                std::string(model) + ": options must be a JSON object, got " + std::string(json));
  }
  return object;
}

}  // namespace

std::string write_options(const std::function<void(OptionFields&)>& describe) {
  OptionWriter writer;
  describe(writer);
  return writer.json();
}

void read_options(std::string_view model, std::string_view json,
                  const std::function<void(OptionFields&)>& describe) {
  OptionReader reader(model, parse_object(model, json));
  describe(reader);
  reader.expect_all_known();
}

}  // namespace mta

#include "ingest/json_line.hpp"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wcast-qual"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wundef"
#include <simdjson.h>
#pragma GCC diagnostic pop

#include "ingest/json_scan.hpp"

namespace mta {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr int deepest_nesting = 256;
constexpr std::size_t kept_capacity = std::size_t{1} << 20;
static_assert(JsonLine::padding >= simdjson::SIMDJSON_PADDING);

std::string_view trimmed(std::string_view token) noexcept {
  while (!token.empty() && json::is_space(token.back())) token.remove_suffix(1);
  return token;
}

/// Reads a value that is no object and no array; false where it is not valid.
bool read_scalar(ondemand::value& value, ondemand::json_type type, std::string_view& text) {
  bool truth = false;
  switch (type) {
    case ondemand::json_type::string:
      return value.get_string().get(text) == simdjson::SUCCESS;
    case ondemand::json_type::number:
      text = trimmed(value.raw_json_token());
      return json::is_number(text);
    case ondemand::json_type::boolean:
      if (value.get_bool().get(truth) != simdjson::SUCCESS) return false;
      text = truth ? "true" : "false";
      return true;
    default:
      text = {};
      return value.is_null().get(truth) == simdjson::SUCCESS && truth;
  }
}

/// Walks all of a nested value, since the parser looks only at what is asked for.
bool check_nested(ondemand::value& value, ondemand::json_type type, int depth);

bool check(simdjson::simdjson_result<ondemand::value> given, int depth) {
  ondemand::value value;
  ondemand::json_type type{};
  if (given.get(value) != simdjson::SUCCESS || value.type().get(type) != simdjson::SUCCESS) {
    return false;
  }
  if (type == ondemand::json_type::object || type == ondemand::json_type::array) {
    return depth < deepest_nesting && check_nested(value, type, depth + 1);
  }
  std::string_view text;
  return read_scalar(value, type, text);
}

bool check_nested(ondemand::value& value, ondemand::json_type type, int depth) {
  if (type == ondemand::json_type::array) {
    ondemand::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS) return false;
    for (auto element : array) {
      if (!check(element, depth)) return false;
    }
    return true;
  }
  ondemand::object object;
  if (value.get_object().get(object) != simdjson::SUCCESS) return false;
  for (auto field : object) {
    std::string_view key;
    if (field.unescaped_key().get(key) != simdjson::SUCCESS) return false;
    if (!check(field.value(), depth)) return false;
  }
  return true;
}

}  // namespace

/// All of JSON, by simdjson: escapes, nesting, and the verdict on what is broken.
class JsonLine::Full {
 public:
  bool parse(const char* begin, const char* end, std::vector<JsonField>& fields) {
    const auto size = static_cast<std::size_t>(end - begin);
    if (parser_.capacity() > kept_capacity)
      parser_ = ondemand::parser();  // one huge line is not paid for ever
    ondemand::document document;
    if (parser_.iterate(begin, size, size + padding).get(document) != simdjson::SUCCESS) {
      return false;
    }
    ondemand::object object;
    if (document.get_object().get(object) != simdjson::SUCCESS) return false;
    for (auto field : object) {
      if (!take(field, fields)) return false;
    }
    // Behind the object there must be nothing more.
    return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
  }

 private:
  static bool take(simdjson::simdjson_result<ondemand::field> given,
                   std::vector<JsonField>& fields) {
    JsonField field;
    ondemand::value value;
    ondemand::json_type type{};
    if (given.unescaped_key().get(field.key) != simdjson::SUCCESS ||
        given.value().get(value) != simdjson::SUCCESS ||
        value.type().get(type) != simdjson::SUCCESS) {
      return false;
    }
    field.is_nested = type == ondemand::json_type::object || type == ondemand::json_type::array;
    const bool is_valid =
        field.is_nested ? check_nested(value, type, 1) : read_scalar(value, type, field.text);
    fields.push_back(field);
    return is_valid;
  }

  ondemand::parser parser_;
};

JsonLine::JsonLine() : full_(std::make_unique<Full>()) {}
JsonLine::~JsonLine() = default;

bool JsonLine::parse(const char* begin, const char* end) {
  fields_.clear();
  if (parse_flat(begin, end)) return true;
  fields_.clear();
  return full_->parse(begin, end, fields_);
}

/// The plain case: one level, no escapes. False says nothing: the full parser decides.
bool JsonLine::parse_flat(const char* at, const char* end) {
  at = json::skip_spaces(at, end);
  if (at == end || *at != '{') return false;
  do {
    at = json::skip_spaces(at + 1, end);
    if (at == end || *at != '"') return false;
    const char* stop = json::find_string_end(++at, end);
    if (stop == nullptr) return false;
    JsonField& field = fields_.emplace_back();
    field.key = {at, stop};
    at = json::skip_spaces(stop + 1, end);
    if (at == end || *at != ':') return false;
    at = json::skip_spaces(at + 1, end);
    if (at == end) return false;
    if (*at == '"') {
      stop = json::find_string_end(++at, end);
      if (stop == nullptr) return false;
      field.text = {at, stop};
      at = stop + 1;
    } else {
      stop = *at == 't'   ? json::skip_word(at, end, "true")
             : *at == 'f' ? json::skip_word(at, end, "false")
             : *at == 'n' ? json::skip_word(at, end, "null")
                          : json::skip_number(at, end);
      if (stop == nullptr) return false;
      if (*at != 'n') field.text = {at, stop};
      at = stop;
    }
    at = json::skip_spaces(at, end);
  } while (at != end && *at == ',');
  return at != end && *at == '}' && json::skip_spaces(at + 1, end) == end;
}

}  // namespace mta

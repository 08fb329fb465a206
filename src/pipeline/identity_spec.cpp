#include "pipeline/identity_spec.hpp"

#include <string>

#include "pipeline/json_fields.hpp"

namespace mta {
namespace {

using nlohmann::json;

IdentifierKind read_kind(const std::string& place, const json& given) {
  JsonFields fields(place, given);
  IdentifierKind kind;
  fields.text("name", kind.name);
  fields.choice("level", kind.level, {"person", "account"});
  fields.choice("hash", kind.hash, {"none", "sha256"});
  std::string text(normalisation_name(kind.normalise));
  fields.text("normalise", text);
  const auto normalise = parse_normalisation(text);
  if (!normalise) {
    refuse_spec(fields.place_of("normalise"),
                "none, trim, lower, google_email, meta_email, google_phone or meta_phone", text);
  }
  kind.normalise = *normalise;
  if (const auto* limit = fields.take("limit")) {
    const std::uint64_t most = as_count(fields.place_of("limit"), *limit);
    if (most > 0xFFFFFFFF) refuse_spec(fields.place_of("limit"), "a number below 2^32", *limit);
    kind.limit = static_cast<std::uint32_t>(most);
  }
  text = "ever";
  fields.text("within", text);
  const auto within = parse_limit_window(text);
  if (!within) {
    refuse_spec(fields.place_of("within"), "ever, day, week, month, year or a duration", text);
  }
  kind.within = *within;
  fields.expect_no_rest();
  return kind;
}

IdentifierName read_name(const std::string& place, const json& given) {
  JsonFields fields(place, given);
  IdentifierName name;
  fields.text("kind", name.kind);
  fields.text("text", name.text);
  fields.expect_no_rest();
  return name;
}

/// Calls take(place, item) for the items of a list.
template <class Take>
void each_item(JsonFields& fields, const std::string& key, const Take& take) {
  const json* const given = fields.take(key);
  if (given == nullptr) return;
  if (!given->is_array()) refuse_spec(fields.place_of(key), "a list", *given);
  for (std::size_t i = 0; i < given->size(); ++i) {
    take(fields.place_of(key) + "[" + std::to_string(i) + "]", (*given)[i]);
  }
}

void read_pairs(JsonFields& fields, const std::string& key, std::vector<IdentifierPair>& pairs) {
  each_item(fields, key, [&](const std::string& place, const json& item) {
    if (!item.is_array() || item.size() != 2) refuse_spec(place, "a pair of identifiers", item);
    pairs.push_back({read_name(place + "[0]", item[0]), read_name(place + "[1]", item[1])});
  });
}

void read_blocked(const std::string& place, const json& given, BlockedValueOptions& blocked) {
  JsonFields fields(place, given);
  fields.texts("values", blocked.values);
  fields.texts("only_of", blocked.only_of);
  fields.expect_no_rest();
}

}  // namespace

void read_identity(const json& given, Spec& spec) {
  JsonFields fields("identity", given);
  IdentityOptions options;
  if (given.contains("kinds")) options.kinds.clear();
  each_item(fields, "kinds", [&](const std::string& place, const json& item) {
    options.kinds.push_back(read_kind(place, item));
  });
  if (const auto* blocked = fields.take("blocked")) {
    read_blocked(fields.place_of("blocked"), *blocked, options.blocked);
  }
  fields.text("country", options.country);
  read_pairs(fields, "include", options.include);
  read_pairs(fields, "exclude", options.exclude);
  each_item(fields, "ignore", [&](const std::string& place, const json& item) {
    options.ignore.push_back(read_name(place, item));
  });
  fields.choice("answer_by", spec.level, {"person", "account"});
  fields.expect_no_rest();
  spec.identity = std::move(options);
}

}  // namespace mta

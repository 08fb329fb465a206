#include "pipeline/columns_spec.hpp"

#include <string>

namespace mta {
namespace {

using nlohmann::json;

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

std::vector<IdentifierColumn> read_identifiers(const std::string& place, const json& given) {
  if (!given.is_array() || given.empty()) refuse_spec(place, "a list of kinds and columns", given);
  std::vector<IdentifierColumn> identifiers;
  for (std::size_t i = 0; i < given.size(); ++i) {
    JsonFields fields(place + "[" + std::to_string(i) + "]", given[i]);
    IdentifierColumn& identifier = identifiers.emplace_back();
    fields.text("kind", identifier.kind);
    fields.text("column", identifier.column);
    fields.expect_no_rest();
    if (identifier.kind.empty() || identifier.column.empty()) {
      refuse_spec(place, "objects of a kind and a column", given[i]);
    }
  }
  return identifiers;
}

void read_columns(const std::string& place, const json& given, Schema& columns) {
  JsonFields fields(place, given);
  if (columns.channel_rules.are_given()) read_touch_columns(fields, columns.touch_columns);
  fields.text("visitor", columns.visitor);
  fields.text("time", columns.time);
  fields.text("event", columns.event);
  fields.texts("channel", columns.channel);
  fields.text("value", columns.value);
  fields.text("currency", columns.currency);
  if (const auto* identifiers = fields.take("identifiers")) {
    columns.identifiers = read_identifiers(fields.place_of("identifiers"), *identifiers);
  }
  for (const std::string& name : fields.rest()) {  // any other key is a dimension
    columns.dimensions.push_back({name, as_text(fields.place_of(name), given.at(name))});
  }
}

void read_delimiter(const std::string& place, const json& given, Schema& columns) {
  const std::string text = as_text(place, given);
  if (text.size() != 1 || text == "\"" || text == "\n" || text == "\r") {
    refuse_spec(place, "one byte, no quote and no line break", given);
  }
  columns.delimiter = text.front();
}

std::map<std::string, std::string> read_constants(const std::string& place, const json& given) {
  if (!given.is_object()) refuse_spec(place, "an object of texts", given);
  std::map<std::string, std::string> constants;
  for (const auto& [name, text] : given.items()) {
    constants[name] = as_text(place + "." + name, text);
  }
  return constants;
}

SourceSpec read_source(const std::string& place, const json& given, const Schema& schema) {
  JsonFields fields(place, given);
  SourceSpec source;
  fields.texts("file", source.files);
  if (source.files.empty())
    refuse_spec(fields.place_of("file"), "a file, or a list of files", given);
  fields.choice("rows", source.rows, {"events", "links"});
  source.columns = schema;
  if (given.contains("columns")) {  // its own, and no others
    source.columns = {};
    source.columns.channel_rules = schema.channel_rules;
    source.columns.channel_separator = schema.channel_separator;
    source.columns.time_zone = schema.time_zone;
    source.columns.time_format = schema.time_format;
    source.columns.delimiter = schema.delimiter;
    source.columns.missing = MissingColumns::empty;
  }
  read_table(fields, source.columns);
  if (const auto* constants = fields.take("constants")) {
    source.columns.constants = read_constants(fields.place_of("constants"), *constants);
  }
  fields.expect_no_rest();
  return source;
}

}  // namespace

void read_table(JsonFields& fields, Schema& schema) {
  if (const auto* rules = fields.take("channels")) {
    schema.channel_rules = rules->is_null() ? ChannelRules() : ChannelRules::parse(rules->dump());
  }
  if (const auto* columns = fields.take("columns")) {
    read_columns(fields.place_of("columns"), *columns, schema);
  }
  fields.text("time_zone", schema.time_zone);
  fields.text("time_format", schema.time_format);
  fields.text("channel_separator", schema.channel_separator);
  if (const auto* delimiter = fields.take("delimiter")) {
    read_delimiter(fields.place_of("delimiter"), *delimiter, schema);
  }
}

std::vector<SourceSpec> read_sources(const json& given, const Schema& schema) {
  if (!given.is_array() || given.empty()) refuse_spec("sources", "a list of sources", given);
  std::vector<SourceSpec> sources;
  for (std::size_t i = 0; i < given.size(); ++i) {
    sources.push_back(read_source("sources[" + std::to_string(i) + "]", given[i], schema));
  }
  return sources;
}

}  // namespace mta

// What the columns of a spec and its sources must hold for its goals and its breakdown.
#include <algorithm>

#include "mta/pipeline/spec.hpp"

namespace mta {
namespace {

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

void add_goal(Schema& schema, const Goal& goal) {
  for (const Condition& condition : goal.where) add_dimension(schema, condition.dimension);
  for (const Condition& condition : goal.touch_where) add_dimension(schema, condition.dimension);
  if (goal.sessions) {
    for (const std::string& name : goal.sessions->new_campaign) add_dimension(schema, name);
    if (!goal.sessions->id.empty()) add_dimension(schema, goal.sessions->id);
  }
  if (!goal.deduplicate_by.empty()) add_once(schema.conversion_ids, goal.deduplicate_by);
  for (const std::string& event : goal.events) add_once(schema.conversion_events, event);
}

/// A column that is named for an id is the id's.
void map_ids(Schema& schema) {
  for (const std::string& id : schema.conversion_ids) {
    for (const DimensionColumn& dimension : schema.dimensions) {
      if (dimension.name == id) schema.conversion_id_columns[id] = dimension.column;
    }
  }
}

void add_kinds(const Schema& schema, std::vector<IdentifierKind>& kinds) {
  for (const IdentifierColumn& identifier : schema.identifiers) {
    const auto same = [&](const IdentifierKind& kind) { return kind.name == identifier.kind; };
    if (std::any_of(kinds.begin(), kinds.end(), same)) continue;
    kinds.push_back({.name = identifier.kind});
  }
}

}  // namespace

Schema schema_of(const Spec& spec) {
  Schema schema = spec.columns;
  for (const std::string& name : spec.by) add_dimension(schema, name);
  for (const Goal& goal : goals_of(spec)) add_goal(schema, goal);
  for (const Goal& stage : spec.stages) {
    for (const Condition& condition : stage.where) add_dimension(schema, condition.dimension);
  }
  for (const SourceSpec& source : spec.sources) {
    for (const DimensionColumn& dimension : source.columns.dimensions) {
      if (std::find(schema.conversion_ids.begin(), schema.conversion_ids.end(), dimension.name) ==
          schema.conversion_ids.end()) {
        add_dimension(schema, dimension.name);
      }
    }
  }
  map_ids(schema);
  return schema;
}

Schema schema_of(const Spec& spec, const SourceSpec& source) {
  const Schema whole = schema_of(spec);
  Schema schema = source.columns;
  schema.conversion_ids = whole.conversion_ids;
  schema.conversion_events = whole.conversion_events;
  map_ids(schema);
  schema.dimensions.clear();
  for (const DimensionColumn& dimension : whole.dimensions) {
    const auto& own = source.columns.dimensions;
    const auto at = std::find_if(own.begin(), own.end(), [&](const DimensionColumn& each) {
      return each.name == dimension.name;
    });
    const bool has_own = source.columns.missing == MissingColumns::empty;
    schema.dimensions.push_back(at != own.end() ? *at
                                : has_own       ? DimensionColumn{dimension.name, dimension.name}
                                                : dimension);
  }
  return schema;
}

IdentityOptions identity_of(const Spec& spec) {
  if (spec.identity) return *spec.identity;
  IdentityOptions options;
  options.kinds.clear();
  add_kinds(spec.columns, options.kinds);
  for (const SourceSpec& source : spec.sources) add_kinds(source.columns, options.kinds);
  const auto is_visitor = [](const IdentifierKind& kind) { return kind.name == visitor_kind; };
  if (std::none_of(options.kinds.begin(), options.kinds.end(), is_visitor)) {
    options.kinds.push_back({.name = std::string(visitor_kind)});
  }
  return options;
}

}  // namespace mta

#include "ingest/column_plan.hpp"

#include <algorithm>
#include <array>

#include "core/ascii.hpp"
#include "ingest/column_finder.hpp"

namespace mta {
namespace {

// In order of preference; compared without regard to case, blanks, '-' and '_'.
constexpr std::array<std::string_view, 13> visitor_names = {
    "visitor",  "visitor_id", "user",   "user_id",   "cookie",       "cookie_id", "customer_id",
    "customer", "client_id",  "person", "person_id", "anonymous_id", "id"};
constexpr std::array<std::string_view, 8> time_names = {
    "time", "timestamp", "ts", "event_time", "datetime", "date", "created_at", "occurred_at"};
constexpr std::array<std::string_view, 5> channel_names = {"channel", "utm_source", "source",
                                                           "marketing_channel", "channel_name"};
constexpr std::array<std::string_view, 7> event_names = {
    "event", "type", "interaction", "event_type", "event_name", "kind", "action"};
constexpr std::array<std::string_view, 6> value_names = {"value",  "revenue", "conversion_value",
                                                         "amount", "price",   "total"};

}  // namespace

std::string normalized(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (c == ' ' || c == '-' || c == '_') continue;
    text += lower(c);
  }
  return text;
}

std::size_t require_visitor(ColumnFinder& finder, const Schema& schema) {
  finder.require("visitor", schema.visitor, visitor_names);
  return finder.slots() - 1;
}
std::size_t require_time(ColumnFinder& finder, const Schema& schema) {
  finder.require("time", schema.time, time_names);
  return finder.slots() - 1;
}
std::size_t require_event(ColumnFinder& finder, const Schema& schema) {
  finder.require("event", schema.event, event_names);
  return finder.slots() - 1;
}
std::optional<std::size_t> find_time(ColumnFinder& finder, const Schema& schema) {
  return schema.time.empty() ? finder.add_usual("time", time_names)
                             : std::optional(finder.add_given("time", schema.time));
}

std::vector<std::size_t> find_identifiers(ColumnFinder& finder, const Schema& schema,
                                          const ColumnNames& names) {
  std::vector<std::size_t> slots;
  std::vector<std::string> wanted;
  bool any = false;
  for (const IdentifierColumn& each : schema.identifiers) {
    const auto slot = finder.add_optional(each.kind, each.column);
    any = any || slot.has_value();
    slots.push_back(slot.value_or(EventSlots::none));
    wanted.push_back(each.column);
  }
  if (!any) {
    throw Error(Errc::missing_column,
                names.source + ": columns of identifiers: none of " + listed(wanted) +
                    " is there; columns: " + (names.names.empty() ? "none" : listed(names.names)));
  }
  return slots;
}

const std::string& id_column(const Schema& schema, const std::string& id) noexcept {
  const auto at = schema.conversion_id_columns.find(id);
  return at == schema.conversion_id_columns.end() ? id : at->second;
}
UsualNames usual_channel_names() noexcept { return channel_names; }

void add_worth(ColumnFinder& finder, const Schema& schema, EventSlots& slots) {
  if (!schema.value.empty()) {
    slots.value = finder.add_given("value", schema.value);
  } else {
    slots.value = finder.add_usual("value", value_names).value_or(EventSlots::none);
  }
  if (!schema.currency.empty()) slots.currency = finder.add_given("currency", schema.currency);
}

EventColumns choose_event_columns(const Schema& schema, const ColumnNames& names) {
  ColumnFinder finder(names);
  EventSlots slots;
  require_visitor(finder, schema);
  require_time(finder, schema);
  require_event(finder, schema);
  if (schema.channel.empty()) {
    finder.require("channel", "", channel_names);
  } else {
    for (const std::string& name : schema.channel) finder.require("channel", name, channel_names);
    slots.channel_count = schema.channel.size();
  }
  add_worth(finder, schema, slots);
  slots.dimensions = finder.slots();
  slots.dimension_count = schema.dimensions.size();
  for (const DimensionColumn& dimension : schema.dimensions) {
    finder.add_given(dimension.name, dimension.column);
  }
  slots.ids = finder.slots();
  slots.id_count = schema.conversion_ids.size();
  for (const std::string& name : schema.conversion_ids)
    finder.add_given("conversion_id", id_column(schema, name));
  ColumnPlan plan = finder.take();
  plan.watches_value =
      names.absence == ColumnNames::Absence::pending && slots.value == EventSlots::none;
  return {std::move(plan), slots};
}

PathColumns choose_path_columns(const PathSchema& schema, const ColumnNames& names) {
  ColumnFinder finder(names);
  PathSlots slots;
  finder.add_given("path", schema.path);
  finder.add_given("conversions", schema.conversions);
  slots.value = finder.add_optional("value", schema.value).value_or(PathSlots::none);
  slots.nulls = finder.add_optional("nulls", schema.nulls).value_or(PathSlots::none);
  return {finder.take(), slots};
}

bool is_usual_value_name(std::string_view name) {
  const std::string wanted = normalized(name);
  return std::any_of(value_names.begin(), value_names.end(),
                     [&](std::string_view usual) { return normalized(usual) == wanted; });
}

}  // namespace mta

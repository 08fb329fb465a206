#include "ingest/column_plan.hpp"

#include <algorithm>
#include <array>

#include "mta/core/error.hpp"

namespace mta {
namespace {

using UsualNames = std::span<const std::string_view>;

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

std::string normalized(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (c == ' ' || c == '-' || c == '_') continue;
    text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

template <typename Names>
std::string listed(const Names& names) {
  std::string text;
  for (const auto& name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

class ColumnFinder {
 public:
  explicit ColumnFinder(const ColumnNames& names)
      : names_(names), next_pending_(names.names.size()) {
    for (const std::string& name : names.names) normalized_.push_back(normalized(name));
  }

  /// The next slot is a column that the caller names.
  std::size_t add_given(const std::string& role, const std::string& name) {
    const auto count = std::count(names_.names.begin(), names_.names.end(), name);
    if (count > 1) fail(role, '"' + name + "\" is ambiguous: it stands there more than once");
    if (count == 0 && names_.absence == ColumnNames::Absence::error) {
      fail(role, '"' + name + "\" is not there");
    }
    const auto at = std::find(names_.names.begin(), names_.names.end(), name);
    const std::size_t column =
        count == 0 ? next_pending_++ : static_cast<std::size_t>(at - names_.names.begin());
    return add(role, name, column, Chosen::given);
  }

  /// The next slot, where there is or may yet be such a column; nothing where there is none.
  std::optional<std::size_t> add_optional(const std::string& role, const std::string& name) {
    const bool is_there =
        std::find(names_.names.begin(), names_.names.end(), name) != names_.names.end();
    if (!is_there && names_.absence == ColumnNames::Absence::error) return std::nullopt;
    const std::size_t slot = add_given(role, name);
    if (!is_there) plan_.roles[slot].clear();
    return slot;
  }

  /// The next slot is the first usual name that there is; nothing where there is none.
  std::optional<std::size_t> add_usual(const std::string& role, UsualNames usual) {
    for (const std::string_view name : usual) {
      const std::string wanted = normalized(name);
      const auto at = std::find(normalized_.begin(), normalized_.end(), wanted);
      if (at == normalized_.end()) continue;
      const auto column = static_cast<std::size_t>(at - normalized_.begin());
      const auto again = std::find(at + 1, normalized_.end(), wanted);
      if (again != normalized_.end()) {
        const auto other = static_cast<std::size_t>(again - normalized_.begin());
        fail(role, "\"" + names_.names[column] + "\" and \"" + names_.names[other] +
                       "\" both look like it: name one in the schema");
      }
      return add(role, names_.names[column], column, Chosen::recognised);
    }
    return std::nullopt;
  }

  void require(const std::string& role, const std::string& given, UsualNames usual) {
    if (!given.empty()) {
      add_given(role, given);
    } else if (!add_usual(role, usual)) {
      fail(role, "none of its usual names (" + listed(usual) + ") is there");
    }
  }

  [[nodiscard]] std::size_t slots() const noexcept { return plan_.columns.size(); }
  [[nodiscard]] ColumnPlan take() { return std::move(plan_); }

 private:
  enum class Chosen { given, recognised };

  std::size_t add(const std::string& role, const std::string& name, std::size_t column,
                  Chosen how) {
    plan_.columns.push_back(column);
    plan_.slot_names.push_back(name);
    plan_.roles.push_back(role);
    plan_.choices.push_back({role, name, how == Chosen::recognised});
    return plan_.columns.size() - 1;
  }

  [[noreturn]] void fail(const std::string& role, const std::string& why) const {
    throw Error(Errc::missing_column,
                names_.source + ": column for " + role + ": " + why +
                    "; columns: " + (names_.names.empty() ? "none" : listed(names_.names)));
  }

  const ColumnNames& names_;
  std::vector<std::string> normalized_;
  std::size_t next_pending_;
  ColumnPlan plan_;
};

}  // namespace

EventColumns choose_event_columns(const Schema& schema, const ColumnNames& names) {
  ColumnFinder finder(names);
  EventSlots slots;
  finder.require("visitor", schema.visitor, visitor_names);
  finder.require("time", schema.time, time_names);
  finder.require("event", schema.event, event_names);
  if (schema.channel.empty()) {
    finder.require("channel", "", channel_names);
  } else {
    for (const std::string& name : schema.channel) finder.require("channel", name, channel_names);
    slots.channel_count = schema.channel.size();
  }
  if (!schema.value.empty()) {
    slots.value = finder.add_given("value", schema.value);
  } else {
    slots.value = finder.add_usual("value", value_names).value_or(EventSlots::none);
  }
  if (!schema.currency.empty()) slots.currency = finder.add_given("currency", schema.currency);
  slots.dimensions = finder.slots();
  slots.dimension_count = schema.dimensions.size();
  for (const DimensionColumn& dimension : schema.dimensions) {
    finder.add_given(dimension.name, dimension.column);
  }
  slots.ids = finder.slots();
  slots.id_count = schema.conversion_ids.size();
  for (const std::string& name : schema.conversion_ids) finder.add_given("conversion_id", name);
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

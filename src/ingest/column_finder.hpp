#pragma once
#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/column_plan.hpp"
#include "mta/core/error.hpp"

namespace mta {

using UsualNames = std::span<const std::string_view>;

/// A column's name without regard to case, blanks, '-' and '_'.
[[nodiscard]] std::string normalized(std::string_view name);

/// Texts with commas between them.
template <typename Names>
std::string listed(const Names& names) {
  std::string text;
  for (const auto& name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

/// Finds the columns of a plan's slots one by one, in their order.
/// @throws Error{Errc::missing_column} naming the role, what was looked for and what there is
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

  /// Whether a slot is the column of this name.
  [[nodiscard]] bool is_at(std::size_t slot, std::string_view name) const noexcept {
    return slot < slots() && plan_.slot_names[slot] == name;
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

/// The slots of visitor, time and event; they return theirs.
std::size_t require_visitor(ColumnFinder& finder, const Schema& schema);
std::size_t require_time(ColumnFinder& finder, const Schema& schema);
std::size_t require_event(ColumnFinder& finder, const Schema& schema);
/// The slot of the time where the schema names it or a usual name is there.
std::optional<std::size_t> find_time(ColumnFinder& finder, const Schema& schema);
/// The slots of the schema's identifiers, EventSlots::none where a column is not there.
/// @throws Error{Errc::missing_column} where none is
std::vector<std::size_t> find_identifiers(ColumnFinder& finder, const Schema& schema,
                                          const ColumnNames& names);
[[nodiscard]] UsualNames usual_channel_names() noexcept;
/// The column of a conversion id.
[[nodiscard]] const std::string& id_column(const Schema& schema, const std::string& id) noexcept;
/// The slots of value and currency, where there are any.
void add_worth(ColumnFinder& finder, const Schema& schema, EventSlots& slots);

}  // namespace mta

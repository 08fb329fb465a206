#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/column_plan.hpp"
#include "mta/ingest/channel_rules.hpp"
#include "mta/ingest/schema.hpp"

namespace mta {

/// The place of a dimension's name among `derived_dimension_names`, or nothing.
[[nodiscard]] std::optional<std::size_t> derived_dimension(std::string_view name) noexcept;
/// What rules say of a touch under a derived dimension.
[[nodiscard]] std::string_view derived_text(const TrafficSource& source, std::size_t dimension);

/// Columns of rows that are not read as they stand: their channel comes from rules, some of their
/// texts are the same in all rows, or identifiers say whom they are of. What is read, and how a row
/// of events is made of it.
struct MadeColumns {
  static constexpr std::size_t none = EventSlots::none;

  ColumnPlan plan;
  EventSlots slots;                ///< of the row that is made, with one channel
  std::vector<std::size_t> from;   ///< slot of the row to slot of the plan; none: made, or `fixed`
  std::vector<std::string> fixed;  ///< slot of the row to its text, where `from` is none
  std::vector<std::size_t> channels;     ///< slots of the plan: those given, to be joined
  std::vector<std::size_t> identifiers;  ///< slots of the plan, or none, as in the schema
  std::array<std::size_t, 7> texts;      ///< slots of the plan, in the order of TouchTexts
  std::vector<std::size_t> columns;      ///< slots of the plan, in the order of the rules' columns
  struct Derived {
    std::size_t slot;  ///< of the row
    std::size_t dimension;
  };
  std::vector<Derived> derived;
};

/// Whether rows are made, rather than read as they stand.
[[nodiscard]] bool makes_rows(const Schema& schema) noexcept;

/// @throws Error{Errc::missing_column} also where there is nothing that rules could look at, or no
/// identifier; Errc::invalid_option for a constant that is neither a role nor in the layout
/// @pre makes_rows(schema)
[[nodiscard]] MadeColumns choose_made_columns(const Schema& schema, const ColumnNames& names);

}  // namespace mta

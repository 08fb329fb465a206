#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ingest/column_plan.hpp"
#include "mta/ingest/channel_rules.hpp"

namespace mta {

/// The place of a dimension's name among `derived_dimension_names`, or nothing.
[[nodiscard]] std::optional<std::size_t> derived_dimension(std::string_view name) noexcept;
/// What rules say of a touch under a derived dimension.
[[nodiscard]] std::string_view derived_text(const TrafficSource& source, std::size_t dimension);

/// Columns of rows whose channel comes from rules: what is read, and how a row of events is made of
/// it.
struct RuledColumns {
  static constexpr std::size_t none = EventSlots::none;

  ColumnPlan plan;
  EventSlots slots;               ///< of the row that is made, with one channel
  std::vector<std::size_t> from;  ///< slot of the row to slot of the plan; none: made by the rules
  std::array<std::size_t, 7> texts;  ///< slots of the plan, in the order of TouchTexts
  std::vector<std::size_t> columns;  ///< slots of the plan, in the order of the rules' columns
  std::size_t given_channels = 0;    ///< slots of the plan from EventSlots::channels on
  struct Derived {
    std::size_t slot;  ///< of the row
    std::size_t dimension;
  };
  std::vector<Derived> derived;
};

/// @throws Error{Errc::missing_column} also where there is nothing that rules could look at
/// @pre schema.channel_rules.are_given()
[[nodiscard]] RuledColumns choose_ruled_columns(const Schema& schema, const ColumnNames& names);

}  // namespace mta

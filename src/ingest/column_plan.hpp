#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/ingest/ingest_report.hpp"
#include "mta/ingest/path_table.hpp"
#include "mta/ingest/schema.hpp"

namespace mta {

/// Columns that the rows of an input have: the header of a text table, or keys seen in objects.
struct ColumnNames {
  /// What it means that a wanted column is not among the names.
  enum class Absence {
    error,    ///< the names are all there are
    pending,  ///< the names are a sample: the reader must see the column later, or throw
  };
  std::string source = {};  ///< what errors call the input
  std::vector<std::string> names = {};
  Absence absence = Absence::error;
};

/// Which columns are read, in the order of a sink's slots, and why.
struct ColumnPlan {
  std::vector<std::size_t> columns;     ///< slot to column; beyond the names: pending
  std::vector<std::string> slot_names;  ///< slot to name of the column
  std::vector<std::string> roles;       ///< slot to role; empty: may be missing to the end
  bool watches_value = false;           ///< pending, and no usual name of the value seen so far
  std::vector<ColumnChoice> choices;
};

/// Where the texts of an event stand among the slots.
struct EventSlots {
  static constexpr std::size_t none = ~std::size_t{0};
  static constexpr std::size_t visitor = 0, time = 1, event = 2, channels = 3;
  std::size_t channel_count = 1;
  std::size_t value = none, currency = none;
  std::size_t dimensions = 0, dimension_count = 0;
  std::size_t ids = 0, id_count = 0;
};

struct EventColumns {
  ColumnPlan plan;
  EventSlots slots;
};

/// Chooses the columns of events: by the schema's names, else by the usual ones.
/// @throws Error{Errc::missing_column} naming the role, what was looked for and what there is.
[[nodiscard]] EventColumns choose_event_columns(const Schema& schema, const ColumnNames& names);

/// Slots of a path table: path, conversions, and where the input has them value and nulls.
struct PathSlots {
  static constexpr std::size_t none = ~std::size_t{0};
  static constexpr std::size_t path = 0, conversions = 1;
  std::size_t value = none, nulls = none;
};

struct PathColumns {
  ColumnPlan plan;
  PathSlots slots;
};

[[nodiscard]] PathColumns choose_path_columns(const PathSchema& schema, const ColumnNames& names);

/// Whether a column of this name would be taken for the value of an event.
[[nodiscard]] bool is_usual_value_name(std::string_view name);

}  // namespace mta

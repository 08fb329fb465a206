#pragma once
#include <string>
#include <vector>

#include "mta/credits/result.hpp"
#include "report/text_columns.hpp"

namespace mta::report {

/// A table of a goal's journeys: a heading, and columns with theirs.
struct StatisticsTable {
  std::string title;
  std::vector<TextColumn> columns;
};

/// What there is to show of a goal's journeys; none where nobody asked. Columns of value only where
/// there is any.
[[nodiscard]] std::vector<StatisticsTable> statistics_tables(const GoalResult& goal);

}  // namespace mta::report

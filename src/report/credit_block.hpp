#pragma once
#include <string>
#include <vector>

#include "mta/credits/result.hpp"

namespace mta::report {

/// A column of figures: its heading, and a text for each row, the total last.
struct FigureColumn {
  std::string heading;
  std::vector<std::string> cells;
};

/// One model's columns: credit, share, and the difference from last touch where there is one.
struct ModelColumns {
  std::string label;
  std::vector<FigureColumn> columns;
};

/// Conversions or value of one goal under all models side by side, as texts.
struct CreditBlock {
  std::string title;  ///< "conversions" or "value"
  std::vector<std::string> dimensions;
  std::vector<std::vector<std::string>> keys;  ///< one for each row, in order; without the total
  std::vector<ModelColumns> models;
};

/// The blocks of a goal: conversions, and value unless all of it is 0. Rows are sorted by the
/// conversions of last touch, or of the first model where last touch is not among them, largest
/// first, then by key.
[[nodiscard]] std::vector<CreditBlock> credit_blocks(const GoalResult& goal,
                                                     const std::vector<std::string>& by);

}  // namespace mta::report

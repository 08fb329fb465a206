#include "report/credit_block.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include "report/amounts.hpp"
#include "report/model_labels.hpp"

namespace mta::report {
namespace {

using Key = std::vector<std::string>;
/// By key, a credit for each model.
using Grid = std::map<Key, std::vector<Worth>>;
using Part = Micros Worth::*;

Grid grid_of(const GoalResult& goal) {
  Grid grid;
  for (std::size_t m = 0; m < goal.models.size(); ++m) {
    for (const CreditRow& row : goal.models[m].credits) {
      std::vector<Worth>& credits = grid[row.key];
      credits.resize(goal.models.size());
      credits[m] += row.credit;
    }
  }
  return grid;
}

std::optional<std::size_t> last_touch(const GoalResult& goal) {
  for (std::size_t m = 0; m < goal.models.size(); ++m) {
    if (goal.models[m].model == "last") return m;
  }
  return std::nullopt;
}

using Rows = std::vector<const Grid::value_type*>;

Rows sorted_rows(const Grid& grid, std::size_t model) {
  Rows rows;
  for (const auto& row : grid) rows.push_back(&row);
  std::stable_sort(rows.begin(), rows.end(), [model](const auto* a, const auto* b) {
    return a->second[model].conversions > b->second[model].conversions;
  });
  return rows;
}

/// One model's amounts of one part of worth, row by row, the total last.
std::vector<Micros> amounts_of(const Rows& rows, std::size_t model, Part part) {
  std::vector<Micros> amounts;
  Micros total;
  for (const auto* row : rows) {
    amounts.push_back(row->second[model].*part);
    total += amounts.back();
  }
  amounts.push_back(total);
  return amounts;
}

template <class Text>
FigureColumn column(std::string heading, std::size_t rows, Text text) {
  FigureColumn made{std::move(heading), {}};
  for (std::size_t i = 0; i < rows; ++i) made.cells.push_back(text(i));
  return made;
}

ModelColumns columns_of(std::string label, const std::vector<Micros>& amounts,
                        const std::vector<Micros>* reference) {
  ModelColumns model{std::move(label), {}};
  const std::size_t rows = amounts.size();
  model.columns.push_back(
      column("credit", rows, [&](std::size_t i) { return rounded(amounts[i]); }));
  model.columns.push_back(
      column("share", rows, [&](std::size_t i) { return share(amounts[i], amounts.back()); }));
  if (reference != nullptr) {
    model.columns.push_back(column(
        "vs last", rows, [&](std::size_t i) { return difference(amounts[i], (*reference)[i]); }));
  }
  return model;
}

CreditBlock block_of(const GoalResult& goal, const std::vector<std::string>& by, const Rows& rows,
                     std::string title, Part part) {
  CreditBlock block{std::move(title), by, {}, {}};
  for (const auto* row : rows) block.keys.push_back(row->first);
  const std::vector<std::string> labels = model_labels(goal);
  const std::optional<std::size_t> last = last_touch(goal);
  std::vector<Micros> reference;
  if (last) reference = amounts_of(rows, *last, part);
  for (std::size_t m = 0; m < goal.models.size(); ++m) {
    const bool compared = last && goal.models[m].model != "last";
    block.models.push_back(
        columns_of(labels[m], amounts_of(rows, m, part), compared ? &reference : nullptr));
  }
  return block;
}

bool has_value(const GoalResult& goal, const Grid& grid) {
  if (goal.booked.value != Micros{}) return true;
  return std::any_of(grid.begin(), grid.end(), [](const auto& row) {
    return std::any_of(row.second.begin(), row.second.end(),
                       [](const Worth& credit) { return credit.value != Micros{}; });
  });
}

}  // namespace

std::vector<CreditBlock> credit_blocks(const GoalResult& goal, const std::vector<std::string>& by) {
  if (goal.models.empty()) return {};
  const Grid grid = grid_of(goal);
  const Rows rows = sorted_rows(grid, last_touch(goal).value_or(0));
  std::vector<CreditBlock> blocks{block_of(goal, by, rows, "conversions", &Worth::conversions)};
  if (has_value(goal, grid)) blocks.push_back(block_of(goal, by, rows, "value", &Worth::value));
  return blocks;
}

}  // namespace mta::report

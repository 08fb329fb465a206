#include "report/statistics_tables.hpp"

#include <algorithm>
#include <span>

#include "report/amounts.hpp"

namespace mta::report {
namespace {

using Bin = JourneyStatistics::Bin;

constexpr std::size_t longest_path = 120;  // columns of a terminal
constexpr std::size_t most_overlaps = 20;  // JSON has them all

/// Builds a table column by column; value is left out where a goal has none.
class Builder {
 public:
  Builder(std::string title, const GoalResult& goal)
      : table_{std::move(title), {}}, booked_(goal.booked) {
    for (const ModelResult& model : goal.models) {
      for (const CreditRow& row : model.credits) any_value_ |= row.credit.value != Micros{};
    }
    any_value_ |= booked_.value != Micros{};
  }

  template <class Rows, class TextOf>
  void texts(const std::string& heading, const Rows& rows, TextColumn::Side side,
             const TextOf& text_of) {
    TextColumn& column = table_.columns.emplace_back();
    column.side = side;
    column.cells.push_back(heading);
    for (const auto& row : rows) column.cells.push_back(text_of(row));
  }

  /// Conversions and value.
  template <class Rows, class WorthOf>
  void worth(const std::string& prefix, const Rows& rows, const WorthOf& worth_of) {
    texts(prefix + "conversions", rows, TextColumn::Side::right,
          [&](const auto& row) { return rounded(worth_of(row).conversions); });
    if (!any_value_) return;
    texts(prefix + "value", rows, TextColumn::Side::right,
          [&](const auto& row) { return rounded(worth_of(row).value); });
  }

  /// Shares of the conversions booked.
  template <class Rows>
  void shares(const Rows& rows) {
    texts("share", rows, TextColumn::Side::right,
          [&](const auto& row) { return share(row.worth.conversions, booked_.conversions); });
  }

  [[nodiscard]] StatisticsTable done() { return std::move(table_); }

 private:
  StatisticsTable table_;
  Worth booked_;
  bool any_value_ = false;
};

std::string joined(const std::vector<std::string>& channels) {
  std::string path;
  for (const std::string& channel : channels) path += (path.empty() ? "" : " > ") + channel;
  return path;
}

StatisticsTable bins_table(const std::string& title, const std::string& unit,
                           const std::vector<Bin>& bins, const GoalResult& goal) {
  Builder table(title, goal);
  table.texts(unit, bins, TextColumn::Side::right,
              [](const Bin& bin) { return std::to_string(bin.at); });
  table.worth("", bins, [](const Bin& bin) { return bin.worth; });
  table.shares(bins);
  return table.done();
}

StatisticsTable roles_table(const GoalResult& goal) {
  using Role = JourneyStatistics::Role;
  const auto& roles = goal.statistics->roles;
  Builder table("channels in converting journeys", goal);
  table.texts("channel", roles, TextColumn::Side::left, [](const Role& r) { return r.channel; });
  table.worth("any ", roles, [](const Role& r) { return r.any; });
  table.worth("first ", roles, [](const Role& r) { return r.first; });
  table.worth("last ", roles, [](const Role& r) { return r.last; });
  table.worth("assisted ", roles, [](const Role& r) { return r.assisted; });
  return table.done();
}

StatisticsTable overlaps_table(const GoalResult& goal) {
  using Overlap = JourneyStatistics::Overlap;
  const auto& all = goal.statistics->overlaps;
  const auto overlaps = std::span(all).first(std::min(all.size(), most_overlaps));
  const std::string title = "channels together";
  Builder table(overlaps.size() == all.size() ? title
                                              : title + ": the first " + grouped(most_overlaps) +
                                                    " of " + grouped(all.size()) + " pairs",
                goal);
  table.texts("channel", overlaps, TextColumn::Side::left, [](const Overlap& o) { return o.a; });
  table.texts("and", overlaps, TextColumn::Side::left, [](const Overlap& o) { return o.b; });
  table.worth("", overlaps, [](const Overlap& o) { return o.worth; });
  table.shares(overlaps);
  return table.done();
}

StatisticsTable paths_table(const GoalResult& goal) {
  using Path = JourneyStatistics::Path;
  const JourneyStatistics& statistics = *goal.statistics;
  Builder table("top paths of " + grouped(statistics.paths), goal);
  table.worth("", statistics.top_paths, [](const Path& path) { return path.worth; });
  table.shares(statistics.top_paths);
  table.texts("null journeys", statistics.top_paths, TextColumn::Side::right,
              [](const Path& path) { return exact(path.nulls, 0); });
  table.texts("path", statistics.top_paths, TextColumn::Side::left,
              [](const Path& path) { return joined(path.channels); });
  StatisticsTable made = table.done();
  made.columns.back().longest = longest_path;
  return made;
}

}  // namespace

std::vector<StatisticsTable> statistics_tables(const GoalResult& goal) {
  if (!goal.statistics || goal.statistics->top_paths.empty()) return {};
  std::vector<StatisticsTable> tables;
  tables.push_back(paths_table(goal));
  tables.push_back(bins_table("path length", "touches", goal.statistics->lengths, goal));
  if (!goal.statistics->lags.empty()) {
    tables.push_back(bins_table("time lag: days from the first touch to the conversion", "days",
                                goal.statistics->lags, goal));
  }
  tables.push_back(roles_table(goal));
  if (!goal.statistics->overlaps.empty()) tables.push_back(overlaps_table(goal));
  return tables;
}

}  // namespace mta::report

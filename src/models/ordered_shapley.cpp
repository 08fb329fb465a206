#include "mta/models/ordered_shapley.hpp"

#include <algorithm>

#include "models/effect_split.hpp"

namespace mta {
namespace {

/// Touches of each distinct channel of a path, by channel.
std::vector<std::pair<std::uint32_t, double>> touch_counts(std::span<const std::uint32_t> path) {
  std::vector<std::uint32_t> sorted(path.begin(), path.end());
  std::ranges::sort(sorted);
  std::vector<std::pair<std::uint32_t, double>> counts;
  for (const std::uint32_t channel : sorted) {
    if (counts.empty() || counts.back().first != channel) counts.emplace_back(channel, 0.0);
    counts.back().second += 1;
  }
  return counts;
}

void add_path(std::span<const std::uint32_t> path, const PathCounts::Counts& counts,
              OrderedShapleyFit& fit) {
  const auto touches = touch_counts(path);
  for (std::size_t position = 0; position < path.size(); ++position) {
    const auto of = std::ranges::lower_bound(touches, path[position], {},
                                             &std::pair<std::uint32_t, double>::first);
    const double share = 1 / (static_cast<double>(touches.size()) * of->second * 1e6);
    const std::size_t at = path[position] * fit.positions + position;
    fit.conversions[at] += static_cast<double>(counts.conversions) * share;
    fit.value[at] += static_cast<double>(counts.value) * share;
  }
}

double sum(std::span<const double> values) {
  double all = 0;
  for (const double value : values) all += value;
  return all;
}

}  // namespace

OrderedShapleyFit OrderedShapley::finish(const State& state) const {
  OrderedShapleyFit fit;
  const std::vector<std::size_t> paths = state.sorted();
  for (const std::size_t i : paths) {
    const PathCounts::Counts& counts = state.counts(i);
    if (counts.conversions != 0 || counts.value != 0) {
      fit.positions = std::max(fit.positions, state.path(i).size());
    }
  }
  fit.conversions.resize(state.channels() * fit.positions);
  fit.value.resize(fit.conversions.size());
  for (const std::size_t i : paths) {
    const PathCounts::Counts& counts = state.counts(i);
    if (counts.conversions != 0 || counts.value != 0) add_path(state.path(i), counts, fit);
  }
  ChannelShares shares;
  for (std::size_t c = 0; c < state.channels(); ++c) {
    shares.conversions.push_back(
        sum(std::span(fit.conversions).subspan(c * fit.positions, fit.positions)));
    shares.value.push_back(sum(std::span(fit.value).subspan(c * fit.positions, fit.positions)));
  }
  static_cast<FittedCredit&>(fit) = fit_of_shares(state, shares, info.name);
  fit.explained = {{"shapley_value", shares.conversions}, {"shapley_value_of_value", shares.value}};
  return fit;
}

}  // namespace mta

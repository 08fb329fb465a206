#include "mta/models/leave_one_out.hpp"

#include <algorithm>
#include <map>

#include "models/effect_split.hpp"

namespace mta {
namespace {

double rate_of(const PathCounts::Counts& counts) noexcept {
  const double journeys =
      static_cast<double>(counts.conversions) + static_cast<double>(counts.nulls);
  return journeys == 0 ? 0 : static_cast<double>(counts.conversions) / journeys;
}

/// Conversion rates of paths with one touch left out.
class PathsWithout {
 public:
  explicit PathsWithout(const PathCounts& counts) : counts_(counts) {
    for (const std::size_t i : counts.sorted()) by_length_[counts.path(i).size()].push_back(i);
  }

  /// By the position that is left out; 0 where nobody went the rest of the way alone.
  [[nodiscard]] std::vector<double> rates(std::span<const std::uint32_t> path) const {
    std::vector<double> rates(path.size());
    const auto shorter = by_length_.find(path.size() - 1);
    if (shorter == by_length_.end()) return rates;
    if (shorter->second.size() < path.size()) {
      for (const std::size_t i : shorter->second) compare(path, i, rates);
    } else {
      look_up(path, rates);
    }
    return rates;
  }

 private:
  /// A path that is shorter by one is this one without any of the touches between the end of what
  /// both begin with and the begin of what both end with: a run of one channel.
  void compare(std::span<const std::uint32_t> path, std::size_t i,
               std::vector<double>& rates) const {
    const auto rest = counts_.path(i);
    const auto head = std::ranges::mismatch(rest, path).in1 - rest.begin();
    const auto tail =
        std::mismatch(rest.rbegin(), rest.rend(), path.rbegin()).first - rest.rbegin();
    const double rate = rate_of(counts_.counts(i));
    for (auto at = static_cast<std::ptrdiff_t>(rest.size()) - tail; at <= head; ++at) {
      rates[static_cast<std::size_t>(at)] = rate;
    }
  }

  void look_up(std::span<const std::uint32_t> path, std::vector<double>& rates) const {
    std::vector<std::uint32_t> rest(path.begin() + 1, path.end());
    for (std::size_t left_out = 0; left_out < path.size(); ++left_out) {
      if (left_out > 0) rest[left_out - 1] = path[left_out - 1];
      rates[left_out] = rate_of(counts_.of(rest));
    }
  }

  const PathCounts& counts_;
  std::map<std::size_t, std::vector<std::size_t>> by_length_;
};

/// What each touch of a path would cost, by its position; the last touch all where none would.
std::vector<double> losses(double rate, std::vector<double> loss) {
  double sum = 0;
  for (double& each : loss) sum += each = std::max(0.0, rate - each);
  if (sum == 0) {
    loss.back() = 1;
    return loss;
  }
  for (double& each : loss) each /= sum;
  return loss;
}

}  // namespace

FittedCredit LeaveOneOut::finish(const State& state) const {
  ChannelShares shares{std::vector<double>(state.channels()),
                       std::vector<double>(state.channels())};
  const PathsWithout without(state);
  for (const std::size_t i : state.sorted()) {
    const PathCounts::Counts& counts = state.counts(i);
    if (counts.conversions == 0 && counts.value == 0) continue;
    const std::vector<double> loss = losses(rate_of(counts), without.rates(state.path(i)));
    for (std::size_t t = 0; t < loss.size(); ++t) {
      const std::uint32_t channel = state.path(i)[t];
      shares.conversions[channel] += loss[t] * static_cast<double>(counts.conversions) / 1e6;
      shares.value[channel] += loss[t] * static_cast<double>(counts.value) / 1e6;
    }
  }
  FittedCredit fit = fit_of_shares(state, shares, info.name);
  fit.explained = {{"loss_conversions", shares.conversions}, {"loss_value", shares.value}};
  return fit;
}

}  // namespace mta

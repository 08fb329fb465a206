#include "mta/models/shao_li.hpp"

#include <algorithm>
#include <map>

#include "models/effect_split.hpp"

namespace mta {
namespace {

/// What journeys with some channels came to.
struct Seen {
  double journeys = 0, conversions = 0, value = 0;
  void add(const PathCounts::Counts& counts) {
    journeys += static_cast<double>(counts.conversions) + static_cast<double>(counts.nulls);
    conversions += static_cast<double>(counts.conversions);
    value += static_cast<double>(counts.value);
  }
  [[nodiscard]] double rate() const { return journeys == 0 ? 0 : conversions / journeys; }
  [[nodiscard]] double value_rate() const { return journeys == 0 ? 0 : value / journeys; }
};

}  // namespace

FittedCredit ShaoLi::finish(const State& state) const {
  std::vector<Seen> one(state.channels());
  std::map<std::pair<std::uint32_t, std::uint32_t>, Seen> two;
  for (const std::size_t i : state.sorted()) {
    const auto set = state.path(i);
    for (auto a = set.begin(); a != set.end(); ++a) {
      one[*a].add(state.counts(i));
      for (auto b = a + 1; b != set.end(); ++b) two[{*a, *b}].add(state.counts(i));
    }
  }
  ChannelShares shares;
  double others = -1;
  for (const Seen& seen : one) {
    shares.conversions.push_back(seen.rate());
    shares.value.push_back(seen.value_rate());
    others += seen.journeys > 0 ? 1 : 0;
  }
  for (const auto& [pair, seen] : two) {
    const Seen &a = one[pair.first], &b = one[pair.second];
    const double conversions = (seen.rate() - a.rate() - b.rate()) / (2 * others);
    const double value = (seen.value_rate() - a.value_rate() - b.value_rate()) / (2 * others);
    for (const std::uint32_t channel : {pair.first, pair.second}) {
      shares.conversions[channel] += conversions;
      shares.value[channel] += value;
    }
  }
  FittedCredit fit = fit_of_shares(state, shares, info.name);
  fit.explained = {{"contribution_conversions", shares.conversions},
                   {"contribution_value", shares.value}};
  return fit;
}

}  // namespace mta

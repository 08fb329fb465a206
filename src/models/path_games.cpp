#include "models/path_games.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "models/coalitions.hpp"

namespace mta {
namespace {

constexpr double unit = 1e6;  // micro-units

/// What each coalition saw, by the bits of its members.
struct CoalitionCounts {
  explicit CoalitionCounts(std::size_t players)
      : conversions(std::size_t{1} << players),
        journeys(conversions.size()),
        value(conversions.size()) {}

  void add(std::size_t set, const PathCounts::Counts& counts) {
    conversions[set] += counts.conversions;
    journeys[set] += counts.conversions + counts.nulls;
    value[set] += counts.value;
  }
  void include_subsets() {
    sum_over_subsets(conversions);
    sum_over_subsets(journeys);
    sum_over_subsets(value);
  }
  [[nodiscard]] std::vector<double> rates() const {
    std::vector<double> rate(conversions.size());
    for (std::size_t set = 0; set < rate.size(); ++set) {
      if (journeys[set] != 0)
        rate[set] = static_cast<double>(conversions[set]) / static_cast<double>(journeys[set]);
    }
    return rate;
  }
  [[nodiscard]] std::vector<double> value_rates() const {
    std::vector<double> rate(value.size());
    for (std::size_t set = 0; set < rate.size(); ++set) {
      if (journeys[set] != 0)
        rate[set] = static_cast<double>(value[set]) / static_cast<double>(journeys[set]);
    }
    return rate;
  }

  std::vector<std::uint64_t> conversions, journeys;
  std::vector<std::int64_t> value;
};

/// Channels that occur, in byte order.
std::vector<std::uint32_t> players_of(const PathCounts& counts) {
  std::vector<char> seen(counts.channels());
  for (const std::size_t i : counts.sorted()) {
    for (const std::uint32_t channel : counts.path(i)) seen[channel] = 1;
  }
  std::vector<std::uint32_t> players;
  for (std::uint32_t channel = 0; channel < seen.size(); ++channel) {
    if (seen[channel]) players.push_back(channel);
  }
  return players;
}

GameShares exact_rates(const PathCounts& counts, std::span<const std::uint32_t> players,
                       Game game) {
  std::vector<std::size_t> bit(counts.channels());
  for (std::size_t i = 0; i < players.size(); ++i) bit[players[i]] = std::size_t{1} << i;
  CoalitionCounts coalitions(players.size());
  for (const std::size_t i : counts.sorted()) {
    std::size_t set = 0;
    for (const std::uint32_t channel : counts.path(i)) set |= bit[channel];
    coalitions.add(set, counts.counts(i));
  }
  if (game == Game::conversion_rate) coalitions.include_subsets();
  GameShares result;
  result.shares = {std::vector<double>(counts.channels()), std::vector<double>(counts.channels())};
  const auto conversions = exact_shapley(coalitions.rates(), players.size());
  const auto value = exact_shapley(coalitions.value_rates(), players.size());
  for (std::size_t i = 0; i < players.size(); ++i) {
    result.shares.conversions[players[i]] = conversions[i];
    result.shares.value[players[i]] = value[i];
  }
  return result;
}

/// What a coalition that channels join one by one has seen so far.
class GrowingCoalition {
 public:
  GrowingCoalition(const PathCounts& counts, Game game)
      : counts_(counts), game_(game), of_channel_(counts.channels()), missing_(counts.size()) {
    for (const std::size_t i : counts.sorted()) {
      for (const std::uint32_t channel : counts.path(i)) of_channel_[channel].push_back(i);
    }
  }

  void clear() {
    members_ = 0;
    conversions_ = journeys_ = 0;
    value_ = 0;
    for (std::size_t i = 0; i < missing_.size(); ++i) {
      missing_[i] = static_cast<std::uint32_t>(counts_.path(i).size());
    }
  }
  void join(std::uint32_t channel) {
    ++members_;
    if (game_ == Game::exact_rate) conversions_ = journeys_ = 0, value_ = 0;
    for (const std::size_t i : of_channel_[channel]) {
      if (--missing_[i] != 0) continue;
      if (game_ == Game::exact_rate && counts_.path(i).size() != members_) continue;
      const PathCounts::Counts& counts = counts_.counts(i);
      conversions_ += counts.conversions;
      journeys_ += counts.conversions + counts.nulls;
      value_ += counts.value;
    }
  }
  [[nodiscard]] double rate() const { return share(static_cast<double>(conversions_)); }
  [[nodiscard]] double value_rate() const { return share(static_cast<double>(value_)); }

 private:
  [[nodiscard]] double share(double amount) const {
    return journeys_ == 0 ? 0 : amount / static_cast<double>(journeys_);
  }

  const PathCounts& counts_;
  Game game_;
  std::vector<std::vector<std::size_t>> of_channel_;
  std::vector<std::uint32_t> missing_;
  std::size_t members_ = 0;
  std::uint64_t conversions_ = 0, journeys_ = 0;
  std::int64_t value_ = 0;
};

GameShares sampled_rates(const PathCounts& counts, std::span<const std::uint32_t> players,
                         const ShapleyOptions& options) {
  RandomOrders orders(players.size(), static_cast<std::uint64_t>(options.seed));
  SampledValues conversions(counts.channels()), value(counts.channels());
  GrowingCoalition coalition(counts, options.game);
  for (std::int64_t i = 0; i < options.samples; ++i) {
    coalition.clear();
    double rate = 0, value_rate = 0;
    for (const std::uint32_t player : orders.next()) {
      coalition.join(players[player]);
      conversions.add(players[player], coalition.rate() - rate);
      value.add(players[player], coalition.value_rate() - value_rate);
      rate = coalition.rate();
      value_rate = coalition.value_rate();
    }
  }
  const auto samples = static_cast<std::size_t>(options.samples);
  ShapleyValues of_conversions = conversions.of(samples), of_value = value.of(samples);
  return {{std::move(of_conversions.value), std::move(of_value.value)},
          {std::move(of_conversions.error), std::move(of_value.error)}};
}

/// The distinct channels of a path that DP6's game looks at: in byte order, or as they first came.
std::vector<std::uint32_t> dp6_set(std::span<const std::uint32_t> path, std::size_t size) {
  std::vector<std::uint32_t> set;
  for (const std::uint32_t channel : path) {
    if (std::ranges::find(set, channel) == set.end()) set.push_back(channel);
  }
  if (set.size() > size) set.erase(set.begin(), set.end() - static_cast<std::ptrdiff_t>(size));
  return set;
}

/// The worth of all subsets of a set, each by its own journeys: 0 where none were seen.
void add_dp6_set(const PathCounts& sets, std::span<const std::uint32_t> set,
                 ChannelShares& shares) {
  CoalitionCounts coalitions(set.size());
  std::vector<std::uint32_t> members;
  for (std::size_t subset = 1; subset < coalitions.conversions.size(); ++subset) {
    members.clear();
    for (std::size_t rest = subset; rest != 0; rest &= rest - 1) {
      members.push_back(set[static_cast<std::size_t>(std::countr_zero(rest))]);
    }
    coalitions.add(subset, sets.of(members));
  }
  const auto conversions = exact_shapley(coalitions.rates(), set.size());
  const auto value = exact_shapley(coalitions.value_rates(), set.size());
  const double journeys = static_cast<double>(coalitions.journeys.back());
  for (std::size_t i = 0; i < set.size(); ++i) {
    shares.conversions[set[i]] += conversions[i] * journeys / unit;
    shares.value[set[i]] += value[i] * journeys / unit;
  }
}

}  // namespace

ChannelShares shared_equally(const PathCounts& counts) {
  ChannelShares shares{std::vector<double>(counts.channels()),
                       std::vector<double>(counts.channels())};
  for (const std::size_t i : counts.sorted()) {
    const double members = static_cast<double>(counts.path(i).size()) * unit;
    for (const std::uint32_t channel : counts.path(i)) {
      shares.conversions[channel] += static_cast<double>(counts.counts(i).conversions) / members;
      shares.value[channel] += static_cast<double>(counts.counts(i).value) / members;
    }
  }
  return shares;
}

GameShares rate_shares(const PathCounts& counts, const ShapleyOptions& options) {
  const std::vector<std::uint32_t> players = players_of(counts);
  return players.size() <= static_cast<std::size_t>(options.exact)
             ? exact_rates(counts, players, options.game)
             : sampled_rates(counts, players, options);
}

ChannelShares dp6_shares(const PathCounts& counts, const ShapleyOptions& options) {
  PathCounts sets(counts.channels(), PathKey::touches);
  for (const std::size_t i : counts.sorted()) {
    sets.add(dp6_set(counts.path(i), static_cast<std::size_t>(options.size)), counts.counts(i));
  }
  ChannelShares shares{std::vector<double>(counts.channels()),
                       std::vector<double>(counts.channels())};
  for (const std::size_t i : sets.sorted()) {
    if (sets.counts(i).conversions != 0) add_dp6_set(sets, sets.path(i), shares);
  }
  return shares;
}

}  // namespace mta

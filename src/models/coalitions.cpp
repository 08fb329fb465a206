#include "models/coalitions.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <numeric>
#include <string>

#include "mta/core/error.hpp"

namespace mta {
namespace {

/// By the size of the coalition that a player joins: 1 / (n * C(n - 1, size)).
std::vector<double> joining_weights(std::size_t players) {
  std::vector<double> weight(players);
  double choices = 1;
  for (std::size_t size = 0; size < players; ++size) {
    weight[size] = 1 / (static_cast<double>(players) * choices);
    choices = choices * static_cast<double>(players - 1 - size) / static_cast<double>(size + 1);
  }
  return weight;
}

template <class T>
void sum_subsets(std::span<T> of) {
  assert(std::has_single_bit(of.size()));
  for (std::size_t bit = 1; bit < of.size(); bit *= 2) {
    for (std::size_t set = 0; set < of.size(); ++set) {
      if ((set & bit) != 0) of[set] += of[set ^ bit];
    }
  }
}

double checked(double worth) {
  if (!std::isfinite(worth)) {
    throw Error(Errc::invalid_option, "the worth of a coalition must be finite, and was not");
  }
  return worth;
}

std::vector<std::uint32_t> members_of(std::size_t set) {
  std::vector<std::uint32_t> members;
  for (; set != 0; set &= set - 1)
    members.push_back(static_cast<std::uint32_t>(std::countr_zero(set)));
  return members;
}

ShapleyValues sample(std::size_t players, const ValueFunction& worth,
                     const ShapleyOptions& options) {
  RandomOrders orders(players, static_cast<std::uint64_t>(options.seed));
  SampledValues values(players);
  std::vector<std::uint32_t> members;
  const double nothing = checked(worth({}));
  for (std::int64_t i = 0; i < options.samples; ++i) {
    members.clear();
    double before = nothing;
    for (const std::uint32_t player : orders.next()) {
      members.insert(std::ranges::lower_bound(members, player), player);
      const double after = checked(worth(members));
      values.add(player, after - before);
      before = after;
    }
  }
  return values.of(static_cast<std::size_t>(options.samples));
}

}  // namespace

std::vector<double> exact_shapley(std::span<const double> worth, std::size_t players) {
  assert(worth.size() == std::size_t{1} << players);
  const std::vector<double> weight = joining_weights(players);
  std::vector<double> value(players);
  for (std::size_t player = 0; player < players; ++player) {
    const std::size_t bit = std::size_t{1} << player;
    double sum = 0;
    for (std::size_t set = 0; set < worth.size(); ++set) {
      if ((set & bit) != 0) continue;
      sum += weight[static_cast<std::size_t>(std::popcount(set))] * (worth[set | bit] - worth[set]);
    }
    value[player] = sum;
  }
  return value;
}

void sum_over_subsets(std::span<std::uint64_t> of) { sum_subsets(of); }
void sum_over_subsets(std::span<std::int64_t> of) { sum_subsets(of); }

RandomOrders::RandomOrders(std::size_t players, std::uint64_t seed)
    : state_(seed), order_(players) {
  std::iota(order_.begin(), order_.end(), 0u);
}

/// SplitMix64 (Steele, Lea, Flood 2014).
std::uint64_t RandomOrders::random() noexcept {
  std::uint64_t mixed = state_ += 0x9E3779B97F4A7C15u;
  mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBu;
  return mixed ^ mixed >> 31;
}

/// Every number equally likely: those of an incomplete last round are drawn again.
std::uint64_t RandomOrders::below(std::uint64_t bound) noexcept {
  const std::uint64_t incomplete = (0 - bound) % bound;
  std::uint64_t drawn = random();
  while (drawn < incomplete) drawn = random();
  return drawn % bound;
}

std::span<const std::uint32_t> RandomOrders::next() {
  for (std::size_t i = order_.size(); i > 1; --i) std::swap(order_[i - 1], order_[below(i)]);
  return order_;
}

ShapleyValues SampledValues::of(std::size_t samples) const {
  ShapleyValues values;
  const auto n = static_cast<double>(samples);
  for (std::size_t player = 0; player < sum_.size(); ++player) {
    const double mean = sum_[player] / n;
    const double variance = std::max(0.0, (squares_[player] - n * mean * mean) / (n - 1));
    values.value.push_back(mean);
    values.error.push_back(std::sqrt(variance / n));
  }
  return values;
}

ShapleyValues shapley_values(std::size_t players, const ValueFunction& worth,
                             const ShapleyOptions& options) {
  (void)Shapley(options);  // checks the options
  if (players > static_cast<std::size_t>(options.exact)) return sample(players, worth, options);
  std::vector<double> worths(std::size_t{1} << players);
  for (std::size_t set = 0; set < worths.size(); ++set)
    worths[set] = checked(worth(members_of(set)));
  return {exact_shapley(worths, players), {}};
}

}  // namespace mta

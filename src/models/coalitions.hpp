#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "mta/models/shapley.hpp"

namespace mta {

/// Most players whose coalitions are all looked at: 2^24 worths are 128 MiB.
inline constexpr std::size_t most_exact_players = 24;

/// Shapley values from the worth of every coalition, by the bits of its members.
/// @pre worth.size() is 2^players
[[nodiscard]] std::vector<double> exact_shapley(std::span<const double> worth, std::size_t players);

/// Sums over all subsets in place: entry S becomes the sum of the entries of its subsets.
void sum_over_subsets(std::span<std::uint64_t> of);
void sum_over_subsets(std::span<std::int64_t> of);

/// Random orders of players, each equally likely; the same for the same seed.
class RandomOrders {
 public:
  RandomOrders(std::size_t players, std::uint64_t seed);
  [[nodiscard]] std::span<const std::uint32_t> next();

 private:
  [[nodiscard]] std::uint64_t random() noexcept;
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) noexcept;
  std::uint64_t state_;
  std::vector<std::uint32_t> order_;
};

/// Means of samples and their standard errors, player by player.
class SampledValues {
 public:
  explicit SampledValues(std::size_t players) : sum_(players), squares_(players) {}
  void add(std::uint32_t player, double marginal) noexcept {
    sum_[player] += marginal;
    squares_[player] += marginal * marginal;
  }
  [[nodiscard]] ShapleyValues of(std::size_t samples) const;

 private:
  std::vector<double> sum_, squares_;
};

}  // namespace mta

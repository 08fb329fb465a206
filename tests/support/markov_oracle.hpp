#pragma once
#include <cstddef>
#include <utility>
#include <vector>

#include "gauss_jordan.hpp"
#include "mta/journeys/journeys.hpp"

namespace mta::test {

/// Markov of order 1 as the definition reads, obvious and slow: build the chain, take each channel
/// out by sending every arc into it to NULL, and solve for the probability (and value) of
/// converting again. Unknowns are eliminated with pivoting; what cannot convert is left at 0.
class MarkovOracle {
 public:
  struct Effects {
    std::vector<double> conversions, value;
    double conversion_probability = 0;
  };

  MarkovOracle(JourneysView journeys, std::size_t channels)
      : n_(channels),
        step_(channels + 1, std::vector<double>(channels, 0.0)),
        convert_(channels),
        value_(channels),
        out_(channels + 1) {
    for (std::size_t i = 0; i < journeys.size(); ++i) add(journeys[i]);
  }

  [[nodiscard]] Effects effects() const {
    const std::size_t nobody = n_;
    const auto [probability, value] = solve(nobody);
    Effects effects{std::vector<double>(n_), std::vector<double>(n_), probability};
    for (std::size_t c = 0; c < n_; ++c) {
      const auto [probability_without, value_without] = solve(c);
      if (probability > 0) effects.conversions[c] = 1 - probability_without / probability;
      if (value != 0) effects.value[c] = 1 - value_without / value;
    }
    return effects;
  }

 private:
  void add(const Journey& journey) {
    const std::size_t last = index(journey.channel.back());
    value_[last] += static_cast<double>(journey.worth.value.units);
    if (journey.outcome == Outcome::refunded) return;
    const auto count = static_cast<double>(journey.count.units);
    std::size_t at = n_;  // START
    for (const ChannelId channel : journey.channel) {
      if (index(channel) == at) continue;
      step_[at][index(channel)] += count;
      out_[at] += count;
      at = index(channel);
    }
    out_[at] += count;
    if (journey.outcome == Outcome::converted) convert_[at] += count;
  }

  /// Channels that reach a conversion without passing `removed`.
  [[nodiscard]] std::vector<bool> able(std::size_t removed) const {
    std::vector<bool> able(n_);
    for (std::size_t round = 0; round <= n_; ++round) {
      for (std::size_t c = 0; c < n_; ++c) {
        if (c == removed) continue;
        bool can = convert_[c] > 0;
        for (std::size_t d = 0; d < n_; ++d) can = can || (step_[c][d] > 0 && able[d]);
        able[c] = can;
      }
    }
    return able;
  }

  /// Probability and value of converting from START without `removed`.
  [[nodiscard]] std::pair<double, double> solve(std::size_t removed) const {
    const std::vector<bool> able = this->able(removed);
    std::vector<std::vector<double>> row(n_, std::vector<double>(n_ + 2, 0.0));
    for (std::size_t c = 0; c < n_; ++c) {
      row[c][c] = 1;
      if (!able[c]) continue;
      for (std::size_t d = 0; d < n_; ++d) {
        if (able[d]) row[c][d] -= step_[c][d] / out_[c];
      }
      row[c][n_] = convert_[c] / out_[c];
      row[c][n_ + 1] = convert_[c] > 0 ? value_[c] / out_[c] : 0;
    }
    eliminate(row);
    std::pair<double, double> result{0, 0};
    for (std::size_t c = 0; c < n_; ++c) {
      if (out_[n_] == 0) break;
      result.first += step_[n_][c] / out_[n_] * row[c][n_] / row[c][c];
      result.second += step_[n_][c] / out_[n_] * row[c][n_ + 1] / row[c][c];
    }
    return result;
  }

  std::size_t n_;
  std::vector<std::vector<double>> step_;  // the last row is START's
  std::vector<double> convert_, value_, out_;
};

}  // namespace mta::test

#include "models/chain_sweeps.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mta {
namespace {

constexpr double rounding = 2 * std::numeric_limits<double>::epsilon();

/// One for each lane whose bit is not set.
constexpr auto unmasked = [] {
  std::array<Lanes, 256> table{};
  for (std::size_t mask = 0; mask < table.size(); ++mask) {
    for (std::size_t l = 0; l < sweep_lanes; ++l) table[mask][l] = (mask >> l & 1) != 0 ? 0.0 : 1.0;
  }
  return table;
}();

/// Sums over all states, lane by lane.
struct SweepSums {
  Lanes change{}, size{};
};

class Sweeper {
 public:
  Sweeper(const SweepProblem& problem, std::vector<Lanes>& x) : problem_(problem), x_(x) {}

  SweepResult run(std::size_t most_sweeps) {
    SweepResult result;
    while (result.sweeps < most_sweeps && !result.converged) {
      const bool jump = since_jump_ >= 3 && steady();
      const SweepSums sums = jump ? sweep<true>() : sweep<false>();
      ++result.sweeps;
      ++since_jump_;
      update_rates(sums);
      result.error = errors(sums);
      result.converged = within(result.error, sums);
      if (jump && !result.converged) step_along_slowest();
    }
    return result;
  }

 private:
  template <bool keep_changes>
  SweepSums sweep() {
    if (keep_changes) changes_.resize(x_.size());
    SweepSums sums;
    for (std::size_t place = 0; place < problem_.rows.size(); ++place) {
      const std::uint32_t i = problem_.rows.order[place];
      const Lanes next = row(place, i);
      Lanes& now = x_[i];
      Lanes change;
      for (std::size_t l = 0; l < sweep_lanes; ++l) {
        change[l] = next[l] - now[l];
        sums.change[l] += std::abs(change[l]);
        sums.size[l] += next[l] < 0 ? -next[l] : next[l];
      }
      if (keep_changes) changes_[i] = change;
      now = next;
    }
    return sums;
  }

  [[nodiscard]] Lanes row(std::size_t place, std::uint32_t i) const noexcept {
    const SweepRows& rows = problem_.rows;
    Lanes sum;
    if (problem_.b.empty()) {
      sum.fill(problem_.b_all[i]);
    } else {
      sum = problem_.b[i];
    }
    for (std::size_t at = rows.row[place]; at < rows.row[place + 1]; ++at) {
      const Lanes& other = x_[rows.column[at]];
      const double value = rows.value[at];
      for (std::size_t l = 0; l < sweep_lanes; ++l) sum[l] += value * other[l];
    }
    if (!problem_.factor.empty()) {
      for (std::size_t l = 0; l < sweep_lanes; ++l) sum[l] *= problem_.factor[i][l];
    } else if (!problem_.mask.empty() && problem_.mask[i] != 0) {
      const Lanes& kept = unmasked[problem_.mask[i]];
      for (std::size_t l = 0; l < sweep_lanes; ++l) sum[l] *= kept[l];
    }
    return sum;
  }

  void update_rates(const SweepSums& sums) {
    for (std::size_t l = 0; l < sweep_lanes; ++l) {
      rate_before_[l] = rate_[l];
      rate_[l] = change_[l] > 0 ? sums.change[l] / change_[l] : 0.0;
    }
    change_ = sums.change;
  }

  /// Whether changes shrink by the same factor from sweep to sweep: one mode is left.
  [[nodiscard]] bool steady() const noexcept {
    for (std::size_t l = 0; l < sweep_lanes; ++l) {
      if (std::abs(rate_[l] - rate_before_[l]) > 0.2 * (1.0 - rate_[l])) return since_jump_ >= 12;
    }
    return true;
  }

  void step_along_slowest() {
    Lanes ahead;
    for (std::size_t l = 0; l < sweep_lanes; ++l) {
      const double rate = std::clamp(rate_[l], 0.0, 0.9999);
      ahead[l] = rate / (1.0 - rate);
    }
    for (std::size_t i = 0; i < x_.size(); ++i) {
      for (std::size_t l = 0; l < sweep_lanes; ++l) x_[i][l] += changes_[i][l] * ahead[l];
    }
    since_jump_ = 0;
  }

  /// Changes that shrink by a factor add up to a geometric series.
  [[nodiscard]] Lanes errors(const SweepSums& sums) const noexcept {
    Lanes error;
    for (std::size_t l = 0; l < sweep_lanes; ++l) {
      const double rate = std::clamp(std::max(rate_[l], rate_before_[l]), 0.5, 0.9999);
      error[l] = sums.change[l] * rate / (1.0 - rate);
    }
    return error;
  }

  [[nodiscard]] bool within(const Lanes& error, const SweepSums& sums) const noexcept {
    if (since_jump_ < 2) return sums.change == Lanes{};  // no rate is known yet
    for (std::size_t l = 0; l < sweep_lanes; ++l) {
      if (!(error[l] <= std::max(problem_.tolerance, rounding * sums.size[l]))) return false;
    }
    return true;
  }

  const SweepProblem& problem_;
  std::vector<Lanes>& x_;
  std::vector<Lanes> changes_;
  Lanes change_{}, rate_{}, rate_before_{};
  std::size_t since_jump_ = 0;
};

}  // namespace

SweepResult solve_by_sweeps(const SweepProblem& problem, std::vector<Lanes>& x,
                            std::size_t most_sweeps) {
  return Sweeper(problem, x).run(most_sweeps);
}

}  // namespace mta

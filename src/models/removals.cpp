#include "models/removals.hpp"

#include <algorithm>
#include <numeric>

#include "models/entrances.hpp"

namespace mta {
namespace {

double sum_of_products(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// Of two amounts that differ by rounding alone, nothing is lost.
double lost_share(double left, double all) {
  if (all == 0) return 0;
  const double lost = 1 - left / all;
  return lost < 1e-14 && lost > -1e-14 ? 0 : lost;
}

}  // namespace

RemovalSolver::RemovalSolver(const AbsorbingChain& chain, std::vector<double> visits,
                             std::vector<std::uint32_t> order)
    : chain_(chain), visits_(std::move(visits)), incoming_(chain, std::move(order)) {
  probability_ = sum_of_products(visits_, chain_.convert);
  value_ = sum_of_products(visits_, chain_.reward);
  solve_ahead();
}

/// An entrance is a probability, so that an error of what is expected from there counts at most in
/// full.
double RemovalSolver::error() const noexcept {
  return probability_ == 0 ? 0 : (ahead_error_ + entrance_error_) / probability_;
}

/// What each state can expect: conversions in lane 0, value in lane 1.
void RemovalSolver::solve_ahead() {
  SweepRows rows{chain_.row, chain_.to, chain_.probability, {}};
  rows.order.resize(chain_.size());
  std::iota(rows.order.begin(), rows.order.end(), 0u);
  std::vector<Lanes> b(chain_.size());
  for (std::size_t s = 0; s < b.size(); ++s) b[s] = {chain_.convert[s], chain_.reward[s]};
  std::vector<Lanes> x = b;
  const SweepResult result = solve_by_sweeps(
      {.rows = rows, .b = b, .b_all = {}, .factor = {}, .mask = {}}, x, most_sweeps);
  if (!result.converged) {
    ChainSolution exact = solve_chain(chain_);
    convert_ = std::move(exact.convert);
    reward_ = std::move(exact.value);
    return;
  }
  ahead_error_ = result.error[0];
  for (const Lanes& expected : x) {
    convert_.push_back(expected[0]);
    reward_.push_back(expected[1]);
  }
}

std::vector<std::uint8_t> RemovalSolver::masks(std::span<const Removal> removals) const {
  std::vector<std::uint8_t> mask(chain_.size());
  for (std::size_t l = 0; l < removals.size(); ++l) {
    for (const std::uint32_t state : removals[l].states)
      mask[state] |= static_cast<std::uint8_t>(1u << l);
  }
  return mask;
}

Entrances RemovalSolver::entrances(const AbsorbingChain& chain, const IncomingArcs& incoming,
                                   std::span<const Removal> removals) {
  Entrances entrances(chain, incoming, masks(removals), visits_, 1e-15 * probability_,
                      removals.size());
  entrance_error_ = std::max(entrance_error_, entrances.error());
  return entrances;
}

/// What those lose who come to the states that are removed.
RemovalShare RemovalSolver::lost_at(const Removal& removal, const Entrances& entrances,
                                    std::size_t lane) const {
  RemovalShare lost;
  for (const std::uint32_t state : removal.states) {
    const double first = entrances.first(state)[lane];
    lost.conversions += first * convert_[state];
    lost.value += first * reward_[state];
  }
  return lost;
}

RemovalShare RemovalSolver::share(const RemovalShare& lost) const noexcept {
  return {probability_ == 0 ? 0 : std::min(1.0, lost.conversions / probability_),
          value_ == 0 ? 0 : lost.value / value_};
}

std::vector<RemovalShare> RemovalSolver::to_null(std::span<const Removal> removals) {
  std::vector<RemovalShare> shares;
  while (!removals.empty()) {
    const auto block = removals.first(std::min(removals.size(), sweep_lanes));
    const Entrances first = entrances(chain_, incoming_, block);
    for (std::size_t l = 0; l < block.size(); ++l) {
      shares.push_back(share(lost_at(block[l], first, l)));
    }
    removals = removals.subspan(block.size());
  }
  return shares;
}

RemovalShare RemovalSolver::to_null_with_arcs(const Removal& removal) {
  std::vector<char> gone_arc(chain_.to.size()), nowhere(chain_.size());
  for (const std::size_t arc : removal.arcs) gone_arc[arc] = 1;
  const AbsorbingChain rest = without(chain_, nowhere, gone_arc);
  const IncomingArcs incoming(rest, incoming_.rows.order);
  const Entrances first = entrances(rest, incoming, std::span(&removal, 1));
  RemovalShare lost = lost_at(removal, first, 0);
  for (std::uint32_t from = 0; from < chain_.size(); ++from) {
    for (std::size_t arc = chain_.row[from]; arc < chain_.row[from + 1]; ++arc) {
      if (!gone_arc[arc]) continue;
      const double taken = first.visits()[from][0] * chain_.probability[arc];
      lost.conversions += taken * convert_[chain_.to[arc]];
      lost.value += taken * reward_[chain_.to[arc]];
    }
  }
  return share(lost);
}

/// States that can leave the chain without passing a removed one: the others would go round for
/// ever, and lead to NULL.
std::vector<char> RemovalSolver::can_leave(std::span<const std::uint8_t> mask,
                                           std::size_t lane) const {
  const auto removed = [&](std::uint32_t state) { return (mask[state] >> lane & 1) != 0; };
  std::vector<char> can(chain_.size());
  std::vector<std::uint32_t> todo;
  for (std::uint32_t s = 0; s < chain_.size(); ++s) {
    if (removed(s) || chain_.leave[s] == 0) continue;
    can[s] = 1;
    todo.push_back(s);
  }
  while (!todo.empty()) {
    const std::uint32_t s = todo.back();
    todo.pop_back();
    const std::uint32_t place = incoming_.place[s];
    for (std::size_t at = incoming_.rows.row[place]; at < incoming_.rows.row[place + 1]; ++at) {
      const std::uint32_t from = incoming_.rows.column[at];
      if (can[from] || removed(from)) continue;
      can[from] = 1;
      todo.push_back(from);
    }
  }
  return can;
}

/// What each state's other arcs are multiplied by; 0 for the states removed and those that lead
/// nowhere else.
std::vector<Lanes> RemovalSolver::factors(std::span<const std::uint8_t> mask,
                                          std::size_t lanes) const {
  std::vector<Lanes> factor(chain_.size());
  for (std::size_t l = 0; l < lanes; ++l) {
    const std::vector<char> can = can_leave(mask, l);
    for (std::uint32_t s = 0; s < chain_.size(); ++s) {
      if (!can[s]) continue;
      double stays = chain_.leave[s];
      for (std::size_t arc = chain_.row[s]; arc < chain_.row[s + 1]; ++arc) {
        if ((mask[chain_.to[arc]] >> l & 1) == 0) stays += chain_.probability[arc];
      }
      factor[s][l] = 1.0 / stays;
    }
  }
  return factor;
}

/// The same by elimination, where sweeps do not end.
void RemovalSolver::eliminate_scaled(std::span<const std::uint8_t> mask,
                                     const std::vector<Lanes>& factor, std::size_t lane,
                                     std::vector<Lanes>& x) const {
  AbsorbingChain scaled;
  for (std::uint32_t s = 0; s < chain_.size(); ++s) {
    const double f = factor[s][lane];
    double leave = f == 0 ? 1.0 : chain_.leave[s] * f;
    for (std::size_t arc = chain_.row[s]; f != 0 && arc < chain_.row[s + 1]; ++arc) {
      const std::uint32_t to = chain_.to[arc];
      if (factor[to][lane] != 0) {
        scaled.to.push_back(to);
        scaled.probability.push_back(chain_.probability[arc] * f);
      } else if ((mask[to] >> lane & 1) == 0) {
        leave += chain_.probability[arc] * f;
      }
    }
    scaled.row.push_back(scaled.to.size());
    scaled.start.push_back(f == 0 ? 0 : chain_.start[s]);
    scaled.leave.push_back(leave);
    scaled.convert.push_back(0);
    scaled.reward.push_back(0);
  }
  const ChainSolution exact = solve_chain(scaled);
  for (std::size_t s = 0; s < x.size(); ++s) x[s][lane] = exact.visits[s] * factor[s][lane];
}

void RemovalSolver::add_renormalized(std::span<const Removal> removals,
                                     std::vector<RemovalShare>& shares) {
  const std::vector<std::uint8_t> mask = masks(removals);
  const std::vector<Lanes> factor = factors(mask, removals.size());
  std::vector<Lanes> x(chain_.size());
  const SweepResult result = solve_by_sweeps({.rows = incoming_.rows,
                                              .b = {},
                                              .b_all = chain_.start,
                                              .factor = factor,
                                              .mask = {},
                                              .tolerance = 1e-15 * probability_},
                                             x, most_sweeps);
  if (result.converged) entrance_error_ = std::max(entrance_error_, largest_error(result));
  for (std::size_t l = 0; l < removals.size(); ++l) {
    if (!result.converged) eliminate_scaled(mask, factor, l, x);
    double starts = 0, converts = 0, earns = 0;
    for (std::size_t s = 0; s < chain_.size(); ++s) {
      if ((mask[s] >> l & 1) == 0) starts += chain_.start[s];
      converts += x[s][l] * chain_.convert[s];
      earns += x[s][l] * chain_.reward[s];
    }
    const double whole = starts == 0 ? 0 : 1 / starts;
    shares.push_back(
        {lost_share(converts * whole, probability_), lost_share(earns * whole, value_)});
  }
}

std::vector<RemovalShare> RemovalSolver::renormalized(std::span<const Removal> removals) {
  std::vector<RemovalShare> shares;
  while (!removals.empty()) {
    const auto block = removals.first(std::min(removals.size(), sweep_lanes));
    add_renormalized(block, shares);
    removals = removals.subspan(block.size());
  }
  return shares;
}

}  // namespace mta

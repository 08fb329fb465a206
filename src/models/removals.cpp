#include "models/removals.hpp"

#include <algorithm>
#include <numeric>

namespace mta {
namespace {

std::vector<std::uint32_t> places_in(std::span<const std::uint32_t> order) {
  std::vector<std::uint32_t> place(order.size());
  for (std::uint32_t p = 0; p < order.size(); ++p) place[order[p]] = p;
  return place;
}

/// Arcs by where they lead.
SweepRows incoming_rows(const AbsorbingChain& chain, std::vector<std::uint32_t> order,
                        std::span<const std::uint32_t> place) {
  SweepRows rows;
  rows.order = std::move(order);
  rows.row.assign(chain.size() + 1, 0);
  for (const std::uint32_t to : chain.to) ++rows.row[place[to] + 1];
  std::partial_sum(rows.row.begin(), rows.row.end(), rows.row.begin());
  rows.column.resize(chain.to.size());
  rows.value.resize(chain.to.size());
  std::vector<std::size_t> next(rows.row.begin(), rows.row.end() - 1);
  for (std::uint32_t from = 0; from < chain.size(); ++from) {
    for (std::size_t arc = chain.row[from]; arc < chain.row[from + 1]; ++arc) {
      const std::size_t at = next[place[chain.to[arc]]]++;
      rows.column[at] = from;
      rows.value[at] = chain.probability[arc];
    }
  }
  return rows;
}

double sum_of_products(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// A chain without some of its states and arcs: what led there leaves.
AbsorbingChain without(const AbsorbingChain& chain, std::span<const char> gone_state,
                       std::span<const char> gone_arc) {
  AbsorbingChain rest = chain;
  for (std::uint32_t from = 0; from < chain.size(); ++from) {
    for (std::size_t arc = chain.row[from]; arc < chain.row[from + 1]; ++arc) {
      const bool gone =
          gone_state[from] || gone_state[chain.to[arc]] || (!gone_arc.empty() && gone_arc[arc]);
      if (!gone) continue;
      rest.leave[from] += rest.probability[arc];
      rest.probability[arc] = 0;
    }
    if (gone_state[from]) rest.start[from] = 0, rest.leave[from] = 1;
  }
  return rest;
}

/// Of two amounts that differ by rounding alone, nothing is lost.
double lost_share(double left, double all) {
  if (all == 0) return 0;
  const double lost = 1 - left / all;
  return lost < 1e-14 && lost > -1e-14 ? 0 : lost;
}

/// Arcs of probability 0 are none to the elimination.
AbsorbingChain without_zeros(const AbsorbingChain& chain) {
  AbsorbingChain rest;
  for (std::size_t from = 0; from < chain.size(); ++from) {
    for (std::size_t arc = chain.row[from]; arc < chain.row[from + 1]; ++arc) {
      if (chain.probability[arc] == 0) continue;
      rest.to.push_back(chain.to[arc]);
      rest.probability.push_back(chain.probability[arc]);
    }
    rest.row.push_back(rest.to.size());
  }
  rest.start = chain.start;
  rest.leave = chain.leave;
  rest.convert = chain.convert;
  rest.reward = chain.reward;
  return rest;
}

}  // namespace

RemovalSolver::RemovalSolver(const AbsorbingChain& chain, std::vector<double> visits,
                             std::vector<std::uint32_t> order)
    : chain_(chain),
      visits_(std::move(visits)),
      place_(places_in(order)),
      incoming_(incoming_rows(chain, std::move(order), place_)) {
  probability_ = sum_of_products(visits_, chain_.convert);
  value_ = sum_of_products(visits_, chain_.reward);
  solve_ahead();
}

void RemovalSolver::note_error(const SweepResult& result) {
  if (!result.converged || probability_ == 0) return;
  const double worst = *std::max_element(result.error.begin(), result.error.end());
  error_ = std::max(error_, worst / probability_);
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
  convert_.resize(chain_.size());
  reward_.resize(chain_.size());
  if (!result.converged) {
    const ChainSolution exact = solve_chain(chain_);
    convert_ = exact.convert;
    reward_ = exact.value;
    return;
  }
  for (std::size_t s = 0; s < x.size(); ++s) {
    convert_[s] = x[s][0];
    reward_[s] = x[s][1];
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

/// Visits from START until the first state whose bit is set: there x is 0.
std::vector<Lanes> RemovalSolver::enter(std::span<const std::uint8_t> mask, std::size_t lanes) {
  std::vector<Lanes> x(chain_.size());
  for (std::size_t s = 0; s < x.size(); ++s) {
    for (std::size_t l = 0; l < sweep_lanes; ++l)
      x[s][l] = (mask[s] >> l & 1) != 0 ? 0.0 : visits_[s];
  }
  const SweepResult result = solve_by_sweeps({.rows = incoming_,
                                              .b = {},
                                              .b_all = chain_.start,
                                              .factor = {},
                                              .mask = mask,
                                              .tolerance = 1e-15 * probability_},
                                             x, most_sweeps);
  note_error(result);
  if (!result.converged) {
    for (std::size_t l = 0; l < lanes; ++l) eliminate_lane(mask, l, x);
  }
  return x;
}

void RemovalSolver::eliminate_lane(std::span<const std::uint8_t> mask, std::size_t lane,
                                   std::vector<Lanes>& x) const {
  std::vector<char> gone(chain_.size());
  for (std::size_t s = 0; s < gone.size(); ++s) gone[s] = static_cast<char>(mask[s] >> lane & 1);
  const ChainSolution exact = solve_chain(without_zeros(without(chain_, gone, {})));
  for (std::size_t s = 0; s < gone.size(); ++s) x[s][lane] = gone[s] ? 0.0 : exact.visits[s];
}

/// The probability that a state is the first of those removed that a journey comes to.
Lanes RemovalSolver::entrance(std::uint32_t state, const std::vector<Lanes>& x) const noexcept {
  Lanes sum;
  sum.fill(chain_.start[state]);
  const std::uint32_t place = place_[state];
  for (std::size_t at = incoming_.row[place]; at < incoming_.row[place + 1]; ++at) {
    const Lanes& from = x[incoming_.column[at]];
    for (std::size_t l = 0; l < sweep_lanes; ++l) sum[l] += incoming_.value[at] * from[l];
  }
  return sum;
}

void RemovalSolver::add_block(std::span<const Removal> removals,
                              std::vector<RemovalShare>& shares) {
  const std::vector<std::uint8_t> mask = masks(removals);
  const std::vector<Lanes> x = enter(mask, removals.size());
  for (std::size_t l = 0; l < removals.size(); ++l) {
    RemovalShare lost;
    for (const std::uint32_t state : removals[l].states) {
      const double first = entrance(state, x)[l];
      lost.conversions += first * convert_[state];
      lost.value += first * reward_[state];
    }
    shares.push_back({probability_ == 0 ? 0 : std::min(1.0, lost.conversions / probability_),
                      value_ == 0 ? 0 : lost.value / value_});
  }
}

std::vector<RemovalShare> RemovalSolver::to_null(std::span<const Removal> removals) {
  std::vector<RemovalShare> shares;
  for (; removals.size() > sweep_lanes; removals = removals.subspan(sweep_lanes)) {
    add_block(removals.first(sweep_lanes), shares);
  }
  if (!removals.empty()) add_block(removals, shares);
  return shares;
}

RemovalShare RemovalSolver::to_null_with_arcs(const Removal& removal) {
  std::vector<char> gone_arc(chain_.to.size()), nowhere(chain_.size());
  for (const std::size_t arc : removal.arcs) gone_arc[arc] = 1;
  const AbsorbingChain rest = without(chain_, nowhere, gone_arc);
  RemovalSolver solver(rest, visits_, incoming_.order);
  const std::vector<std::uint8_t> mask = masks(std::span(&removal, 1));
  const std::vector<Lanes> x = solver.enter(mask, 1);
  error_ = std::max(error_, solver.error_);
  RemovalShare lost;
  for (const std::uint32_t state : removal.states) {
    const double first = solver.entrance(state, x)[0];
    lost.conversions += first * convert_[state];
    lost.value += first * reward_[state];
  }
  for (std::uint32_t from = 0; from < chain_.size(); ++from) {
    for (std::size_t arc = chain_.row[from]; arc < chain_.row[from + 1]; ++arc) {
      if (!gone_arc[arc]) continue;
      const double taken = x[from][0] * chain_.probability[arc];
      lost.conversions += taken * convert_[chain_.to[arc]];
      lost.value += taken * reward_[chain_.to[arc]];
    }
  }
  return {probability_ == 0 ? 0 : std::min(1.0, lost.conversions / probability_),
          value_ == 0 ? 0 : lost.value / value_};
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
    const std::uint32_t place = place_[s];
    for (std::size_t at = incoming_.row[place]; at < incoming_.row[place + 1]; ++at) {
      const std::uint32_t from = incoming_.column[at];
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
  const SweepResult result = solve_by_sweeps({.rows = incoming_,
                                              .b = {},
                                              .b_all = chain_.start,
                                              .factor = factor,
                                              .mask = {},
                                              .tolerance = 1e-15 * probability_},
                                             x, most_sweeps);
  note_error(result);
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
  for (; removals.size() > sweep_lanes; removals = removals.subspan(sweep_lanes)) {
    add_renormalized(removals.first(sweep_lanes), shares);
  }
  if (!removals.empty()) add_renormalized(removals, shares);
  return shares;
}

}  // namespace mta

#include "models/state_elimination.hpp"

#include <cassert>

#include "models/dense_inverse.hpp"

namespace mta {
namespace {

// A state goes to the dense core where its products of neighbours exceed this share of the core's
// area. For 2,000 and 5,000 channels of few neighbours the time is flat from 16 to 64, and memory
// is least at 64.
constexpr std::uint64_t dense_gain = 64;

}  // namespace

StateElimination::StateElimination(const AbsorbingChain& chain)
    : chain_(chain),
      before_(chain.size()),
      after_(chain.size()),
      before_count_(chain.size()),
      after_count_(chain.size()),
      alive_(chain.size(), 1),
      alive_count_(chain.size()),
      leave_(chain.leave),
      pairs_(chain.to.size()) {
  for (std::uint32_t from = 0; from < chain.size(); ++from) {
    for (std::size_t arc = chain.row[from]; arc < chain.row[from + 1]; ++arc) {
      const std::uint32_t to = chain.to[arc];
      pairs_(from, to) = chain.probability[arc];
      after_[from].push_back(to);
      before_[to].push_back(from);
      ++after_count_[from];
      ++before_count_[to];
    }
  }
}

std::uint64_t StateElimination::cost(std::uint32_t state) const noexcept {
  return std::uint64_t{before_count_[state]} * after_count_[state];
}

void StateElimination::eliminate(const ChainLimits& limits) {
  for (std::uint32_t state = 0; state < chain_.size(); ++state) queue_.emplace(cost(state), state);
  while (!queue_.empty() && alive_count_ > limits.small) {
    const auto [price, state] = queue_.top();
    queue_.pop();
    if (!alive_[state] || price != cost(state)) continue;  // what has changed was queued anew
    const std::uint64_t dense_price = std::uint64_t{alive_count_} * alive_count_ / dense_gain;
    if (price > dense_price && alive_count_ <= limits.core) break;
    if (pairs_.size() + price > limits.arcs) break;
    eliminate_state(state);
  }
}

std::vector<StateElimination::Neighbour> StateElimination::living(std::vector<std::uint32_t>& list,
                                                                  std::uint32_t state,
                                                                  bool before) {
  std::vector<Neighbour> neighbours;
  for (const std::uint32_t other : list) {
    if (!alive_[other]) continue;
    neighbours.push_back({other, before ? pairs_(other, state) : pairs_(state, other)});
  }
  list = {};
  return neighbours;
}

void StateElimination::eliminate_state(std::uint32_t state) {
  Eliminated gone{state, leave_[state], living(before_[state], state, true),
                  living(after_[state], state, false)};
  for (const Neighbour& next : gone.after) gone.leave += next.probability;
  alive_[state] = 0;
  --alive_count_;
  for (const Neighbour& next : gone.after) --before_count_[next.state];
  for (const Neighbour& before : gone.before) {
    --after_count_[before.state];
    reroute(before, gone);
  }
  for (const Neighbour& next : gone.after) queue_.emplace(cost(next.state), next.state);
  for (const Neighbour& before : gone.before) queue_.emplace(cost(before.state), before.state);
  gone_.push_back(std::move(gone));
}

void StateElimination::reroute(const Neighbour& before, const Eliminated& gone) {
  const double share = before.probability / gone.leave;
  leave_[before.state] += share * leave_[gone.state];
  for (const Neighbour& next : gone.after) {
    if (next.state == before.state) continue;  // a loop: nobody leaves by it
    const std::size_t known = pairs_.size();
    pairs_(before.state, next.state) += share * next.probability;
    if (pairs_.size() == known) continue;
    after_[before.state].push_back(next.state);
    before_[next.state].push_back(before.state);
    ++after_count_[before.state];
    ++before_count_[next.state];
  }
}

void StateElimination::invert_core() {
  core_index_.assign(chain_.size(), 0);
  for (std::uint32_t state = 0; state < chain_.size(); ++state) {
    if (!alive_[state]) continue;
    core_index_[state] = core_.size();
    core_.push_back(state);
  }
  const std::size_t n = core_.size();
  core_visits_.assign(n * (n + 1), 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    core_visits_[n * n + i] = leave_[core_[i]];
    for (const std::uint32_t to : after_[core_[i]]) {
      if (alive_[to]) core_visits_[core_index_[to] * n + i] = pairs_(core_[i], to);
    }
  }
  invert_transient({core_visits_.data(), n, n + 1, n}, n, Visits::all);
  returns_.assign(chain_.size(), 0.0);
  for (std::size_t i = 0; i < n; ++i) returns_[core_[i]] = core_visits_[i * n + i];
}

/// Visits to `to` from `from`, of which at least one of the arcs between them is known: `to` to
/// `from`.
double& StateElimination::visits(std::uint32_t from, std::uint32_t to) {
  if (from == to) return returns_[from];
  if (alive_[from] && alive_[to]) {
    return core_visits_[core_index_[to] * core_.size() + core_index_[from]];
  }
  return pairs_(to, from);
}

/// Visits between a state and its neighbours from those among its neighbours: where the walk first
/// goes from it, and from where it last comes to it.
void StateElimination::step_back(const Eliminated& gone) {
  std::vector<double> from_gone(gone.before.size()), to_gone(gone.after.size());
  for (std::size_t s = 0; s < gone.after.size(); ++s) {
    for (std::size_t p = 0; p < gone.before.size(); ++p) {
      const double between = visits(gone.after[s].state, gone.before[p].state);
      from_gone[p] += gone.after[s].probability * between;
      to_gone[s] += between * gone.before[p].probability;
    }
  }
  double again = 0;
  for (std::size_t s = 0; s < gone.after.size(); ++s) {
    to_gone[s] /= gone.leave;
    again += gone.after[s].probability * to_gone[s];
    pairs_(gone.state, gone.after[s].state) = to_gone[s];
  }
  for (std::size_t p = 0; p < gone.before.size(); ++p) {
    pairs_(gone.before[p].state, gone.state) = from_gone[p] / gone.leave;
  }
  returns_[gone.state] = (1.0 + again) / gone.leave;
}

void StateElimination::push_forward(ChainSolution& solution) const {
  for (const Eliminated& gone : gone_) {
    const double arrivals = solution.visits[gone.state] / gone.leave;
    for (const Neighbour& next : gone.after)
      solution.visits[next.state] += arrivals * next.probability;
    for (const Neighbour& before : gone.before) {
      const double share = before.probability / gone.leave;
      solution.convert[before.state] += share * solution.convert[gone.state];
      solution.value[before.state] += share * solution.value[gone.state];
    }
  }
}

void StateElimination::solve_core(ChainSolution& solution) const {
  const std::size_t n = core_.size();
  std::vector<double> visits(n), convert(n), value(n);
  for (std::size_t j = 0; j < n; ++j) {
    const double* const to_j = core_visits_.data() + j * n;
    for (std::size_t i = 0; i < n; ++i) {
      visits[j] += solution.visits[core_[i]] * to_j[i];
      convert[i] += to_j[i] * solution.convert[core_[j]];
      value[i] += to_j[i] * solution.value[core_[j]];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    solution.visits[core_[i]] = visits[i];
    solution.convert[core_[i]] = convert[i];
    solution.value[core_[i]] = value[i];
  }
}

void StateElimination::pull_back(ChainSolution& solution) const {
  for (auto gone = gone_.rbegin(); gone != gone_.rend(); ++gone) {
    double& visits = solution.visits[gone->state];
    double& convert = solution.convert[gone->state];
    double& value = solution.value[gone->state];
    for (const Neighbour& before : gone->before) {
      visits += solution.visits[before.state] * before.probability;
    }
    for (const Neighbour& next : gone->after) {
      convert += next.probability * solution.convert[next.state];
      value += next.probability * solution.value[next.state];
    }
    visits /= gone->leave;
    convert /= gone->leave;
    value /= gone->leave;
  }
}

ChainSolution StateElimination::solve() {
  ChainSolution solution{chain_.start, {}, chain_.convert, chain_.reward};
  invert_core();
  push_forward(solution);
  solve_core(solution);
  pull_back(solution);
  for (auto gone = gone_.rbegin(); gone != gone_.rend(); ++gone) step_back(*gone);
  solution.returns = returns_;
  return solution;
}

}  // namespace mta

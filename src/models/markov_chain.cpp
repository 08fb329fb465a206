#include "models/markov_chain.hpp"

#include <algorithm>
#include <cmath>

namespace mta {
namespace {

__extension__ typedef unsigned __int128 Wide;
using Transition = TransitionCounts::Transition;

constexpr std::uint32_t absent = ~std::uint32_t{0};

double ratio(Wide part, Wide whole) noexcept {
  return static_cast<double>(part) / static_cast<double>(whole);
}

/// Counts as a graph: transitions in CSR order, and what leaves each channel.
struct Graph {
  explicit Graph(const Markov::State& state)
      : steps(state.transitions.sorted()), row(state.ends.size() + 1), out(state.ends.size()) {
    for (const Transition& step : steps) {
      ++row[step.from + 1];
      out[step.from] += step.count;
    }
    for (std::size_t c = 0; c < out.size(); ++c) {
      row[c + 1] += row[c];
      out[c] += Wide{state.ends[c].conversions} + state.ends[c].nulls;
      starts += state.ends[c].first;
    }
  }

  std::vector<Transition> steps;
  std::vector<std::size_t> row;
  std::vector<Wide> out;
  Wide starts = 0;
};

/// Channels that START reaches, each once, in an order of discovery.
std::vector<char> reachable(const Markov::State& state, const Graph& graph) {
  std::vector<char> seen(state.ends.size());
  std::vector<std::uint32_t> todo;
  const auto visit = [&](std::uint32_t c) {
    if (seen[c]) return;
    seen[c] = 1;
    todo.push_back(c);
  };
  for (std::uint32_t c = 0; c < seen.size(); ++c) {
    if (state.ends[c].first != 0) visit(c);
  }
  while (!todo.empty()) {
    const std::uint32_t c = todo.back();
    todo.pop_back();
    for (std::size_t arc = graph.row[c]; arc < graph.row[c + 1]; ++arc) visit(graph.steps[arc].to);
  }
  return seen;
}

/// Channels that lead to CONVERSION sooner or later.
std::vector<char> converting(const Markov::State& state, const Graph& graph) {
  const std::size_t n = state.ends.size();
  std::vector<std::size_t> column(n + 1);
  for (const Transition& step : graph.steps) ++column[step.to + 1];
  for (std::size_t c = 0; c < n; ++c) column[c + 1] += column[c];
  std::vector<std::uint32_t> from(graph.steps.size());
  std::vector<std::size_t> free(column.begin(), column.end() - 1);
  for (const Transition& step : graph.steps) from[free[step.to]++] = step.from;

  std::vector<char> seen(n);
  std::vector<std::uint32_t> todo;
  const auto visit = [&](std::uint32_t c) {
    if (seen[c]) return;
    seen[c] = 1;
    todo.push_back(c);
  };
  for (std::uint32_t c = 0; c < n; ++c) {
    if (state.ends[c].conversions != 0) visit(c);
  }
  while (!todo.empty()) {
    const std::uint32_t c = todo.back();
    todo.pop_back();
    for (std::size_t arc = column[c]; arc < column[c + 1]; ++arc) visit(from[arc]);
  }
  return seen;
}

/// The channels that matter, as a chain: all others have no effect, and would make I - Q singular.
AbsorbingChain restricted(const Markov::State& state, const Graph& graph,
                          std::span<const std::uint32_t> kept,
                          std::span<const std::uint32_t> number) {
  AbsorbingChain chain;
  for (const std::uint32_t c : kept) {
    const Markov::State::Ends& ends = state.ends[c];
    Wide leave = Wide{ends.conversions} + ends.nulls;
    for (std::size_t arc = graph.row[c]; arc < graph.row[c + 1]; ++arc) {
      const Transition& step = graph.steps[arc];
      if (number[step.to] == absent) {
        leave += step.count;
        continue;
      }
      chain.to.push_back(number[step.to]);
      chain.probability.push_back(ratio(step.count, graph.out[c]));
    }
    chain.row.push_back(chain.to.size());
    chain.start.push_back(ratio(ends.first, graph.starts));
    chain.leave.push_back(ratio(leave, graph.out[c]));
    chain.convert.push_back(ratio(ends.conversions, graph.out[c]));
    // Value is earned by converting; where nothing converts any more, the chain cannot earn it.
    chain.reward.push_back(ends.conversions == 0 ? 0
                                                 : static_cast<double>(ends.value) /
                                                       static_cast<double>(graph.out[c]));
  }
  return chain;
}

double sum_of_products(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// Refunds make sums of value cancel; what remains below zero is no effect if it is but rounding.
void drop_rounding_noise(std::vector<double>& effects) {
  double largest = 0;
  for (const double effect : effects) largest = std::max(largest, std::abs(effect));
  for (double& effect : effects) {
    if (effect < 0 && effect > -1e-12 * largest) effect = 0;
  }
}

}  // namespace

RemovalEffects removal_effects(const Markov::State& state, const ChainLimits& limits) {
  const std::size_t n = state.ends.size();
  RemovalEffects effects{std::vector<double>(n), std::vector<double>(n)};
  const Graph graph(state);
  const std::vector<char> from_start = reachable(state, graph),
                          to_conversion = converting(state, graph);
  std::vector<std::uint32_t> kept, number(n, absent);
  for (std::uint32_t c = 0; c < n; ++c) {
    if (!from_start[c] || !to_conversion[c]) continue;
    number[c] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(c);
  }
  if (kept.empty()) return effects;
  const AbsorbingChain chain = restricted(state, graph, kept, number);
  const ChainSolution solution = solve_chain(chain, limits);
  effects.conversion_probability = sum_of_products(chain.start, solution.convert);
  const double value = sum_of_products(chain.start, solution.value);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const double reached =
        solution.visits[i] / solution.returns[i];  // probability of ever coming here
    effects.conversions[kept[i]] =
        std::min(1.0, reached * solution.convert[i] / effects.conversion_probability);
    if (value != 0) effects.value[kept[i]] = reached * solution.value[i] / value;
  }
  drop_rounding_noise(effects.value);
  return effects;
}

std::vector<MarkovArc> markov_arcs(const Markov::State& state) {
  const auto start = static_cast<std::uint32_t>(state.ends.size());
  const std::uint32_t conversion = start + 1, null = start + 2;
  const Graph graph(state);
  std::vector<MarkovArc> arcs;
  const auto add = [&arcs](std::uint32_t from, std::uint32_t to, Wide count, Wide out) {
    if (count != 0) arcs.push_back({from, to, ratio(count, out)});
  };
  for (std::uint32_t c = 0; c < start; ++c) {
    for (std::size_t arc = graph.row[c]; arc < graph.row[c + 1]; ++arc) {
      add(c, graph.steps[arc].to, graph.steps[arc].count, graph.out[c]);
    }
    add(c, conversion, state.ends[c].conversions, graph.out[c]);
    add(c, null, state.ends[c].nulls, graph.out[c]);
  }
  for (std::uint32_t c = 0; c < start; ++c) add(start, c, state.ends[c].first, graph.starts);
  return arcs;
}

}  // namespace mta

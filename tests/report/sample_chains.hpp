#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "mta/report/journey_graph.hpp"

namespace mta::test {

struct NamedArc {
  std::string from, to;
  double probability = 0;
};

/// A chain with those channels, as if a million journeys had left each state.
inline Chain chain_of(const std::vector<std::string>& channels, const std::vector<NamedArc>& arcs) {
  Chain chain{{"START", "CONV", "NULL"}, {}};
  chain.states.insert(chain.states.end(), channels.begin(), channels.end());
  const auto number = [&](const std::string& name) {
    return static_cast<std::uint32_t>(std::find(chain.states.begin(), chain.states.end(), name) -
                                      chain.states.begin());
  };
  for (const NamedArc& arc : arcs) {
    chain.arcs.push_back({number(arc.from),
                          number(arc.to),
                          {std::llround(arc.probability * 1e12)},
                          arc.probability});
  }
  std::sort(chain.arcs.begin(), chain.arcs.end(), [](const ChainArc& a, const ChainArc& b) {
    return std::tie(a.from, a.to) < std::tie(b.from, b.to);
  });
  return chain;
}

/// The worked example of docs/graph.md.
inline Chain two_channels() {
  return chain_of({"A", "B"}, {{"START", "A", .6},
                               {"START", "B", .4},
                               {"A", "CONV", .5},
                               {"A", "B", .3},
                               {"A", "NULL", .2},
                               {"B", "CONV", .25},
                               {"B", "A", .25},
                               {"B", "NULL", .5}});
}

/// "START A CONV".
inline std::string text_of(const Chain& chain, const std::vector<std::uint32_t>& states) {
  std::string text;
  for (const std::uint32_t state : states) text += (text.empty() ? "" : " ") + chain.states[state];
  return text;
}

/// A number below `end`.
inline std::uint32_t below(std::mt19937& random, std::uint32_t end) {
  return static_cast<std::uint32_t>(random() % end);
}

/// Any graph of so many states: arcs stand where chance has it, with a probability from `of`. What
/// leaves a state need not add up to 1.
inline Chain random_chain(std::mt19937& random, std::uint32_t states, std::uint32_t of_ten,
                          const std::vector<double>& of) {
  Chain chain{std::vector<std::string>(states, "x"), {}};
  for (std::uint32_t from = 0; from < states; ++from) {
    for (std::uint32_t to = 0; to < states; ++to) {
      if (below(random, 10) < of_ten) {
        chain.arcs.push_back(
            {from, to, {1'000'000}, of[below(random, static_cast<std::uint32_t>(of.size()))]});
      }
    }
  }
  return chain;
}

/// Oracle: calls `visit` with the arcs of every path without a loop.
inline void each_path(const Chain& chain, std::uint32_t from, std::uint32_t to,
                      const std::function<void(const std::vector<ChainArc>&)>& visit) {
  std::vector<ChainArc> path;
  std::vector<char> on_path(chain.states.size());
  const std::function<void(std::uint32_t)> walk = [&](std::uint32_t state) {
    if (state == to) return visit(path);
    on_path[state] = 1;
    for (const ChainArc& arc : chain.arcs) {
      if (arc.from != state || on_path[arc.to] != 0) continue;
      path.push_back(arc);
      walk(arc.to);
      path.pop_back();
    }
    on_path[state] = 0;
  };
  walk(from);
}

}  // namespace mta::test

#pragma once
#include <cstddef>
#include <functional>
#include <map>
#include <vector>

#include "gauss_jordan.hpp"
#include "mta/journeys/journeys.hpp"

namespace mta::test {

/// Markov of any order as the definition reads, obvious and slow: states are lists of channels;
/// what is removed is told by a predicate on states and one on arcs; the chain that is left is
/// solved by elimination with pivoting.
class GramOracle {
 public:
  using Gram = std::vector<std::size_t>;
  using HasState = std::function<bool(const Gram&)>;
  using HasArc = std::function<bool(const Gram& from, const Gram& to)>;
  struct Chance {
    double conversions = 0, value = 0;
  };

  GramOracle(JourneysView journeys, std::size_t order, bool with_nulls = true) {
    for (std::size_t i = 0; i < journeys.size(); ++i) {
      if (with_nulls || journeys[i].outcome != Outcome::null) add(journeys[i], order);
    }
  }

  [[nodiscard]] Chance whole() const {
    return solve([](const Gram&) { return false; }, no_arc, false);
  }
  /// What is lost, as a share, where those who come to the states or arcs go to NULL.
  [[nodiscard]] Chance effect(const HasState& states, const HasArc& arcs = no_arc) const {
    return lost(solve(states, arcs, false));
  }
  /// The same where they go where others go.
  [[nodiscard]] Chance renormalized_effect(const HasState& states) const {
    return lost(solve(states, no_arc, true));
  }
  static bool no_arc(const Gram& /*from*/, const Gram& /*to*/) { return false; }

 private:
  struct State {
    std::map<Gram, double> to;
    double first = 0, conversions = 0, nulls = 0, value = 0;
    [[nodiscard]] double out() const {
      double sum = conversions + nulls;
      for (const auto& [gram, count] : to) sum += count;
      return sum;
    }
  };

  void add(const Journey& journey, std::size_t order) {
    std::vector<Gram> walk;
    const std::size_t length = journey.channel.size(), width = std::min(order, length);
    for (std::size_t begin = 0; begin + width <= length; ++begin) {
      Gram gram;
      for (std::size_t t = begin; t < begin + width; ++t) gram.push_back(index(journey.channel[t]));
      if (walk.empty() || walk.back() != gram) walk.push_back(gram);
    }
    states_[walk.back()].value += static_cast<double>(journey.worth.value.units);
    if (journey.outcome == Outcome::refunded) return;
    const auto count = static_cast<double>(journey.count.units);
    states_[walk.front()].first += count;
    for (std::size_t i = 1; i < walk.size(); ++i) states_[walk[i - 1]].to[walk[i]] += count;
    State& last = states_[walk.back()];
    (journey.outcome == Outcome::converted ? last.conversions : last.nulls) += count;
  }

  [[nodiscard]] Chance lost(const Chance& left) const {
    const Chance all = whole();
    return {all.conversions == 0 ? 0 : 1 - left.conversions / all.conversions,
            all.value == 0 ? 0 : 1 - left.value / all.value};
  }

  /// States that come to a conversion without what is removed.
  [[nodiscard]] std::map<Gram, bool> able(const HasState& removed, const HasArc& arcs) const {
    std::map<Gram, bool> able;
    for (std::size_t round = 0; round <= states_.size(); ++round) {
      for (const auto& [gram, state] : states_) {
        bool can = state.conversions > 0;
        for (const auto& [to, count] : state.to)
          can = can || (count > 0 && !arcs(gram, to) && able[to]);
        able[gram] = can && !removed(gram);
      }
    }
    return able;
  }

  [[nodiscard]] Chance solve(const HasState& removed, const HasArc& arcs, bool renormalize) const {
    std::map<Gram, bool> able = this->able(removed, arcs);
    std::vector<Gram> kept;
    std::map<Gram, std::size_t> number;
    for (const auto& [gram, can] : able) {
      if (!can) continue;
      number[gram] = kept.size();
      kept.push_back(gram);
    }
    const std::size_t n = kept.size();
    std::vector<std::vector<double>> row(n, std::vector<double>(n + 2, 0.0));
    double starts = 0, starts_left = 0;
    for (const auto& [gram, state] : states_) {
      starts += state.first;
      if (!removed(gram)) starts_left += state.first;
    }
    for (std::size_t i = 0; i < n; ++i) {
      const State& state = states_.at(kept[i]);
      double out = state.out();
      if (renormalize) {
        for (const auto& [to, count] : state.to) out -= removed(to) ? count : 0;
      }
      row[i][i] += 1;
      for (const auto& [to, count] : state.to) {
        if (able.at(to) && !arcs(kept[i], to)) row[i][number.at(to)] -= count / out;
      }
      row[i][n] = state.conversions / out;
      row[i][n + 1] = state.conversions > 0 ? state.value / out : 0;
    }
    eliminate(row);
    Chance chance;
    for (std::size_t i = 0; i < n; ++i) {
      const double first = states_.at(kept[i]).first / (renormalize ? starts_left : starts);
      if (first == 0) continue;
      chance.conversions += first * row[i][n] / row[i][i];
      chance.value += first * row[i][n + 1] / row[i][i];
    }
    return chance;
  }

  std::map<Gram, State> states_;
};

}  // namespace mta::test

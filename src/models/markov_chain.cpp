#include "models/markov_chain.hpp"

#include <algorithm>
#include <numeric>

#include "models/effect_split.hpp"

namespace mta {
namespace {

using Wide = CountedChain::Wide;

double sum_of_products(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// All channels at once, from the inverse.
void factorise(const CountedChain& counted, const ChainLimits& limits, RemovalEffects& effects) {
  const RestrictedChain restricted(counted);
  if (restricted.kept.empty()) return;
  const ChainSolution solution = solve_chain(restricted.chain, limits);
  effects.conversion_probability = sum_of_products(restricted.chain.start, solution.convert);
  const double value = sum_of_products(restricted.chain.start, solution.value);
  for (std::size_t i = 0; i < restricted.kept.size(); ++i) {
    const std::uint32_t channel = restricted.kept[i];
    const double reached =
        solution.visits[i] / solution.returns[i];  // probability of ever coming here
    effects.conversions[channel] =
        std::min(1.0, reached * solution.convert[i] / effects.conversion_probability);
    if (value != 0) effects.value[channel] = reached * solution.value[i] / value;
  }
}

/// States in the order of their oldest channel, then the next: those that follow the same ones are
/// neighbours.
std::vector<std::uint32_t> sweep_order(const CountedChain& counted,
                                       std::span<const std::uint32_t> kept) {
  std::vector<std::uint32_t> order(kept.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    return std::ranges::lexicographical_compare(counted.gram(kept[a]), counted.gram(kept[b]));
  });
  return order;
}

bool any_of(std::span<const std::uint32_t> gram, const std::vector<ChannelId>& channels) {
  return std::ranges::any_of(channels, [&](ChannelId channel) {
    return std::ranges::find(gram, static_cast<std::uint32_t>(index(channel))) != gram.end();
  });
}

bool in_a_row(std::span<const std::uint32_t> gram, const std::vector<ChannelId>& channels) {
  return !std::ranges::search(gram, channels, {}, {}, [](ChannelId channel) {
            return static_cast<std::uint32_t>(index(channel));
          }).empty();
}

class ChainRemovals {
 public:
  ChainRemovals(const CountedChain& counted, Removed removed)
      : counted_(counted),
        removed_(removed),
        restricted_(counted, removed == Removed::to_null ? Keep::converting : Keep::reached),
        solver_(restricted_.chain, kept_visits(), sweep_order(counted, restricted_.kept)) {}

  [[nodiscard]] const RemovalSolver& solver() const noexcept { return solver_; }

  void channels(std::size_t count, RemovalEffects& effects) {
    std::vector<Removal> removals(count);
    for (std::uint32_t i = 0; i < restricted_.kept.size(); ++i) {
      for (const std::uint32_t channel : counted_.gram(restricted_.kept[i])) {
        if (channel == GramCounts::none) continue;
        auto& states = removals[channel].states;
        if (states.empty() || states.back() != i) states.push_back(i);
      }
    }
    const std::vector<RemovalShare> shares = solve(removals);
    for (std::size_t c = 0; c < count; ++c) {
      effects.conversions[c] = shares[c].conversions;
      effects.value[c] = shares[c].value;
    }
  }

  [[nodiscard]] RemovalShare other(const ChannelSequence& sequence) {
    Removal removal;
    for (std::uint32_t i = 0; i < restricted_.kept.size(); ++i) {
      const auto gram = counted_.gram(restricted_.kept[i]);
      const bool holds =
          sequence.in_order ? in_a_row(gram, sequence.channels) : any_of(gram, sequence.channels);
      if (holds) removal.states.push_back(i);
    }
    if (sequence.in_order && sequence.channels.size() == counted_.order + 1)
      add_arcs(sequence, removal);
    if (!removal.arcs.empty()) return solver_.to_null_with_arcs(removal);
    return solve(std::span(&removal, 1)).front();
  }

 private:
  [[nodiscard]] std::vector<double> kept_visits() const {
    std::vector<double> visits;
    for (const std::uint32_t state : restricted_.kept) {
      visits.push_back(ratio(counted_.out[state], counted_.starts));
    }
    return visits;
  }

  [[nodiscard]] std::vector<RemovalShare> solve(std::span<const Removal> removals) {
    return removed_ == Removed::to_null ? solver_.to_null(removals)
                                        : solver_.renormalized(removals);
  }

  /// A sequence one channel longer than a state is an arc.
  void add_arcs(const ChannelSequence& sequence, Removal& removal) const {
    const auto number = [](ChannelId channel) {
      return static_cast<std::uint32_t>(index(channel));
    };
    const std::span before(sequence.channels.data(), counted_.order);
    const auto& chain = restricted_.chain;
    for (std::uint32_t i = 0; i < restricted_.kept.size(); ++i) {
      if (!std::ranges::equal(counted_.gram(restricted_.kept[i]), before, {}, {}, number)) continue;
      for (std::size_t arc = chain.row[i]; arc < chain.row[i + 1]; ++arc) {
        const auto to = counted_.gram(restricted_.kept[chain.to[arc]]);
        if (to.back() == number(sequence.channels.back())) removal.arcs.push_back(arc);
      }
    }
  }

  const CountedChain& counted_;
  Removed removed_;
  RestrictedChain restricted_;
  RemovalSolver solver_;
};

}  // namespace

RemovalEffects removal_effects(const CountedChain& counted, const ChainQuestion& question) {
  RemovalEffects effects;
  effects.conversions.resize(question.channels);
  effects.value.resize(question.channels);
  const bool one_by_one = counted.order > 1 || question.removed != Removed::to_null;
  if (!one_by_one) factorise(counted, question.limits, effects);
  if (counted.size() > 0 && (one_by_one || !question.others.empty())) {
    ChainRemovals removals(counted, question.removed);
    if (one_by_one) {
      effects.conversion_probability = removals.solver().conversion_probability();
      removals.channels(question.channels, effects);
    }
    for (const ChannelSequence& other : question.others) {
      effects.others.push_back(removals.other(other));
    }
    effects.error = removals.solver().error();
  }
  effects.others.resize(question.others.size());
  drop_rounding_noise(effects.value);
  drop_rounding_noise(effects.conversions);
  return effects;
}

std::vector<MarkovArc> markov_arcs(const CountedChain& counted) {
  const auto start = static_cast<std::uint32_t>(counted.size());
  const std::uint32_t conversion = start + 1, null = start + 2;
  std::vector<MarkovArc> arcs;
  arcs.reserve(counted.steps.size() + 3 * counted.size());
  const auto add = [&arcs](std::uint32_t from, std::uint32_t to, std::uint64_t count, Wide out) {
    if (count == 0) return;
    arcs.push_back({from, to, ratio(count, out), {static_cast<std::int64_t>(count)}});
  };
  for (std::uint32_t s = 0; s < start; ++s) {
    for (std::size_t i = counted.row[s]; i < counted.row[s + 1]; ++i) {
      const CountedChain::Step& step = counted.steps[i];
      arcs.push_back({s, step.to, counted.probability[i], {static_cast<std::int64_t>(step.count)}});
    }
    add(s, conversion, counted.ends[s].conversions, counted.out[s]);
    add(s, null, counted.ends[s].nulls, counted.out[s]);
  }
  for (std::uint32_t s = 0; s < start; ++s) add(start, s, counted.ends[s].first, counted.starts);
  return arcs;
}

std::vector<double> expected_visits(const CountedChain& counted) {
  std::vector<double> visits(counted.size());
  for (std::size_t s = 0; s < visits.size(); ++s) {
    if (counted.out[s] != 0) visits[s] = ratio(counted.out[s], counted.starts);
  }
  return visits;
}

std::vector<double> steps_to_absorption(const CountedChain& counted) {
  const RestrictedChain restricted(counted, Keep::reached);
  AbsorbingChain steps = restricted.chain;
  steps.convert.assign(steps.size(), 1.0);  // every step earns one
  const ChainSolution solution = solve_chain(steps);
  std::vector<double> expected(counted.size());
  for (std::size_t i = 0; i < restricted.kept.size(); ++i) {
    expected[restricted.kept[i]] = solution.convert[i];
  }
  return expected;
}

}  // namespace mta

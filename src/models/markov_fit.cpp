#include <algorithm>
#include <limits>
#include <numeric>

#include "models/effect_split.hpp"
#include "models/markov_chain.hpp"
#include "models/markov_order.hpp"
#include "mta/core/error.hpp"
#include "mta/models/markov.hpp"

namespace mta {
namespace {

__extension__ typedef __int128 Wide;

std::int64_t checked(Wide sum, const char* what) {
  if (sum > std::numeric_limits<std::int64_t>::max() ||
      sum < -std::numeric_limits<std::int64_t>::max()) {
    throw Error(Errc::overflow,
                std::string("markov: all ") + what + " must add up to below 2^63 micro-units");
  }
  return static_cast<std::int64_t>(sum);
}

Worth booked(const CountedChain& counted) {
  Wide conversions = 0, value = 0;
  for (const StateEnds& ends : counted.ends) {
    conversions += ends.conversions;
    value += ends.value;
  }
  return {{checked(conversions, "conversions")}, {checked(value, "values")}};
}

bool has_value(const CountedChain& counted) {
  return std::ranges::any_of(counted.ends, [](const StateEnds& ends) { return ends.value != 0; });
}

/// The worth of all channels by their effects, and what a reader must know of it.
void hand_out_all(const CountedChain& counted, RemovalEffects effects, MarkovFit& fit) {
  const Worth total = booked(counted);
  fit.conversion_effect = std::move(effects.conversions);
  const bool any_below = std::ranges::any_of(fit.conversion_effect, [](double e) { return e < 0; });
  for (double& effect : fit.conversion_effect) effect = std::max(effect, 0.0);
  if (any_below) {
    fit.notes.emplace_back(
        "without some channels more would convert, by this way of removing them: they earn "
        "nothing");
  }
  const bool own_effects = can_split(effects.value);
  fit.value_effect = own_effects ? std::move(effects.value) : fit.conversion_effect;
  const bool value_split = hand_out(total, fit.conversion_effect, fit.value_effect, fit);
  if (!has_value(counted) || own_effects) return;
  fit.notes.emplace_back(
      value_split
          ? "value is split by removal effects on conversions: those on value are not all >= 0 "
            "with a positive sum"
          : "no channel has a removal effect: nothing converts, so all value is unattributed");
}

void explain(const CountedChain& counted, const RemovalEffects& effects,
             std::span<const std::string> others, MarkovFit& fit) {
  fit.removal_effect_conversions = effects.conversions;
  fit.removal_effect_value = effects.value;
  fit.conversion_probability = effects.conversion_probability;
  fit.expected_visits = expected_visits(counted);
  std::vector<double> visits(fit.channels);
  for (std::uint32_t s = 0; s < counted.size(); ++s)
    visits[counted.gram(s).back()] += fit.expected_visits[s];
  fit.explained = {{"removal_effect_conversions", effects.conversions},
                   {"removal_effect_value", effects.value},
                   {"expected_visits", visits}};
  fit.numbers = {{"conversion_probability", effects.conversion_probability}};
  fit.numbers.push_back({"steps_to_absorption", std::accumulate(visits.begin(), visits.end(),
                                                                counted.starts == 0 ? 0.0 : 1.0)});
  if (fit.order > 1) fit.numbers.push_back({"solver_error", effects.error});
  for (std::size_t i = 0; i < others.size(); ++i) {
    fit.numbers.push_back(
        {"removal_effect_conversions of " + others[i], effects.others[i].conversions});
    fit.numbers.push_back({"removal_effect_value of " + others[i], effects.others[i].value});
  }
}

void explain_order(const CountedChain& counted, MarkovFit& fit) {
  fit.numbers.push_back({"order", static_cast<double>(fit.order)});
  for (const OrderFit& order : fit.orders) {
    const std::string of = " of order " + std::to_string(order.order);
    fit.numbers.push_back({"auc" + of, order.auc});
    fit.numbers.push_back({"penalized_auc" + of, order.penalized_auc});
    fit.numbers.push_back({"log_likelihood" + of, order.log_likelihood});
  }
  std::uint64_t conversions = 0, nulls = 0;
  for (const StateEnds& ends : counted.ends) conversions |= ends.conversions, nulls |= ends.nulls;
  if (conversions != 0 && nulls != 0) return;
  fit.notes.emplace_back(
      "no AUC tells orders apart: all journeys convert, or none does, and each is 0.5");
}

GramCounts all_parts(const Markov::State& state) {
  GramCounts all = state.grams.front();
  for (std::size_t part = 1; part < state.grams.size(); ++part) {
    if (all.merge(state.grams[part]) >> 63 != 0) {
      throw Error(Errc::overflow, "markov: all journeys must be fewer than 2^63 micro-units");
    }
  }
  return all;
}

}  // namespace

CountedChain Markov::counted(const State& state, MarkovFit& fit) const {
  fit.channels = state.channels;
  if (!uses_grams()) return CountedChain(state);
  fit.order = state.grams.front().order();
  if (options_.choose_order == ChooseOrder::none) return CountedChain(state.grams.front());
  const GramCounts all = all_parts(state);
  fit.orders = compare_orders(state.grams, all, state.channels);
  fit.order = best_order(fit.orders, options_.choose_order);
  return CountedChain(all.shortened(fit.order));
}

MarkovFit Markov::finish(const State& state) const {
  MarkovFit fit;
  const CountedChain counted = this->counted(state, fit);
  fit.states = counted.size();
  fit.grams = counted.grams;
  fit.arcs = markov_arcs(counted);
  RemovalEffects effects = removal_effects(
      counted, {.channels = fit.channels, .removed = options_.removed, .others = remove_});
  explain(counted, effects, options_.remove, fit);
  if (options_.choose_order != ChooseOrder::none) explain_order(counted, fit);
  hand_out_all(counted, std::move(effects), fit);
  return fit;
}

std::vector<double> Markov::steps_to_absorption(const State& state) const {
  MarkovFit fit;
  return mta::steps_to_absorption(counted(state, fit));
}

Chain Markov::chain(const State& state, std::span<const std::string_view> channels) const {
  MarkovFit fit;
  const CountedChain counted = this->counted(state, fit);
  Chain chain;
  chain.states = {"(start)", "(conversion)", "(null)"};
  for (std::uint32_t s = 0; s < counted.size(); ++s) {
    std::string& name = chain.states.emplace_back();
    for (const std::uint32_t channel : counted.gram(s)) {
      if (channel == GramCounts::none) continue;
      if (!name.empty()) name += " > ";
      name += channels[channel];
    }
  }
  fit.states = counted.size();
  const auto number = [&](std::uint32_t node) {
    return node < fit.states          ? node + 3
           : node == fit.start()      ? Chain::start
           : node == fit.conversion() ? Chain::conversion
                                      : Chain::null;
  };
  for (const MarkovArc& arc : markov_arcs(counted)) {
    chain.arcs.push_back({number(arc.from), number(arc.to), arc.count, arc.probability});
  }
  std::ranges::sort(chain.arcs, [](const ChainArc& a, const ChainArc& b) {
    return a.from != b.from ? a.from < b.from : a.to < b.to;
  });
  return chain;
}

}  // namespace mta

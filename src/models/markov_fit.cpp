#include <algorithm>
#include <limits>

#include "models/markov_chain.hpp"
#include "mta/core/apportion.hpp"
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

Worth booked(const Markov::State& state) {
  Wide conversions = 0, value = 0;
  for (const Markov::State::Ends& ends : state.ends) {
    conversions += ends.conversions;
    value += ends.value;
  }
  return {{checked(conversions, "conversions")}, {checked(value, "values")}};
}

/// An amount over channels by their effects; false where none has any.
bool split(Micros amount, const std::vector<double>& effect, Micros Worth::*field, MarkovFit& fit) {
  std::vector<std::uint64_t> weight(effect.size());
  std::vector<Micros> part(effect.size());
  const bool any = quantize_effects(effect, weight) && apportion_sums(amount, weight, part);
  if (!any) fit.unattributed.*field = amount;
  for (std::size_t c = 0; c < part.size(); ++c) fit.credit[c].*field = part[c];
  return any;
}

bool has_value(const Markov::State& state) {
  return std::any_of(state.ends.begin(), state.ends.end(),
                     [](const Markov::State::Ends& ends) { return ends.value != 0; });
}

/// Effects that can be weights: none negative, at least one positive.
bool can_split(const std::vector<double>& effect) {
  const auto positive = [](double e) { return e > 0; };
  const auto sound = [](double e) { return e >= 0 && e <= std::numeric_limits<double>::max(); };
  return std::all_of(effect.begin(), effect.end(), sound) &&
         std::any_of(effect.begin(), effect.end(), positive);
}

}  // namespace

MarkovFit Markov::finish(const State& state) const {
  MarkovFit fit;
  fit.channels = state.ends.size();
  fit.arcs = markov_arcs(state);
  RemovalEffects effects = removal_effects(state);
  fit.removal_effect_conversions = effects.conversions;
  fit.removal_effect_value = effects.value;
  fit.conversion_probability = effects.conversion_probability;
  fit.explained = {{"removal_effect_conversions", effects.conversions},
                   {"removal_effect_value", effects.value}};
  fit.numbers = {{"conversion_probability", effects.conversion_probability}};

  const Worth total = booked(state);
  fit.credit.resize(fit.channels);
  fit.conversion_effect = std::move(effects.conversions);
  const bool own_effects = can_split(effects.value);
  fit.value_effect = own_effects ? std::move(effects.value) : fit.conversion_effect;
  split(total.conversions, fit.conversion_effect, &Worth::conversions, fit);
  const bool value_split = split(total.value, fit.value_effect, &Worth::value, fit);
  if (!has_value(state) || own_effects) return fit;
  fit.notes.emplace_back(
      value_split
          ? "value is split by removal effects on conversions: those on value are not all >= 0 "
            "with a positive sum (refunds)"
          : "no channel has a removal effect: nothing converts, so all value is unattributed");
  return fit;
}

}  // namespace mta

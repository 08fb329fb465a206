#include "models/effect_split.hpp"

#include <algorithm>
#include <limits>

#include "mta/core/apportion.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

__extension__ typedef __int128 Wide;

bool split(Micros amount, std::span<const double> effect, Micros Worth::*field, FittedCredit& fit) {
  std::vector<std::uint64_t> weight(effect.size());
  std::vector<Micros> part(effect.size());
  const bool any = quantize_effects(effect, weight) && apportion_sums(amount, weight, part);
  if (!any) fit.unattributed.*field = amount;
  for (std::size_t c = 0; c < part.size(); ++c) fit.credit[c].*field = part[c];
  return any;
}

std::int64_t checked(Wide sum, std::string_view model) {
  constexpr Wide most = std::numeric_limits<std::int64_t>::max();
  if (sum > most || sum < -most) {
    throw Error(Errc::overflow,
                std::string(model) + ": all worth must add up to below 2^63 micro-units");
  }
  return static_cast<std::int64_t>(sum);
}

/// What is left below 0 earns nothing; returns whether there was any.
bool drop_negative(std::vector<double>& shares) {
  drop_rounding_noise(shares);
  const bool any = std::ranges::any_of(shares, [](double share) { return share < 0; });
  for (double& share : shares) share = std::max(share, 0.0);
  return any;
}

/// What a channel earned for each journey that it was in: by conversions, and by worth.
std::vector<double> by_journey(const PathCounts& counts, const std::vector<double>& shares) {
  std::vector<double> journeys(counts.channels());
  std::vector<std::uint32_t> distinct;
  for (const std::size_t i : counts.sorted()) {
    distinct.assign(counts.path(i).begin(), counts.path(i).end());
    std::ranges::sort(distinct);
    distinct.erase(std::ranges::unique(distinct).begin(), distinct.end());
    for (const std::uint32_t c : distinct) {
      journeys[c] += static_cast<double>(counts.counts(i).conversions);
    }
  }
  std::vector<double> effect(shares.size());
  for (std::size_t c = 0; c < effect.size(); ++c) {
    if (journeys[c] > 0) effect[c] = shares[c] / (journeys[c] / 1e6);
  }
  return effect;
}

}  // namespace

void drop_rounding_noise(std::span<double> effects) noexcept {
  double largest = 0;
  for (const double effect : effects) largest = std::max(largest, effect < 0 ? -effect : effect);
  for (double& effect : effects) {
    if (effect < 0 && effect > -1e-12 * largest) effect = 0;
  }
}

bool can_split(std::span<const double> effect) noexcept {
  constexpr double most = std::numeric_limits<double>::max();
  return std::ranges::all_of(effect, [](double e) { return e >= 0 && e <= most; }) &&
         std::ranges::any_of(effect, [](double e) { return e > 0; });
}

bool hand_out(const Worth& total, std::span<const double> conversions,
              std::span<const double> value, FittedCredit& fit) {
  fit.credit.resize(conversions.size());
  split(total.conversions, conversions, &Worth::conversions, fit);
  return split(total.value, value, &Worth::value, fit);
}

Worth booked(const PathCounts& counts, std::string_view model) {
  Wide conversions = 0, value = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    conversions += counts.counts(i).conversions;
    value += counts.counts(i).value;
  }
  return {{checked(conversions, model)}, {checked(value, model)}};
}

FittedCredit fit_of_shares(const PathCounts& counts, const ChannelShares& shares,
                           std::string_view model) {
  FittedCredit fit;
  std::vector<double> conversions = shares.conversions, value = shares.value;
  if (drop_negative(conversions)) {
    fit.notes.emplace_back("some channels have negative shares of conversions: they earn nothing");
  }
  drop_rounding_noise(value);
  const Worth total = booked(counts, model);
  const bool own = can_split(value);
  hand_out(total, conversions, own ? value : conversions, fit);
  if (!own && total.value != Micros{0}) {
    fit.notes.emplace_back(
        "value is split by shares of conversions: those of value are not all >= 0 with a positive "
        "sum");
  }
  fit.conversion_effect = by_journey(counts, conversions);
  fit.value_effect = own ? by_journey(counts, value) : fit.conversion_effect;
  return fit;
}

}  // namespace mta

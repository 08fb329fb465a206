#pragma once
#include <span>
#include <string>
#include <vector>

#include "mta/models/model.hpp"
#include "mta/models/path_counts.hpp"

namespace mta {

/// Differences of sums cancel, and refunds make sums cancel; what remains below zero is no effect
/// if it is but rounding.
void drop_rounding_noise(std::span<double> effects) noexcept;

/// Effects that can be weights: none negative, at least one positive, all finite.
[[nodiscard]] bool can_split(std::span<const double> effect) noexcept;

/// Hands out the worth of a fit over channels: conversions by one list of effects, value by
/// another; what no effect takes is unattributed. Sets `credit` and `unattributed`.
/// @return whether value found an effect
bool hand_out(const Worth& total, std::span<const double> conversions,
              std::span<const double> value, FittedCredit& fit);

/// All that was counted. @throws Error{Errc::overflow} naming the model
[[nodiscard]] Worth booked(const PathCounts& counts, std::string_view model);

/// What channels earned of conversions and of value, before it is worth: raw amounts, which may be
/// negative where a model subtracts.
struct ChannelShares {
  std::vector<double> conversions, value;
};

/// The fit of a model that looks at paths. Negative shares earn nothing, and a note says so; where
/// no value is >= 0 with a positive sum, it follows the conversions. The effect of a channel on
/// single touches is what it earned by journey that it was in.
[[nodiscard]] FittedCredit fit_of_shares(const PathCounts& counts, const ChannelShares& shares,
                                         std::string_view model);

}  // namespace mta

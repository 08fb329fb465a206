#pragma once
#include <vector>

#include "models/effect_split.hpp"
#include "mta/models/shapley.hpp"

namespace mta {

/// Shapley values of channels under a game over counted paths, conversions and value apart.
struct GameShares {
  ChannelShares shares;
  ChannelShares error = {};  ///< standard errors; empty where shares are exact
};

/// Game::conversions: each set shares what it earned. In conversions and money.
[[nodiscard]] ChannelShares shared_equally(const PathCounts& counts);

/// Game::conversion_rate and Game::exact_rate, all coalitions or a sample of orders.
[[nodiscard]] GameShares rate_shares(const PathCounts& counts, const ShapleyOptions& options);

/// Game::dp6_rate and Game::dp6_ordered_rate, in conversions and money.
[[nodiscard]] ChannelShares dp6_shares(const PathCounts& counts, const ShapleyOptions& options);

}  // namespace mta

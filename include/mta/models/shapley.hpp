#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/models/model.hpp"
#include "mta/models/path_counts.hpp"

namespace mta {

/// What a coalition of channels is worth.
enum class Game {
  conversions,       ///< conversions of journeys whose channels are all in it
  conversion_rate,   ///< the share of those journeys that convert
  exact_rate,        ///< the share of the journeys with exactly these channels that convert
  dp6_rate,          ///< the same, game by game for each converting set: as DP6's package has it
  dp6_ordered_rate,  ///< the same of the order in which channels first came, its `order=True`
};

/// Call sites name what they change: `{.game = Game::conversion_rate}`.
struct ShapleyOptions {
  Game game = Game::conversions;
  std::int64_t exact = 20;  ///< up to so many channels all coalitions are looked at, at most 24
  std::int64_t samples = 10'000;  ///< orders of channels that are tried where there are more
  std::int64_t seed = 1;          ///< of those orders
  std::int64_t size = 4;  ///< dp6 games: the last so many channels of a set are looked at, 1 to 20
  Distribute distribute = Distribute::channel_total;  ///< how credit reaches single touches
  friend bool operator==(const ShapleyOptions&, const ShapleyOptions&) = default;
};

/// What a set of channels does beyond all of its parts: its Harsanyi dividend.
struct Dividend {
  std::vector<ChannelId> channels;
  double conversions = 0;  ///< in the game's unit: conversions, or a rate
  double value = 0;        ///< money, or money a journey
};

/// What Shapley learnt. `shapley_value` and `shapley_value_of_value` are columns of `explained`:
/// before they are scaled to what was booked, and negative ones included.
struct ShapleyFit : FittedCredit {
  std::vector<double> shares;        ///< by channel, in the game's unit
  std::vector<double> value_shares;  ///< the same of value
  std::vector<double> error;         ///< standard errors of `shares`; empty where they are exact
  std::vector<double> value_error;   ///< of `value_shares`
};

/// Shapley value: what each channel adds, on average over all orders in which channels could have
/// come together. Over conversions it is exact for any number of channels, since only sets that
/// occurred have a dividend: each path's worth, shared equally by its distinct channels.
/// docs/models/shapley.md
class MTA_EXPORT Shapley {
 public:
  using Options = ShapleyOptions;
  using State = PathCounts;
  static constexpr ModelInfo info{.name = "shapley", .kind = ModelKind::fitted, .state_version = 1};

  /// @throws Error{Errc::invalid_option} naming the field, the rule and the value given.
  explicit Shapley(const ShapleyOptions& options = {});

  [[nodiscard]] const ShapleyOptions& options() const noexcept { return options_; }
  static void describe(OptionFields& fields, ShapleyOptions& options);
  [[nodiscard]] Distribute distribute() const noexcept { return options_.distribute; }

  [[nodiscard]] State start(std::size_t channels) const {
    return PathCounts(
        channels, options_.game == Game::dp6_ordered_rate ? PathKey::touches : PathKey::channels);
  }
  void accumulate(State& state, JourneysView journeys) const { state.add(journeys); }
  /// Cost  conversions: O(touches of distinct sets); rates: 2^n n for n channels, or samples times
  ///       the touches of distinct sets
  [[nodiscard]] ShapleyFit finish(const State& state) const;
  /// Dividends of all sets of up to `largest` channels that are not 0, in the order of their
  /// channels.
  /// @pre largest is 1, 2 or 3 (asserted)
  /// @throws Error{Errc::invalid_option} for DP6's games, which are one for each set
  /// Cost  O(channels^largest)
  [[nodiscard]] std::vector<Dividend> dividends(const State& state, std::size_t largest = 3) const;

  void write(const State& state, ByteWriter& writer) const { state.write(writer); }
  [[nodiscard]] State read(ByteReader& reader, std::span<const std::uint32_t> numbers,
                           std::size_t channels) const;

 private:
  ShapleyOptions options_;
};
static_assert(FittedModel<Shapley>);

/// What a coalition is worth, for a game of one's own: its members, rising. Called with none as
/// well.
using ValueFunction = std::function<double(std::span<const std::uint32_t> members)>;

struct ShapleyValues {
  std::vector<double> value;
  std::vector<double> error;  ///< standard errors; empty where values are exact
};

/// Shapley values of `players` players under any value function: exact up to `exact` players, above
/// that over `samples` random orders from `seed`.
/// @throws Error{Errc::invalid_option} where exact > 24, samples < 2, or a worth is not finite
/// Cost  2^players calls, or samples * players
[[nodiscard]] MTA_EXPORT ShapleyValues shapley_values(std::size_t players,
                                                      const ValueFunction& worth,
                                                      const ShapleyOptions& options = {});

}  // namespace mta

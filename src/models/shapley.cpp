#include "mta/models/shapley.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <string>

#include "models/coalitions.hpp"
#include "models/path_games.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

void expect_between(const char* field, std::int64_t value, std::int64_t least, std::int64_t most) {
  if (value >= least && value <= most) return;
  throw Error(Errc::invalid_option, std::string("shapley.") + field + " must be from " +
                                        std::to_string(least) + " to " + std::to_string(most) +
                                        ", got " + std::to_string(value));
}

/// Sums over subsets of a few channels, of the counts of exactly those.
class SubsetSums {
 public:
  SubsetSums(const PathCounts& counts, Game game) : counts_(counts), game_(game) {}

  [[nodiscard]] Dividend dividend(std::span<const std::uint32_t> set) const {
    Dividend dividend;
    const std::size_t subsets = std::size_t{1} << set.size();
    for (std::size_t subset = 1; subset < subsets; ++subset) {
      const bool odd = (std::popcount(subsets - 1) - std::popcount(subset)) % 2 != 0;
      const auto [conversions, value] = worth(set, subset);
      dividend.conversions += odd ? -conversions : conversions;
      dividend.value += odd ? -value : value;
    }
    for (const std::uint32_t channel : set) dividend.channels.push_back(ChannelId{channel});
    return dividend;
  }

 private:
  struct Amounts {
    double conversions, value;
  };

  [[nodiscard]] Amounts worth(std::span<const std::uint32_t> set, std::size_t subset) const {
    PathCounts::Counts sum;
    for (std::size_t part = subset; part != 0; part = (part - 1) & subset) {
      if (game_ == Game::exact_rate && part != subset) break;
      const PathCounts::Counts counts = of(set, part);
      sum.conversions += counts.conversions;
      sum.nulls += counts.nulls;
      sum.value += counts.value;
    }
    const auto conversions = static_cast<double>(sum.conversions),
               value = static_cast<double>(sum.value);
    if (game_ == Game::conversions) return {conversions / 1e6, value / 1e6};
    const double journeys = static_cast<double>(sum.conversions) + static_cast<double>(sum.nulls);
    return journeys == 0 ? Amounts{0, 0} : Amounts{conversions / journeys, value / journeys};
  }

  [[nodiscard]] PathCounts::Counts of(std::span<const std::uint32_t> set, std::size_t part) const {
    std::array<std::uint32_t, 3> members{};
    std::size_t count = 0;
    for (std::size_t i = 0; i < set.size(); ++i) {
      if ((part >> i & 1) != 0) members[count++] = set[i];
    }
    return counts_.of(std::span(members).first(count));
  }

  const PathCounts& counts_;
  Game game_;
};

/// Calls take(set) for every set of 1 to `largest` channels, in the order of their channels.
template <class Take>
void each_set(std::uint32_t channels, std::size_t largest, std::vector<std::uint32_t>& set,
              const Take& take) {
  for (std::uint32_t next = set.empty() ? 0 : set.back() + 1; next < channels; ++next) {
    set.push_back(next);
    take(set);
    if (set.size() < largest) each_set(channels, largest, set, take);
    set.pop_back();
  }
}

}  // namespace

Shapley::Shapley(const ShapleyOptions& options) : options_(options) {
  expect_between("exact", options.exact, 0, most_exact_players);
  expect_between("samples", options.samples, 2, 1'000'000'000);
  expect_between("size", options.size, 1, 20);
}

void Shapley::describe(OptionFields& fields, ShapleyOptions& options) {
  static constexpr std::array<std::string_view, 5> games = {
      "conversions", "conversion_rate", "exact_rate", "dp6_rate", "dp6_ordered_rate"};
  fields.choice("game", options.game, games);
  fields.integer("exact", options.exact);
  fields.integer("samples", options.samples);
  fields.integer("seed", options.seed);
  fields.integer("size", options.size);
  describe_distribute(fields, options.distribute);
}

ShapleyFit Shapley::finish(const State& state) const {
  GameShares game;
  switch (options_.game) {
    case Game::conversions:
      game.shares = shared_equally(state);
      break;
    case Game::conversion_rate:
    case Game::exact_rate:
      game = rate_shares(state, options_);
      break;
    case Game::dp6_rate:
    case Game::dp6_ordered_rate:
      game.shares = dp6_shares(state, options_);
      break;
  }
  ShapleyFit fit{fit_of_shares(state, game.shares, info.name), {}, {}, {}, {}};
  fit.explained = {{"shapley_value", game.shares.conversions},
                   {"shapley_value_of_value", game.shares.value}};
  if (!game.error.conversions.empty()) {
    fit.explained.push_back({"standard_error", game.error.conversions});
    fit.explained.push_back({"standard_error_of_value", game.error.value});
    fit.notes.push_back("shapley values are means over " + std::to_string(options_.samples) +
                        " random orders of channels, since there are more than " +
                        std::to_string(options_.exact));
  }
  fit.shares = std::move(game.shares.conversions);
  fit.value_shares = std::move(game.shares.value);
  fit.error = std::move(game.error.conversions);
  fit.value_error = std::move(game.error.value);
  return fit;
}

std::vector<Dividend> Shapley::dividends(const State& state, std::size_t largest) const {
  assert(largest >= 1 && largest <= 3);
  if (options_.game == Game::dp6_rate || options_.game == Game::dp6_ordered_rate) {
    throw Error(Errc::invalid_option,
                "shapley.game: DP6's is a game for each set, and has no dividends");
  }
  const SubsetSums sums(state, options_.game);
  std::vector<Dividend> dividends;
  std::vector<std::uint32_t> set;
  each_set(static_cast<std::uint32_t>(state.channels()), largest, set,
           [&](const std::vector<std::uint32_t>& each) {
             Dividend dividend = sums.dividend(each);
             if (dividend.conversions != 0 || dividend.value != 0)
               dividends.push_back(std::move(dividend));
           });
  return dividends;
}

Shapley::State Shapley::read(ByteReader& reader, std::span<const std::uint32_t> numbers,
                             std::size_t channels) const {
  State state = start(channels);
  state.read(reader, numbers);
  return state;
}

}  // namespace mta

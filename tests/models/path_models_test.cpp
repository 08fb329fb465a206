#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include "mta/core/error.hpp"
#include "mta/models/leave_one_out.hpp"
#include "mta/models/ordered_shapley.hpp"
#include "mta/models/shao_li.hpp"
#include "mta/models/shapley.hpp"
#include "support/channel_credit.hpp"
#include "support/synthetic_journeys.hpp"

// Models that look at whole paths: worked by hand, and against definitions written out.
namespace mta::test {
namespace {

template <class M>
auto fit(const M& model, JourneysView journeys, std::size_t channels) {
  auto state = model.start(channels);
  model.accumulate(state, journeys);
  return model.finish(state);
}

// ---------------------------------------------------------------------------------------- Shapley

TEST(Shapley, SharesAPathEquallyByItsChannels) {
  const auto named = journeys_from("a b a => 90\nb c => 30\na => null\n");
  const ShapleyFit got = fit(Shapley(), named.view(), 3);
  EXPECT_EQ(got.shares, (std::vector<double>{0.5, 1, 0.5}));
  EXPECT_EQ(got.value_shares, (std::vector<double>{45, 60, 15}));
  EXPECT_EQ(got.credit[0], (Worth{{500'000}, {45'000'000}}));
}

TEST(Shapley, OfRatesByHand) {
  // v(a) = 1/2, v(b) = 0, v(ab) = (1 + 1) / (2 + 1 + 1) = 1/2.
  const auto named = journeys_from("a => 10\na => null\nb => null\na b => 20\n");
  const ShapleyFit got = fit(Shapley({.game = Game::conversion_rate}), named.view(), 2);
  EXPECT_DOUBLE_EQ(got.shares[0], 0.5);
  EXPECT_DOUBLE_EQ(got.shares[1], 0);
  // v of value: a 5, b 0, ab 30 / 4: a earns (5 + 7.5) / 2, b (0 + 2.5) / 2.
  EXPECT_DOUBLE_EQ(got.value_shares[0], 6.25);
  EXPECT_DOUBLE_EQ(got.value_shares[1], 1.25);
}

TEST(Shapley, NegativeSharesEarnNothingAndSaySo) {
  // v(a) = 1, v(b) = 0, v(ab) = 1/4: b makes things worse.
  const auto named = journeys_from("a => 0\na b => null\na b => null\nb => null\n");
  const ShapleyFit got = fit(Shapley({.game = Game::conversion_rate}), named.view(), 2);
  EXPECT_DOUBLE_EQ(got.shares[0], 0.625);
  EXPECT_DOUBLE_EQ(got.shares[1], -0.375);
  EXPECT_EQ(got.credit[0].conversions, one_conversion);
  EXPECT_EQ(got.credit[1].conversions, Micros{0});
  ASSERT_EQ(got.notes.size(), 1u);
}

/// The definition: the average over all orders of what a channel adds when it comes.
std::vector<double> by_all_orders(std::size_t players, const ValueFunction& worth) {
  std::vector<std::uint32_t> order(players);
  std::iota(order.begin(), order.end(), 0u);
  std::vector<double> sum(players);
  double orders = 0;
  do {
    std::vector<std::uint32_t> members;
    double before = worth(members);
    for (const std::uint32_t player : order) {
      members.insert(std::ranges::lower_bound(members, player), player);
      const double after = worth(members);
      sum[player] += after - before;
      before = after;
    }
    orders += 1;
  } while (std::ranges::next_permutation(order).found);
  for (double& each : sum) each /= orders;
  return sum;
}

/// What a coalition is worth, counted journey by journey.
double counted_worth(JourneysView journeys, Game game, std::span<const std::uint32_t> members) {
  double conversions = 0, all = 0;
  for (std::size_t i = 0; i < journeys.size(); ++i) {
    const Journey journey = journeys[i];
    std::vector<std::uint32_t> set;
    for (const ChannelId channel : journey.channel)
      set.push_back(static_cast<std::uint32_t>(channel));
    std::ranges::sort(set);
    set.erase(std::ranges::unique(set).begin(), set.end());
    const bool counts = game == Game::exact_rate ? std::ranges::equal(set, members)
                                                 : std::ranges::includes(members, set);
    if (!counts || journey.outcome == Outcome::refunded) continue;
    all += units(journey.count);
    if (journey.outcome == Outcome::converted) conversions += units(journey.count);
  }
  if (game == Game::conversions) return conversions;
  return all == 0 ? 0 : conversions / all;
}

TEST(Shapley, EveryGameIsTheAverageOverAllOrders) {
  for (const Game game : {Game::conversions, Game::conversion_rate, Game::exact_rate}) {
    const auto journeys =
        synthetic_journeys({.journeys = 150, .channels = 6, .seed = 3, .longest = 4});
    const ValueFunction worth = [&](std::span<const std::uint32_t> members) {
      return counted_worth(journeys.view(), game, members);
    };
    const auto expected = by_all_orders(6, worth);
    const ShapleyFit got = fit(Shapley({.game = game}), journeys.view(), 6);
    const ShapleyValues own = shapley_values(6, worth);
    for (std::size_t c = 0; c < 6; ++c) {
      EXPECT_NEAR(got.shares[c], expected[c], 1e-12);
      EXPECT_NEAR(own.value[c], expected[c], 1e-12);
    }
    EXPECT_TRUE(own.error.empty());
  }
}

/// docs/models/shapley.md, "A game of one's own". A channel adds p times what those before it miss:
/// nothing before it in 1/3 of all orders, one of the others in 1/6 each, both in 1/3.
TEST(Shapley, AGameOfOnesOwnByHand) {
  const std::array<double, 3> alone = {0.1, 0.2, 0.3};
  const ShapleyValues got = shapley_values(3, [&](std::span<const std::uint32_t> members) {
    double missed = 1;
    for (const std::uint32_t channel : members) missed *= 1 - alone[channel];
    return 1 - missed;
  });
  EXPECT_NEAR(got.value[0], 0.1 * (1 / 3.0 + 0.8 / 6 + 0.7 / 6 + 0.8 * 0.7 / 3), 1e-15);
  EXPECT_NEAR(got.value[0], 0.077, 1e-15);
  EXPECT_NEAR(got.value[1], 0.162, 1e-15);
  EXPECT_NEAR(got.value[2], 0.257, 1e-15);
  EXPECT_TRUE(got.error.empty());
}

TEST(Shapley, SamplesComeNearTheExactValuesAndSayHowNear) {
  const auto journeys =
      synthetic_journeys({.journeys = 400, .channels = 9, .seed = 6, .longest = 5});
  for (const Game game : {Game::conversion_rate, Game::exact_rate}) {
    const ShapleyFit exact = fit(Shapley({.game = game}), journeys.view(), 9);
    const ShapleyOptions options{.game = game, .exact = 8, .samples = 4000, .seed = 11};
    const ShapleyFit sampled = fit(Shapley(options), journeys.view(), 9);
    ASSERT_EQ(sampled.error.size(), 9u);
    ASSERT_EQ(sampled.value_error.size(), 9u);
    EXPECT_TRUE(exact.error.empty());
    double all = 0, all_exact = 0;
    for (std::size_t c = 0; c < 9; ++c) {
      EXPECT_GT(sampled.error[c], 0);
      EXPECT_LT(sampled.error[c], 0.02);
      EXPECT_LT(std::abs(sampled.shares[c] - exact.shares[c]), 5 * sampled.error[c]) << c;
      EXPECT_GT(sampled.value_error[c], 0);
      EXPECT_LT(std::abs(sampled.value_shares[c] - exact.value_shares[c]),
                5 * sampled.value_error[c])
          << c;
      all += sampled.shares[c];
      all_exact += exact.shares[c];
    }
    EXPECT_NEAR(all, all_exact, 1e-12);  // every order hands out all there is
    EXPECT_EQ(fit(Shapley(options), journeys.view(), 9).shares, sampled.shares);
    ShapleyOptions other = options;
    other.seed = 12;
    EXPECT_NE(fit(Shapley(other), journeys.view(), 9).shares, sampled.shares);
  }
}

TEST(Shapley, SamplesOfAGameOfOnesOwn) {
  // A majority of 25 decides: all are alike.
  const ShapleyValues got = shapley_values(
      25, [](std::span<const std::uint32_t> members) { return members.size() > 12 ? 1.0 : 0.0; },
      {.samples = 5000});
  for (std::size_t i = 0; i < 25; ++i) EXPECT_LT(std::abs(got.value[i] - 0.04), 5 * got.error[i]);
  EXPECT_THROW((void)shapley_values(3, [](std::span<const std::uint32_t>) { return NAN; }), Error);
  EXPECT_THROW((void)shapley_values(3, [](auto) { return 0.0; }, {.exact = 25}), Error);
}

TEST(Shapley, DividendsAddUpToTheShapleyValues) {
  const auto journeys =
      synthetic_journeys({.journeys = 300, .channels = 3, .seed = 2, .longest = 5});
  for (const Game game : {Game::conversions, Game::conversion_rate, Game::exact_rate}) {
    const Shapley model({.game = game});
    auto state = model.start(3);
    model.accumulate(state, journeys.view());
    std::vector<double> sum(3);
    for (const Dividend& dividend : model.dividends(state)) {
      for (const ChannelId channel : dividend.channels) {
        sum[index(channel)] += dividend.conversions / static_cast<double>(dividend.channels.size());
      }
    }
    const ShapleyFit got = model.finish(state);
    for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(sum[c], got.shares[c], 1e-12);
  }
}

TEST(Shapley, ADividendIsWhatASetDoesBeyondItsParts) {
  // v(a) = 1/2, v(b) = 0, v(ab) = 2/4: the pair adds 0; of conversions it is 1 that neither has.
  const auto named = journeys_from("a => 1\na => null\nb => null\na b => 1\n");
  const Shapley rates({.game = Game::conversion_rate});
  auto state = rates.start(2);
  rates.accumulate(state, named.view());
  EXPECT_EQ(rates.dividends(state, 2).size(), 1u);  // a alone
  const std::vector<Dividend> conversions = Shapley().dividends(state, 2);
  ASSERT_EQ(conversions.size(), 2u);
  EXPECT_EQ(conversions[1].channels, (std::vector<ChannelId>{ChannelId{0}, ChannelId{1}}));
  EXPECT_EQ(conversions[1].conversions, 1);
}

TEST(OrderedShapley, GivesAChannelsTouchesEqualParts) {
  // Two channels: a half each; a's goes to its two touches.
  const auto named = journeys_from("a b a => 60\nb => 2x 5\n");
  const OrderedShapleyFit got = fit(OrderedShapley(), named.view(), 2);
  EXPECT_EQ(got.positions, 3u);
  EXPECT_EQ(got.conversions, (std::vector<double>{0.25, 0, 0.25, 2, 0.5, 0}));
  EXPECT_EQ(got.value, (std::vector<double>{15, 0, 15, 5, 30, 0}));
}

// ----------------------------------------------------------------------------------- Leave one out

TEST(LeaveOneOut, ByHand) {
  // a b converts by 3 in 4, a alone by 1 in 4, b alone by 1 in 2: without a 1/4 is lost, without b
  // 1/2.
  const auto named =
      journeys_from("a b => 3x 90\na b => null\na => 8\na => 3x null\nb => 6\nb => null\n");
  const FittedCredit got = fit(LeaveOneOut(), named.view(), 2);
  EXPECT_EQ(got.credit[0], (Worth{{2'000'000}, {38'000'000}}));
  EXPECT_EQ(got.credit[1], (Worth{{3'000'000}, {66'000'000}}));
}

TEST(LeaveOneOut, WhereNothingIsLostTheLastTouchEarnsAll) {
  const auto named = journeys_from("a b => 1\na b => null\na => 1\nb => 1\n");
  const FittedCredit got = fit(LeaveOneOut(), named.view(), 2);
  EXPECT_EQ(got.credit[0].conversions, Micros{1'000'000});
  EXPECT_EQ(got.credit[1].conversions, Micros{2'000'000});
}

/// The definition, path by path.
std::vector<double> by_leaving_out(JourneysView journeys, std::size_t channels) {
  using Path = std::vector<std::uint32_t>;
  std::map<Path, std::pair<double, double>> seen;  // conversions, journeys
  for (std::size_t i = 0; i < journeys.size(); ++i) {
    if (journeys[i].outcome == Outcome::refunded) continue;
    Path path;
    for (const ChannelId channel : journeys[i].channel)
      path.push_back(static_cast<std::uint32_t>(channel));
    auto& [conversions, all] = seen[path];
    all += units(journeys[i].count);
    if (journeys[i].outcome == Outcome::converted) conversions += units(journeys[i].count);
  }
  const auto rate = [&](const Path& path) {
    const auto at = seen.find(path);
    return at == seen.end() || at->second.second == 0 ? 0.0 : at->second.first / at->second.second;
  };
  std::vector<double> credit(channels);
  for (const auto& [path, counts] : seen) {
    std::vector<double> loss(path.size());
    for (std::size_t t = 0; t < path.size(); ++t) {
      Path rest = path;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(t));
      loss[t] = std::max(0.0, rate(path) - (rest.empty() ? 0.0 : rate(rest)));
    }
    double sum = std::accumulate(loss.begin(), loss.end(), 0.0);
    if (sum == 0) loss.back() = sum = 1;
    for (std::size_t t = 0; t < path.size(); ++t) credit[path[t]] += counts.first * loss[t] / sum;
  }
  return credit;
}

TEST(LeaveOneOut, IsTheDefinitionPathByPath) {
  // Few channels and short paths: neighbours by one touch are there, and more of them than touches.
  for (const std::size_t longest : {3u, 5u, 12u}) {
    for (const std::size_t channels : {1u, 2u, 4u}) {
      const auto journeys = synthetic_journeys(
          {.journeys = 600, .channels = channels, .seed = longest, .longest = longest});
      const FittedCredit got = fit(LeaveOneOut(), journeys.view(), channels);
      const auto expected = by_leaving_out(journeys.view(), channels);
      for (std::size_t c = 0; c < channels; ++c) {
        EXPECT_NEAR(units(got.credit[c].conversions), expected[c], 2e-6)
            << channels << ' ' << longest;
      }
    }
  }
}

// ---------------------------------------------------------------------------------------- Shao, Li

TEST(ShaoLi, ByHand) {
  // p(a) = 2/4, p(b) = 2/3, p(ab) = 1/1; one other channel: C(a) = 1/2 + (1 - 1/2 - 2/3) / 2 =
  // 5/12, C(b) = 2/3 - 1/12 = 7/12.
  const auto named = journeys_from("a => 1\na => 2x null\nb => 1\nb => null\nb a => 1\n");
  const FittedCredit got = fit(ShaoLi(), named.view(), 2);
  EXPECT_NEAR(got.explained[0].values[0], 5.0 / 12, 1e-15);
  EXPECT_NEAR(got.explained[0].values[1], 7.0 / 12, 1e-15);
  EXPECT_EQ(got.credit[0].conversions, Micros{1'250'000});  // of 3
  EXPECT_EQ(got.credit[1].conversions, Micros{1'750'000});
}

TEST(ShaoLi, OneChannelEarnsAll) {
  const auto named = journeys_from("a => 5\na => null\n");
  EXPECT_EQ(fit(ShaoLi(), named.view(), 1).credit[0], (Worth{one_conversion, {5'000'000}}));
}

TEST(PathModels, NothingSeenGivesNothing) {
  const Journeys none;
  EXPECT_EQ(fit(Shapley({.game = Game::conversion_rate}), none.view(), 2).credit,
            std::vector<Worth>(2));
  EXPECT_EQ(fit(OrderedShapley(), none.view(), 2).credit, std::vector<Worth>(2));
  EXPECT_EQ(fit(LeaveOneOut(), none.view(), 2).credit, std::vector<Worth>(2));
  EXPECT_EQ(fit(ShaoLi(), none.view(), 2).credit, std::vector<Worth>(2));
}

}  // namespace
}  // namespace mta::test

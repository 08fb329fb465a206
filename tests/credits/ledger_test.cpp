#include "mta/credits/ledger.hpp"

#include <gtest/gtest.h>

#include "mta/core/error.hpp"
#include "mta/models/registry.hpp"
#include "support/synthetic_journeys.hpp"

namespace mta::test {
namespace {

using Tuple = Ledger::Tuple;

Worth worth(std::int64_t conversions, std::int64_t value) {
  return {Micros{conversions}, Micros{value}};
}

std::string_view letter(std::size_t /*dimension*/, std::uint32_t code) {
  static constexpr std::string_view names[] = {"", "a", "b", "c", "a"};
  return names[code];
}

TEST(Ledger, AddsWorkersSumsForTheCellsThatWereSeen) {
  CellNumbering cells(4);
  CreditSink sink;
  const std::vector<CellId> cell_of_touch = {CellId{1}, CellId{3}};
  sink.begin_batch(cell_of_touch, 4);
  sink.add(0, worth(5, 50));
  sink.add(1, worth(7, 70));
  sink.add_unattributed(worth(1, 2));
  const std::vector<std::uint8_t> seen = {0, 1, 1, 1};
  Ledger ledger;
  ledger.add(cells, seen, sink);
  ledger.add(cells, seen, sink);
  ledger.add_unattributed(worth(10, 20));
  const std::map<Tuple, Worth> expected = {
      {{1}, worth(10, 100)}, {{2}, worth(0, 0)}, {{3}, worth(14, 140)}};
  EXPECT_EQ(ledger.rows(), expected);
  EXPECT_EQ(ledger.unattributed(), worth(12, 24));
}

TEST(Ledger, ASinkThatNeverSawABatchAddsRowsOfNothing) {
  CellNumbering cells(2);
  Ledger ledger;
  ledger.add(cells, std::vector<std::uint8_t>{1, 1}, CreditSink());
  EXPECT_EQ(ledger.rows(), (std::map<Tuple, Worth>{{{0}, {}}, {{1}, {}}}));
}

TEST(Ledger, KnowsThatWhatModelsHandOutBeyondWorthFits) {
  // Three channels, of which each earns it all, in one cell: 3 * 2^62 is beyond 64 bits.
  Journeys journeys;
  for (std::uint32_t c = 0; c < 3; ++c) journeys.add_touch(ChannelId{c}, Seconds{0}, c);
  JourneyEnd end{.count = one_conversion, .outcome = Outcome::converted};
  end.worth = worth(1'000'000, std::int64_t{1} << 62);
  journeys.end(end);
  const AnyModel model = builtin_models().make("participation");
  const std::vector<CellId> cell_of_touch(3);
  CreditSink sink;
  sink.begin_batch(cell_of_touch, 1);
  model.credit(journeys.view(), sink);
  CellNumbering cells(1);
  Ledger ledger;
  try {
    ledger.add(cells, std::vector<std::uint8_t>{1}, sink);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::overflow);
  }
}

TEST(Ledger, NamedRowsComeLargestFirstThenByName) {
  Ledger ledger;
  ledger.add(Tuple{3}, worth(5, 1));
  ledger.add(Tuple{2}, worth(9, 2));
  ledger.add(Tuple{1}, worth(5, 3));
  ledger.add(Tuple{0}, worth(-1, 4));
  ledger.add_unattributed(worth(6, 0));
  const std::vector<CreditRow> expected = {{{"b"}, worth(9, 2)},
                                           {{"(unattributed)"}, worth(6, 0)},
                                           {{"a"}, worth(5, 3)},
                                           {{"c"}, worth(5, 1)},
                                           {{"(not set)"}, worth(-1, 4)}};
  EXPECT_EQ(ledger.named(1, letter), expected);
}

TEST(Ledger, RowsWhoseNamesAgreeAreOne) {
  Ledger ledger;
  ledger.add(Tuple{1, 2}, worth(1, 10));
  ledger.add(Tuple{4, 2}, worth(2, 20));
  const std::vector<CreditRow> expected = {{{"a", "b"}, worth(3, 30)}};
  EXPECT_EQ(ledger.named(2, letter), expected);
}

TEST(Ledger, UnattributedHasARowOnlyWhereItIsNotNothing) {
  Ledger ledger;
  EXPECT_TRUE(ledger.named(2, letter).empty());
  ledger.add_unattributed(worth(0, -5));  // an unattributed refund
  const std::vector<CreditRow> expected = {{{"(unattributed)", "(unattributed)"}, worth(0, -5)}};
  EXPECT_EQ(ledger.named(2, letter), expected);
}

/// Two channels, 0 and 1, broken down by campaign: tuples are (channel, campaign).
struct Distribution {
  FittedCredit fit;
  TouchShares shares;
};

Distribution two_channels() {
  Distribution given;
  given.fit.credit = {worth(100, 1'000), worth(50, 500)};
  return given;
}

TEST(DistributeChannelTotals, FollowsWhatTheChannelsTouchesEarned) {
  Distribution given = two_channels();
  given.shares.converting.add(Tuple{0, 7}, worth(30, 100));
  given.shares.converting.add(Tuple{0, 8}, worth(10, 300));
  given.shares.converting.add(Tuple{1, 7}, worth(2, 2));
  given.shares.null_touches[Tuple{0, 9}] = 1'000;  // earned nothing: the channel has others
  const Ledger ledger = distribute_channel_totals(given.fit, given.shares);
  // 100 as 30 : 10, 1,000 as 100 : 300; all of channel 1 to its only tuple, which joins campaign 7.
  const std::map<Tuple, Worth> expected = {
      {{7}, worth(75 + 50, 250 + 500)}, {{8}, worth(25, 750)}, {{9}, worth(0, 0)}};
  EXPECT_EQ(ledger.rows(), expected);
  EXPECT_EQ(ledger.unattributed(), Worth{});
}

TEST(DistributeChannelTotals, AChannelOfNullJourneysAloneGoesByItsTouchesThere) {
  Distribution given = two_channels();
  given.shares.converting.add(Tuple{0, 7}, worth(1, 1));
  given.shares.null_touches[Tuple{1, 8}] = 3'000'000;
  given.shares.null_touches[Tuple{1, 9}] = 2'000'000;
  const Ledger ledger = distribute_channel_totals(given.fit, given.shares);
  const std::map<Tuple, Worth> expected = {
      {{7}, worth(100, 1'000)}, {{8}, worth(30, 300)}, {{9}, worth(20, 200)}};
  EXPECT_EQ(ledger.rows(), expected);
}

TEST(DistributeChannelTotals, ValueFollowsConversionsWhereRefundsLeaveATupleBelowNothing) {
  Distribution given = two_channels();
  given.shares.converting.add(Tuple{0, 7}, worth(10, -40));
  given.shares.converting.add(Tuple{0, 8}, worth(30, 90));
  given.shares.converting.add(Tuple{1, 8}, worth(1, 0));  // no value at all: the same
  const Ledger ledger = distribute_channel_totals(given.fit, given.shares);
  const std::map<Tuple, Worth> expected = {{{7}, worth(25, 250)}, {{8}, worth(75 + 50, 750 + 500)}};
  EXPECT_EQ(ledger.rows(), expected);
}

TEST(DistributeChannelTotals, WhatNoTouchCanTakeIsUnattributed) {
  Distribution given = two_channels();
  given.fit.unattributed = worth(3, 4);
  given.shares.converting.add(Tuple{0, 7}, worth(1, 1));
  const Ledger ledger = distribute_channel_totals(given.fit, given.shares);
  EXPECT_EQ(ledger.rows(), (std::map<Tuple, Worth>{{{7}, worth(100, 1'000)}}));
  EXPECT_EQ(ledger.unattributed(), worth(53, 504));
}

TEST(DistributeByJourney, DropsTheChannelAndKeepsEveryCredit) {
  TouchShares shares;
  shares.converting.add(Tuple{0, 7}, worth(30, 100));
  shares.converting.add(Tuple{1, 7}, worth(10, -20));
  shares.converting.add(Tuple{1, 8}, worth(5, 5));
  shares.converting.add_unattributed(worth(1, 1));
  shares.null_touches[Tuple{2, 9}] = 4;
  const Ledger ledger = distribute_by_journey(shares);
  const std::map<Tuple, Worth> expected = {
      {{7}, worth(40, 80)}, {{8}, worth(5, 5)}, {{9}, worth(0, 0)}};
  EXPECT_EQ(ledger.rows(), expected);
  EXPECT_EQ(ledger.unattributed(), worth(1, 1));
}

TEST(DistributeChannelTotals, ConservesEveryTotalWhateverTheShares) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    Random random(seed);
    FittedCredit fit;
    TouchShares shares;
    Worth given = fit.unattributed = worth(random.micros(9), random.micros(9));
    for (std::uint32_t c = 0; c < 4; ++c) {
      fit.credit.push_back(worth(random.micros(1'000), random.micros(2'001) - 1'000));
      given += fit.credit.back();
    }
    for (std::uint64_t n = random.below(10); n > 0; --n) {
      const Tuple tuple{static_cast<std::uint32_t>(random.below(4)),
                        static_cast<std::uint32_t>(random.below(3))};
      if (random.below(2) == 0)
        shares.null_touches[tuple] += random.below(5);
      else
        shares.converting.add(tuple, worth(random.micros(50), random.micros(100) - 20));
    }
    const Ledger ledger = distribute_channel_totals(fit, shares);
    Worth sum = ledger.unattributed();
    for (const auto& [tuple, credit] : ledger.rows()) sum += credit;
    ASSERT_EQ(sum, given) << "seed " << seed;
  }
}

}  // namespace
}  // namespace mta::test

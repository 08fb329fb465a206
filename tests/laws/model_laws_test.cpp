#include <gtest/gtest.h>

#include "mta/models/registry.hpp"
#include "support/channel_credit.hpp"
#include "support/journey_ends.hpp"
#include "support/synthetic_journeys.hpp"

// What every model promises, rule or fitted, over all that are built in.
namespace mta::test {
namespace {

class ModelLaws : public testing::TestWithParam<std::string> {
 protected:
  const AnyModel model = builtin_models().make(GetParam());
};

std::vector<Synthetic> kinds_of_journeys() {
  std::vector<Synthetic> kinds;
  for (const Worths worths :
       {Worths::usual, Worths::refunds, Worths::fractional, Worths::tiny, Worths::huge}) {
    kinds.push_back({.journeys = 300, .channels = 7, .seed = 42, .worths = worths});
    kinds.push_back({.journeys = 1, .channels = 1, .seed = 3, .worths = worths});
    kinds.push_back({.journeys = 40, .channels = 30, .seed = 5, .longest = 60, .worths = worths});
  }
  return kinds;
}

TEST_P(ModelLaws, CreditAddsUpToWhatWasBooked) {
  for (const Synthetic& kind : kinds_of_journeys()) {
    const auto journeys = synthetic_journeys(kind);
    const auto view = journeys.view();
    EXPECT_EQ(total(channel_credits(model, view, kind.channels)), booked(view));
    EXPECT_EQ(total(credits_of(model, view, cells_by_touch(view), view.touches(), kind.channels)),
              booked(view));
  }
}

TEST_P(ModelLaws, EachJourneyHandsOutItsOwnWorth) {
  const auto journeys =
      synthetic_journeys({.journeys = 200, .channels = 6, .worths = Worths::refunds});
  const auto view = journeys.view();
  const Credits credits = credits_of(model, view, cells_by_touch(view), view.touches(), 6);
  Worth handed_out = credits.unattributed;
  for (std::size_t i = 0; i < view.size(); ++i) {
    Worth sum;
    for (std::size_t t = view.begin_of(i); t < view.end_of(i).end_of_touches; ++t) {
      sum += credits.by_cell[t];
    }
    if (credits.unattributed == Worth{}) {
      EXPECT_EQ(sum, view[i].worth) << "journey " << i;
    }
    handed_out += sum;
  }
  EXPECT_EQ(handed_out, booked(view));
}

TEST_P(ModelLaws, AMillionTouchesInOneJourneyAreConserved) {
  Journeys journeys;
  constexpr std::uint32_t touches = 1'000'000;
  for (std::uint32_t t = 0; t < touches; ++t) {
    journeys.add_touch(static_cast<ChannelId>(t % 11), Seconds(touches - t), t);
  }
  journeys.end(converted({one_conversion, {123'456'789'012}}));
  EXPECT_EQ(total(channel_credits(model, journeys.view(), 11)), booked(journeys.view()));
}

TEST_P(ModelLaws, RefundOfAJourneyTakesBackItsCredit) {
  if (model.info().kind == ModelKind::fitted) GTEST_SKIP() << "a refund changes what is learnt";
  auto bought = synthetic_journeys({.journeys = 1, .channels = 5, .seed = 12});
  Journeys both = rearranged(bought.view(), {0, 0}, {0, 1, 2, 3, 4});
  Journeys signs;
  for (const int sign : {1, -1}) {
    const Journey journey = both.view()[0];
    for (std::size_t t = 0; t < journey.channel.size(); ++t) {
      signs.add_touch(journey.channel[t], journey.age[t], 0);
    }
    signs.end(refunded({sign * 777'777'777}));
  }
  for (const Worth& worth : channel_credits(model, signs.view(), 5).by_cell)
    EXPECT_EQ(worth, Worth{});
}

TEST_P(ModelLaws, TheOrderOfJourneysDoesNotMatter) {
  for (const Synthetic& kind : kinds_of_journeys()) {
    const auto journeys = synthetic_journeys(kind);
    std::vector<std::uint32_t> channel(kind.channels);
    for (std::uint32_t c = 0; c < channel.size(); ++c) channel[c] = c;
    const auto other =
        rearranged(journeys.view(), shuffled_numbers<std::size_t>(kind.journeys, 99), channel);
    EXPECT_EQ(channel_credits(model, journeys.view(), kind.channels),
              channel_credits(model, other.view(), kind.channels));
  }
}

TEST_P(ModelLaws, RenamingChannelsRenamesTheirCredit) {
  const auto journeys =
      synthetic_journeys({.journeys = 400, .channels = 9, .worths = Worths::usual});
  const auto renamed_to = shuffled_numbers<std::uint32_t>(9, 4);
  std::vector<std::size_t> order(400);
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto other = rearranged(journeys.view(), order, renamed_to);
  const Credits before = channel_credits(model, journeys.view(), 9);
  const Credits after = channel_credits(model, other.view(), 9);
  // A fit's last micro-unit falls where the rounding of running sums puts it, in order of channels.
  const std::int64_t slack = model.info().kind == ModelKind::fitted ? 1 : 0;
  for (std::size_t c = 0; c < 9; ++c) {
    const Worth difference = before.by_cell[c] - after.by_cell[renamed_to[c]];
    EXPECT_LE(std::abs(difference.conversions.units), slack);
    EXPECT_LE(std::abs(difference.value.units), slack);
  }
}

TEST_P(ModelLaws, NullJourneysEarnNothing) {
  const auto named = journeys_from("a@2d b@1d => null\nb@1h => 5x null\n");
  const Credits credits = channel_credits(model, named.journeys.view(), 2);
  EXPECT_EQ(credits, (Credits{{Worth{}, Worth{}}, Worth{}}));
}

TEST_P(ModelLaws, OptionsSurviveWritingAndReading) {
  EXPECT_EQ(builtin_models().make(GetParam(), model.options()).options(), model.options());
}

INSTANTIATE_TEST_SUITE_P(Builtin, ModelLaws, testing::ValuesIn(builtin_models().names()),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace mta::test

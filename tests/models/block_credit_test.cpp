#include "mta/core/apportion.hpp"
#include "mta/core/error.hpp"
#include "mta/models/any_model.hpp"
#include "mta/models/first_touch.hpp"
#include "mta/models/last_touch.hpp"
#include "mta/models/linear.hpp"
#include "mta/models/position_based.hpp"
#include "mta/models/time_decay.hpp"
#include "simd/forced_targets.hpp"
#include "support/channel_credit.hpp"
#include "support/synthetic_journeys.hpp"

// What a model credits to many journeys at once is what law 1 gives each of them alone, touch by
// touch, on every SIMD target.
namespace mta::test {
namespace {

struct NoOptions {
  friend bool operator==(const NoOptions&, const NoOptions&) = default;
};

/// Weighs by channel: neither by blocks nor by the number of touches.
class ByChannel {
 public:
  using Options = NoOptions;
  static constexpr ModelInfo info{.name = "by_channel"};
  explicit ByChannel(const NoOptions& /*options*/ = {}) {}
  [[nodiscard]] const NoOptions& options() const noexcept { return options_; }
  static void describe(OptionFields& /*fields*/, NoOptions& /*options*/) {}
  void weigh(const Journey& journey, std::span<double> weight) const {
    for (std::size_t i = 0; i < weight.size(); ++i) {
      weight[i] = static_cast<double>(index(journey.channel[i]));  // 0 for channel 0
    }
  }

 private:
  NoOptions options_;
};
static_assert(RuleModel<ByChannel> && !BlockRuleModel<ByChannel>);

/// The same by blocks.
class ByChannelBlocks : public ByChannel {
 public:
  using ByChannel::ByChannel;
  void weigh_block(const JourneyBlock& block, std::span<double> weight) const {
    for (std::size_t j = 0; j < block.journey.size(); ++j) {
      for (std::size_t i = 0; i < block.touches; ++i) {
        const ChannelId channel = block.journeys.channel()[block.begin[j] + i];
        weight[i * block.stride + j] = static_cast<double>(index(channel));
      }
    }
  }
};
static_assert(BlockRuleModel<ByChannelBlocks>);

/// Nothing for journeys of an even number of touches; the second touch alone for the others.
class OddOnes : public ByChannel {
 public:
  static constexpr ModelInfo info{.name = "odd_ones", .weights_by = WeightsBy::touches};
  using ByChannel::ByChannel;
  void weigh(const Journey& journey, std::span<double> weight) const {
    if (journey.channel.size() % 2 != 0) weight[journey.channel.size() > 1 ? 1 : 0] = 3.0;
  }
};

/// Journey by journey, by what core offers alone.
template <class M>
Credits plain_credit(const M& model, JourneysView journeys) {
  Credits credits;
  credits.by_cell.resize(journeys.touches());
  for (std::size_t i = 0; i < journeys.size(); ++i) {
    const Journey journey = journeys[i];
    const std::size_t n = journey.channel.size();
    std::vector<double> weight(n);
    model.weigh(journey, weight);
    std::vector<std::uint32_t> quantized(n);
    if (!quantize_weights(weight, quantized)) {
      credits.unattributed += journey.worth;
      continue;
    }
    std::vector<Micros> conversions(n), value(n);
    apportion(journey.worth.conversions, quantized, conversions);
    apportion(journey.worth.value, quantized, value);
    for (std::size_t t = 0; t < n; ++t) {
      credits.by_cell[journeys.begin_of(i) + t] = {conversions[t], value[t]};
    }
  }
  return credits;
}

std::vector<Synthetic> all_kinds() {
  std::vector<Synthetic> kinds;
  for (const Worths worths :
       {Worths::usual, Worths::refunds, Worths::fractional, Worths::tiny, Worths::huge}) {
    kinds.push_back({.journeys = 700, .channels = 3, .seed = 8, .worths = worths});
    kinds.push_back({.journeys = 90, .channels = 3, .seed = 9, .longest = 200, .worths = worths});
  }
  return kinds;
}

template <class M>
void expect_plain_credit(const M& model) {
  for (const Synthetic& kind : all_kinds()) {
    const auto journeys = synthetic_journeys(kind);
    const JourneysView view = journeys.view();
    const Credits expected = plain_credit(model, view);
    const Credits credits =
        credits_of(AnyModel(model), view, cells_by_touch(view), view.touches(), kind.channels);
    ASSERT_EQ(credits.by_cell.size(), expected.by_cell.size());
    for (std::size_t t = 0; t < credits.by_cell.size(); ++t) {
      ASSERT_EQ(credits.by_cell[t], expected.by_cell[t]) << M::info.name << ", touch " << t;
    }
    EXPECT_EQ(credits.unattributed, expected.unattributed);
  }
}

class BlockCredit : public OnEveryTarget {};

TEST_P(BlockCredit, IsThatOfEachJourneyAlone) {
  expect_plain_credit(FirstTouch());
  expect_plain_credit(LastTouch());
  expect_plain_credit(Linear());
  expect_plain_credit(PositionBased());
  expect_plain_credit(PositionBased({.first = 0, .middle = 1, .last = 0.123456789}));
  expect_plain_credit(TimeDecay());
  expect_plain_credit(TimeDecay({.half_life = hours(1)}));
  expect_plain_credit(TimeDecay({.half_life = days(2), .step = hours(36)}));
  expect_plain_credit(ByChannel());
  expect_plain_credit(ByChannelBlocks());
  expect_plain_credit(OddOnes());
}

TEST_P(BlockCredit, OfASliceStaysInTheSlice) {
  const auto journeys = synthetic_journeys({.journeys = 300, .channels = 3});
  const JourneysView slice = journeys.view().from(100).first(100);
  const auto cells = cells_by_touch(journeys.view());
  const AnyModel model{Linear()};
  const Credits credits = credits_of(model, slice, cells, cells.size(), 3);
  const std::uint64_t begin = slice.begin_of(0), end = begin + slice.touches();
  Worth inside;
  for (std::uint64_t t = 0; t < cells.size(); ++t) {
    if (t >= begin && t < end) {
      inside += credits.by_cell[t];
    } else {
      EXPECT_EQ(credits.by_cell[t], Worth{});
    }
  }
  EXPECT_EQ(inside, booked(slice));
}

MTA_ON_EVERY_TARGET(BlockCredit);

/// A weight below 0 for journeys of four touches.
class Broken : public ByChannelBlocks {
 public:
  using ByChannelBlocks::ByChannelBlocks;
  void weigh(const Journey& journey, std::span<double> weight) const {
    std::fill(weight.begin(), weight.end(), journey.channel.size() == 4 ? -1.0 : 1.0);
  }
  void weigh_block(const JourneyBlock& block, std::span<double> weight) const {
    std::fill(weight.begin(), weight.end(), block.touches == 4 ? -1.0 : 1.0);
  }
};

TEST(BlockCreditErrors, WeightsThatAreNoWeightsAreRefused) {
  const auto journeys = synthetic_journeys({.journeys = 200, .channels = 3});
  const auto cells = cells_by_touch(journeys.view());
  try {
    (void)credits_of(AnyModel(Broken()), journeys.view(), cells, cells.size(), 3);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::invalid_weight);
  }
}

}  // namespace
}  // namespace mta::test

#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/models/credit_sink.hpp"
#include "mta/models/length_splits.hpp"
#include "mta/models/model.hpp"
#include "mta/models/worth_batch.hpp"

namespace mta {

/// Room that splitting needs, reused from journey to journey and from block to block.
struct SplitScratch {
  std::vector<double> weight;
  std::vector<std::uint32_t> quantized;
  std::vector<std::uint64_t> order;  ///< a journey's touches in another order
  alignas(64) std::array<double, WorthBatch::largest_block> block_weight;
  alignas(64) std::array<std::int64_t, 2 * WorthBatch::largest_block> block_part;
};

/// Splits a journey's worth over weights by law 1 and adds the parts to the sink.
/// @throws Error{Errc::invalid_weight}
MTA_EXPORT void split_worth(const Worth& worth, std::span<const double> weight,
                            std::size_t first_touch, SplitScratch& scratch, CreditSink& sink);

/// Splits the worth of a block and adds the parts to the sink.
/// @return a bit for each journey that is left to `split_worth`, since wider numbers must split it
[[nodiscard]] MTA_EXPORT std::uint64_t split_block(const JourneyBlock& block,
                                                   const LengthSplits::Split& split,
                                                   SplitScratch& scratch, CreditSink& sink);
/// The same over scratch.block_weight, which holds what a BlockRuleModel gives and is overwritten.
[[nodiscard]] MTA_EXPORT std::uint64_t split_block(const JourneyBlock& block, SplitScratch& scratch,
                                                   CreditSink& sink);

/// What a model's weights by number of touches are computed into, once for many calls of `credit`.
template <RuleModel M>
[[nodiscard]] LengthSplits length_splits(const M& model) {
  if constexpr (M::info.weights_by == WeightsBy::touches) {
    return LengthSplits([&model](const Journey& journey, std::span<double> weight) {
      model.weigh(journey, weight);
    });
  } else {
    return {};
  }
}

/// Credits one journey.
template <RuleModel M>
void credit_journey(const M& model, JourneysView journeys, std::size_t i, SplitScratch& scratch,
                    CreditSink& sink) {
  const Journey journey = journeys[i];
  scratch.weight.assign(journey.channel.size(), 0.0);
  model.weigh(journey, scratch.weight);
  split_worth(journey.worth, scratch.weight, journeys.begin_of(i), scratch, sink);
}

/// Weighs the journeys of a block one by one.
template <RuleModel M>
void weigh_each(const M& model, const JourneyBlock& block, SplitScratch& scratch) {
  for (std::size_t j = 0; j < block.journey.size(); ++j) {
    scratch.weight.assign(block.touches, 0.0);
    model.weigh(block.journeys[block.journey[j]], scratch.weight);
    for (std::size_t i = 0; i < block.touches; ++i) {
      scratch.block_weight[i * block.stride + j] = scratch.weight[i];
    }
  }
}

/// Credits every journey of a block.
template <RuleModel M>
void credit_block(const M& model, const LengthSplits& splits, const JourneyBlock& block,
                  SplitScratch& scratch, CreditSink& sink) {
  std::uint64_t left = 0;
  if constexpr (BlockRuleModel<M>) {
    model.weigh_block(block, std::span(scratch.block_weight).first(block.touches * block.stride));
    left = split_block(block, scratch, sink);
  } else if constexpr (M::info.weights_by == WeightsBy::touches) {
    left = split_block(block, splits.of(block.touches), scratch, sink);
  } else {
    weigh_each(model, block, scratch);
    left = split_block(block, scratch, sink);
  }
  for (; left != 0; left &= left - 1) {
    const auto j = static_cast<std::size_t>(std::countr_zero(left));
    credit_journey(model, block.journeys, block.journey[j], scratch, sink);
  }
}

/// Credits every journey of the batch under a rule model. The sink's batch must be these journeys'.
/// @param splits  length_splits(model)
template <RuleModel M>
void credit(const M& model, const LengthSplits& splits, const WorthBatch& batch, CreditSink& sink) {
  SplitScratch scratch;
  batch.for_each_block(
      [&](const JourneyBlock& block) { credit_block(model, splits, block, scratch, sink); });
  for (const std::uint32_t i : batch.others()) {
    credit_journey(model, batch.journeys(), i, scratch, sink);
  }
}

/// The same under a model that hands out journeys by itself.
template <DirectModel M>
void credit(const M& model, const WorthBatch& batch, CreditSink& sink) {
  SplitScratch scratch;
  const JourneysView& journeys = batch.journeys();
  for (const std::uint32_t i : batch.with_worth()) {
    model.credit(journeys[i], journeys.begin_of(i), scratch, sink);
  }
}

/// Credits every journey that has worth over its own touches, in proportion to the effect of their
/// channels: the second pass of fitted models.
MTA_EXPORT void credit_by_effect(const FittedCredit& fit, JourneysView journeys, CreditSink& sink);

}  // namespace mta

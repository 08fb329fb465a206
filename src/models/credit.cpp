#include "mta/models/credit.hpp"

#include <bit>
#include <numeric>

#include "models/share.hpp"
#include "mta/core/apportion.hpp"
#include "simd/split_block.hpp"

namespace mta {
namespace {

void split_quantized(const Worth& worth, std::span<const std::uint32_t> weight, std::uint64_t total,
                     std::size_t first_touch, CreditSink& sink) noexcept {
  Share conversions(worth.conversions, total), value(worth.value, total);
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < weight.size() && sum < total; ++i) {
    if (weight[i] == 0) continue;
    if (sum == 0 && weight[i] == total) {  // the only one: first touch, last touch, single touches
      sink.add(first_touch + i, worth);
      return;
    }
    sum += weight[i];
    sink.add(first_touch + i, {conversions.upto(sum), value.upto(sum)});
  }
}

void gather(std::span<const double> effect, std::span<const ChannelId> channel,
            std::vector<double>& weight) {
  weight.resize(channel.size());
  for (std::size_t i = 0; i < channel.size(); ++i) weight[i] = effect[index(channel[i])];
}

simd::BlockWorth worth_of(const JourneyBlock& block) noexcept {
  return {block.conversions.data(), block.value.data(), block.journey.size()};
}

/// Adds all parts but those of the journeys flagged.
void add_parts(const JourneyBlock& block, std::uint64_t flagged, std::span<std::int64_t> part,
               CreditSink& sink) noexcept {
  const std::size_t row = 2 * block.stride;
  for (std::uint64_t left = flagged; left != 0; left &= left - 1) {
    const auto j = static_cast<std::size_t>(std::countr_zero(left));
    for (std::size_t i = 0; i < block.touches; ++i) {
      part[i * row + 2 * j] = part[i * row + 2 * j + 1] = 0;
    }
  }
  for (std::size_t i = 0; i < block.touches; ++i) {
    const std::int64_t* const mine = part.data() + i * row;
    for (std::size_t j = 0; j < block.journey.size(); ++j) {
      sink.add(block.begin[j] + i, {{mine[2 * j]}, {mine[2 * j + 1]}});
    }
  }
}

}  // namespace

std::uint64_t split_block(const JourneyBlock& block, const LengthSplits::Split& split,
                          SplitScratch& scratch, CreditSink& sink) {
  if (split.upto.empty()) {
    for (std::size_t j = 0; j < block.journey.size(); ++j) {
      sink.add(block.begin[j] + split.only, {{block.conversions[j]}, {block.value[j]}});
    }
    return 0;
  }
  if (split.whole == 0) return ~std::uint64_t{0} >> (64 - block.journey.size());
  const std::uint64_t left = simd::split_by_fractions(worth_of(block), {split.upto, split.whole},
                                                      block.stride, scratch.block_part.data());
  add_parts(block, left, scratch.block_part, sink);
  return left;
}

std::uint64_t split_block(const JourneyBlock& block, SplitScratch& scratch, CreditSink& sink) {
  const std::span weight = std::span(scratch.block_weight).first(block.touches * block.stride);
  const std::uint64_t left =
      simd::split_by_weights(worth_of(block), weight, block.stride, scratch.block_part.data());
  add_parts(block, left, scratch.block_part, sink);
  return left;
}

void split_worth(const Worth& worth, std::span<const double> weight, std::size_t first_touch,
                 SplitScratch& scratch, CreditSink& sink) {
  scratch.quantized.resize(weight.size());
  if (!quantize_weights(weight, scratch.quantized)) {
    sink.add_unattributed(worth);
    return;
  }
  const std::uint64_t total =
      std::accumulate(scratch.quantized.begin(), scratch.quantized.end(), std::uint64_t{0});
  split_quantized(worth, scratch.quantized, total, first_touch, sink);
}

void credit_by_effect(const FittedCredit& fit, JourneysView journeys, CreditSink& sink) {
  const bool one_effect = fit.conversion_effect == fit.value_effect;
  SplitScratch scratch;
  for (std::size_t i = 0; i < journeys.size(); ++i) {
    const Journey journey = journeys[i];
    const std::size_t begin = journeys.begin_of(i);
    const Worth conversions{journey.worth.conversions, one_effect ? journey.worth.value : Micros{}};
    if (conversions != Worth{}) {
      gather(fit.conversion_effect, journey.channel, scratch.weight);
      split_worth(conversions, scratch.weight, begin, scratch, sink);
    }
    if (!one_effect && journey.worth.value != Micros{}) {
      gather(fit.value_effect, journey.channel, scratch.weight);
      split_worth({Micros{}, journey.worth.value}, scratch.weight, begin, scratch, sink);
    }
  }
}

}  // namespace mta

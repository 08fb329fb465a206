#include "mta/models/credit.hpp"

#include <bit>
#include <cmath>
#include <numeric>

#include "mta/core/apportion.hpp"
#include "simd/split_block.hpp"

namespace mta {
namespace {

__extension__ typedef unsigned __int128 Wide;

/// The running part of one amount: r(amount * sum / total), less what was handed out before. The
/// same integers as `apportion`, faster: a double decides wherever the fraction is provably not
/// near a half.
class Share {
 public:
  Share(Micros amount, std::uint64_t total) noexcept
      : negative_(amount.units < 0), size_(size_of(amount)), total_(total) {
    // sum <= total < 2^53 is exact in a double; two roundings then move the quotient by less than
    // 2^-52 of `size`. Beyond 2^48 units that is too near a half to tell.
    const bool exact_sums = total < (std::uint64_t{1} << 53) && size_ < (std::uint64_t{1} << 48);
    ratio_ = static_cast<double>(size_) / static_cast<double>(total);
    margin_ = exact_sums ? static_cast<double>(size_) * 0x1p-51 : 1.0;
  }

  [[nodiscard]] Micros upto(std::uint64_t sum) noexcept {
    if (size_ == 0) return {};
    const std::uint64_t reached = rounded(sum);
    const auto part = static_cast<std::int64_t>(reached - before_);
    before_ = reached;
    return {negative_ ? -part : part};
  }

 private:
  static std::uint64_t size_of(Micros amount) noexcept {
    const auto bits = static_cast<std::uint64_t>(amount.units);
    return amount.units < 0 ? 0 - bits : bits;
  }
  [[nodiscard]] std::uint64_t rounded(std::uint64_t sum) const noexcept {
    if (margin_ < 0.5) {
      const double quotient = static_cast<double>(static_cast<std::int64_t>(sum)) * ratio_;
      const auto floor = static_cast<std::int64_t>(quotient);
      const double fraction = quotient - static_cast<double>(floor);
      if (std::abs(fraction - 0.5) > margin_) {
        return static_cast<std::uint64_t>(floor) + (fraction > 0.5 ? 1 : 0);
      }
    }
    return static_cast<std::uint64_t>((Wide{2} * size_ * sum + total_) / (Wide{2} * total_));
  }

  bool negative_;
  std::uint64_t size_, total_, before_ = 0;
  double ratio_, margin_;
};

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

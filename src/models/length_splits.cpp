#include "mta/models/length_splits.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "mta/core/apportion.hpp"

namespace mta {

LengthSplits::LengthSplits(const Weigh& weigh) {
  const std::vector<ChannelId> channel(WorthBatch::longest);
  for (std::size_t touches = 1; touches <= WorthBatch::longest; ++touches) {
    Journey journey;
    journey.channel = std::span(channel).first(touches);
    std::vector<double> weight(touches);
    weigh(journey, weight);
    add(weight);
  }
}

void LengthSplits::add(std::span<const double> weight) {
  std::vector<std::uint32_t> quantized(weight.size());
  quantize_weights(weight, quantized);
  std::uint64_t total = 0;
  std::uint32_t divisor = 0;
  for (const std::uint32_t w : quantized) {
    total += w;
    divisor = std::gcd(divisor, w);
  }
  std::uint64_t sum = 0;
  for (const std::uint32_t w : quantized) {
    sum += w;
    upto_.push_back(static_cast<double>(sum) / static_cast<double>(total) + 0x1p-50);
  }
  whole_.push_back(total == 0 ? 0.0 : static_cast<double>(total / divisor));
  const auto above_zero = [](std::uint32_t w) { return w != 0; };
  const auto first = std::find_if(quantized.begin(), quantized.end(), above_zero);
  only_.push_back(std::count_if(first, quantized.end(), above_zero) == 1
                      ? static_cast<std::size_t>(first - quantized.begin())
                      : weight.size());
}

LengthSplits::Split LengthSplits::of(std::size_t touches) const noexcept {
  const std::size_t only = only_[touches - 1];
  if (only < touches) return {.upto = {}, .whole = whole_[touches - 1], .only = only};
  return {.upto = std::span(upto_).subspan(touches * (touches - 1) / 2, touches),
          .whole = whole_[touches - 1]};
}

}  // namespace mta

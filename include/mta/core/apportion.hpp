#pragma once
#include <cstdint>
#include <span>

#include "mta/core/export.hpp"
#include "mta/core/units.hpp"

namespace mta {

/// Law 1. Splits an amount over integer weights by cumulative rounding:
/// part[i] = r(W S_i / S_n) - r(W S_{i-1} / S_n), S the running sum, r to nearest, halves away from
/// 0.
///
///   Shapes    weight, part: n >= 1 entries
///   Promises  the parts add up to W exactly, have its sign, and are each within one unit of the
///             exact share; apportion(-W) == -apportion(W). Returns false, and parts of 0, where
///             all weights are 0: the caller books W as unattributed
///   Requires  weight.size() == part.size() < 2^31 (asserted); weights at most 2^31
///   Cost      O(n); 64-bit divisions where W S_n < 2^63, else 128-bit; never allocates
///   Source    docs/rationale.md, "Cumulative rounding"
MTA_EXPORT bool apportion(Micros amount, std::span<const std::uint32_t> weight,
                          std::span<Micros> part) noexcept;

/// The same over sums of weights, such as a ledger's: any weights whose sum fits 64 bits.
MTA_EXPORT bool apportion_sums(Micros amount, std::span<const std::uint64_t> weight,
                               std::span<Micros> part) noexcept;

/// The same for weights that come one by one: the parts are those of `apportion_sums`.
class MTA_EXPORT RunningSplit {
 public:
  /// @param sum  of all weights to come, not 0 unless the amount is (asserted)
  RunningSplit(Micros amount, std::uint64_t sum) noexcept;
  /// The part of the next weight. @pre no more than `sum` in all (asserted)
  [[nodiscard]] Micros next(std::uint64_t weight) noexcept;

 private:
  std::uint64_t size_, sum_, passed_ = 0, given_ = 0;
  bool negative_;
};

/// Weights as law 1 needs them: the largest becomes 2^31, the others in proportion, to nearest.
///
///   Promises  returns false, and zeros, where all weights are zero
///   Errors    @throws Error{Errc::invalid_weight} where a weight is negative or not finite
///   Cost      O(n); never allocates
MTA_EXPORT bool quantize_weights(std::span<const double> weight,
                                 std::span<std::uint32_t> quantized);

/// The same for few, very unequal weights (the effects of all channels): the largest becomes
/// 2^62 / n rounded down to a power of two, so that a channel of a millionth still has 40 bits.
MTA_EXPORT bool quantize_effects(std::span<const double> weight,
                                 std::span<std::uint64_t> quantized);

}  // namespace mta

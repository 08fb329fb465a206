#pragma once
// Law 1 for many journeys of equally many touches at once.
#include <cstddef>
#include <cstdint>
#include <span>

namespace mta::simd {

/// Journeys that a kernel splits together fill at most one word of flags.
inline constexpr std::size_t largest_block = 64;
/// Columns may be read this far beyond their end; rows of a block are multiples of it.
inline constexpr std::size_t most_lanes = 8;
/// No amount of a journey in a block may be larger: doubles then place its parts within 1/8 unit.
inline constexpr std::int64_t largest_amount = std::int64_t{1} << 46;

/// What the journeys of a block have to hand out: `journeys` amounts each, readable up to the next
/// multiple of most_lanes.
struct BlockWorth {
  const std::int64_t* conversions = nullptr;
  const std::int64_t* value = nullptr;
  std::size_t journeys = 0;
};

/// Running shares S_i / S_n of weights that depend on the number of touches alone, each with 2^-50
/// added: what a double then loses never pulls an exact half below the half.
struct Fractions {
  std::span<const double> upto;  ///< one for each touch
  double whole = 0;              ///< S_n over the greatest common divisor of all weights
};

/// part[2 * (i * stride + j)] = the conversions that touch i of journey j earns, and in the next
/// entry its value: the integers of `apportion`.
///
///   Returns   a bit for each journey whose parts a double could not tell: they must be had from
///             `apportion`, what is written for them is of no use
///   Requires  journeys <= largest_block, |amount| <= largest_amount, stride >= journeys rounded up
///             to most_lanes
///   Promises  the same parts and the same flags on every target
///   Cost      about 5 vector operations for each amount and touch; never allocates
[[nodiscard]] std::uint64_t split_by_fractions(const BlockWorth& worth, const Fractions& fractions,
                                               std::size_t stride, std::int64_t* part) noexcept;

/// The same over weights of their own: weight[i * stride + j] of touch i of journey j, quantised as
/// `quantize_weights` does, and overwritten. Journeys with a weight that is negative or not finite,
/// and those with weights of 0 alone, come back flagged.
[[nodiscard]] std::uint64_t split_by_weights(const BlockWorth& worth, std::span<double> weight,
                                             std::size_t stride, std::int64_t* part) noexcept;

}  // namespace mta::simd

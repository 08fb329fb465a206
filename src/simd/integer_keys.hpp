#pragma once
#include <cstdint>
#include <span>

namespace mta::simd {

/// The keys of integer identifiers, as `integer_person_key` has them: high[i], and low[i] in 64
/// bits.
///
///   Requires  all of one size
///   Cost      O(n), some 40 instructions for each vector; never allocates
void integer_keys(std::span<const std::uint64_t> identifiers, std::span<std::uint64_t> high,
                  std::span<std::uint64_t> low) noexcept;

}  // namespace mta::simd

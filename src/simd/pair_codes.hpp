#pragma once
#include <cstdint>
#include <span>

namespace mta::simd {

/// Neighbours of a stream, a number each: pair[i] = code[i] * codes + code[i + 1], or 0 where they
/// are equal.
///
///   Requires  code.size() == pair.size() + 1, every code < codes, codes^2 < 2^32
///   Cost      O(n), five instructions for each vector; never allocates
void pair_codes(std::span<const std::uint32_t> code, std::uint32_t codes,
                std::span<std::uint32_t> pair) noexcept;

}  // namespace mta::simd

#pragma once
#include <cstdint>
#include <span>

namespace mta::simd {

/// pair[i] = code[i] * codes + code[i + 1]: neighbours of a stream, a number each.
///
///   Requires  code.size() == pair.size() + 1, every code < codes, codes^2 < 2^32
///   Cost      O(n), a multiplication and an addition for each vector; never allocates
void pair_codes(std::span<const std::uint32_t> code, std::uint32_t codes,
                std::span<std::uint32_t> pair) noexcept;

}  // namespace mta::simd

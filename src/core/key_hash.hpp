#pragma once
// The definitions behind mta/core/hash.hpp, inline for readers that hash every row.
#include <cstring>
#include <string_view>

#include "core/golden_ratio.hpp"
#include "core/xxh3.hpp"
#include "mta/core/hash.hpp"

namespace mta {

/// The numbers of SplitMix64 (Steele, Lea and Flood 2014).
namespace mixing {
constexpr std::uint64_t step = golden_ratio;
constexpr std::uint64_t first_factor = 0xbf58476d1ce4e5b9u, second_factor = 0x94d049bb133111ebu;
}  // namespace mixing

/// A bijection of 64 bits: the finaliser of SplitMix64.
constexpr std::uint64_t mix64(std::uint64_t x) noexcept {
  x += mixing::step;
  x = (x ^ (x >> 30)) * mixing::first_factor;
  x = (x ^ (x >> 27)) * mixing::second_factor;
  return x ^ (x >> 31);
}

inline PersonKey integer_person_key(std::uint64_t identifier) noexcept {
  const std::uint64_t high = mix64(identifier);
  return {high, static_cast<std::uint32_t>(mix64(high) >> 32)};
}

/// Whether eight characters are digits.
inline bool are_digits(const char* at) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  constexpr std::uint64_t high = 0xf0f0'f0f0'f0f0'f0f0, zeros = 0x3030'3030'3030'3030;
  return (word & high) == zeros && ((word + 0x0606'0606'0606'0606) & high) == zeros;
}

/// Whether a text is a canonical unsigned decimal below 2^64, and which.
inline bool canonical_integer(std::string_view text, std::uint64_t& value) noexcept {
  if (text.empty() || text.size() > 20) return false;
  // Most identifiers are done with here: without a loop, whose end could not be foreseen.
  if (text.size() >= 8 &&
      (!are_digits(text.data()) || !are_digits(text.data() + text.size() - 8))) {
    return false;
  }
  if (text.front() == '0' && text.size() > 1) return false;
  std::uint64_t sum = 0;
  for (const char c : text) {
    const auto digit = static_cast<std::uint64_t>(static_cast<unsigned char>(c)) - '0';
    if (digit > 9) return false;
    if (__builtin_mul_overflow(sum, std::uint64_t{10}, &sum)) return false;
    if (__builtin_add_overflow(sum, digit, &sum)) return false;
  }
  value = sum;
  return true;
}

inline PersonKey text_person_key(std::string_view identifier) noexcept {
  std::uint64_t number = 0;
  if (canonical_integer(identifier, number)) return integer_person_key(number);
  const XXH128_hash_t hash = XXH3_128bits(identifier.data(), identifier.size());
  return {hash.high64, static_cast<std::uint32_t>(hash.low64 >> 32)};
}

}  // namespace mta

#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mta/core/export.hpp"

namespace mta {

/// 128 bits of XXH3 (seed 0) of a text; the odds of any collision among 10^9 texts are below 2e-21.
struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend constexpr auto operator<=>(const Hash128&, const Hash128&) = default;
};
[[nodiscard]] MTA_EXPORT Hash128 hash128(std::string_view text) noexcept;

/// Who an event belongs to: 96 bits of the identifier. The odds of any collision among 10^9 persons
/// are below 10^-10.
struct PersonKey {
  std::uint64_t high = 0;
  std::uint32_t low = 0;
  friend constexpr auto operator<=>(const PersonKey&, const PersonKey&) = default;
};

/// A fixed bijective mix of an integer identifier.
[[nodiscard]] MTA_EXPORT PersonKey person_key(std::uint64_t identifier) noexcept;

/// The key of an identifier's text: the top 96 bits of XXH3-128 (seed 0), but a canonical unsigned
/// decimal below 2^64 ("0", "17", never "017") takes the integer's mix, so that both forms agree.
[[nodiscard]] MTA_EXPORT PersonKey person_key(std::string_view identifier) noexcept;

/// The unit of work: persons whose key begins with the same 8 bits. The same on every machine.
inline constexpr std::size_t bucket_count = 256;
[[nodiscard]] constexpr std::size_t bucket_of(const PersonKey& key) noexcept {
  return static_cast<std::size_t>(key.high >> 56);
}

/// 64 bits of XXH3 (seed 0) of raw bytes: checksums and fingerprints.
[[nodiscard]] MTA_EXPORT std::uint64_t hash64(std::string_view bytes) noexcept;

}  // namespace mta

#include "mta/core/hash.hpp"

#include "core/key_hash.hpp"

namespace mta {

Hash128 hash128(std::string_view text) noexcept {
  const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
  return {hash.high64, hash.low64};
}

PersonKey person_key(std::uint64_t identifier) noexcept { return integer_person_key(identifier); }

PersonKey person_key(std::string_view identifier) noexcept { return text_person_key(identifier); }

std::uint64_t hash64(std::string_view bytes) noexcept {
  return XXH3_64bits(bytes.data(), bytes.size());
}

}  // namespace mta

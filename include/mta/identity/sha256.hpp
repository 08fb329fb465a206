#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "mta/core/export.hpp"

namespace mta {

/// SHA-256 of bytes. Source: FIPS 180-4, section 6.2.
[[nodiscard]] MTA_EXPORT std::array<std::uint8_t, 32> sha256(std::string_view bytes) noexcept;

/// Its 64 lower-case hexadecimal digits, as ad platforms take hashed e-mail addresses and phones.
[[nodiscard]] MTA_EXPORT std::string sha256_hex(std::string_view bytes);

}  // namespace mta

#pragma once
#include <cstdint>
#include <string_view>

namespace mta {

/// Whether all bytes are ASCII and none is NUL.
[[nodiscard]] bool is_plain_ascii(std::string_view text) noexcept;

/// Whether a text is UTF-8 (RFC 3629: no surrogates, no overlong forms) without NUL, which no text
/// holds but a damaged file may.
[[nodiscard]] bool is_valid_text(std::string_view text) noexcept;

[[nodiscard]] std::uint64_t count_newlines(const char* begin, const char* end) noexcept;

}  // namespace mta

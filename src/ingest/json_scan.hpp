#pragma once
// Places in JSON text. Each function returns the place behind what it names, or null where the text
// does not have it there in its plain form.
#include <cstdint>
#include <cstring>
#include <string_view>

#include "ingest/time_text.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace mta::json {

constexpr bool is_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

constexpr const char* skip_spaces(const char* at, const char* end) noexcept {
  while (at != end && is_space(*at)) ++at;
  return at;
}

constexpr const char* skip_digits(const char* at, const char* end) noexcept {
  if (at == end || !is_digit(*at)) return nullptr;
  while (at != end && is_digit(*at)) ++at;
  return at;
}

/// RFC 8259: -? (0 | [1-9] digits*) ("." digits)? ([eE] [+-]? digits)?
constexpr const char* skip_number(const char* at, const char* end) noexcept {
  if (at != end && *at == '-') ++at;
  const bool is_zero = at != end && *at == '0';
  at = is_zero ? at + 1 : skip_digits(at, end);
  if (at != nullptr && at != end && *at == '.') at = skip_digits(at + 1, end);
  if (at != nullptr && at != end && (*at == 'e' || *at == 'E')) {
    ++at;
    if (at != end && (*at == '+' || *at == '-')) ++at;
    at = skip_digits(at, end);
  }
  return at;
}

constexpr bool is_number(std::string_view text) noexcept {
  const char* const end = text.data() + text.size();
  return skip_number(text.data(), end) == end;
}

inline const char* skip_word(const char* at, const char* end, std::string_view word) noexcept {
  if (static_cast<std::size_t>(end - at) < word.size()) return nullptr;
  return std::memcmp(at, word.data(), word.size()) == 0 ? at + word.size() : nullptr;
}

constexpr bool ends_plain_string(char c) noexcept {
  return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
}

/// From behind the opening quote to the closing one (not behind it): null where an escape or a
/// control character comes first. May read 15 bytes beyond `end`.
inline const char* find_string_end(const char* at, const char* end) noexcept {
#if defined(__SSE2__)
  for (; at < end; at += 16) {
    __m128i bytes;
    std::memcpy(&bytes, at, sizeof bytes);
    const __m128i largest_control = _mm_set1_epi8(0x1f);
    const __m128i stops = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                                    _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))),
                                       _mm_cmpeq_epi8(_mm_min_epu8(bytes, largest_control), bytes));
    const auto hits = static_cast<unsigned>(_mm_movemask_epi8(stops));
    if (hits == 0) continue;
    at += __builtin_ctz(hits);
    return at < end && *at == '"' ? at : nullptr;
  }
  return nullptr;
#else
  while (at < end && !ends_plain_string(*at)) ++at;
  return at < end && *at == '"' ? at : nullptr;
#endif
}

}  // namespace mta::json

#include "ingest/text_check.hpp"

#include <cstddef>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace mta {
namespace {

constexpr bool is_plain(char c) noexcept { return static_cast<signed char>(c) > 0; }

/// Length of the UTF-8 sequence at the front of a text, or 0 where there is none.
std::size_t sequence_length(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto is_tail = [&](std::size_t i) { return (byte(i) & 0xc0u) == 0x80u; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return lead != 0 ? 1 : 0;
  if (lead < 0xc2 || text.size() < 2 || !is_tail(1)) return 0;
  if (lead < 0xe0) return 2;
  if (text.size() < 3 || !is_tail(2)) return 0;
  if (lead < 0xf0) {
    const bool is_overlong = lead == 0xe0 && byte(1) < 0xa0;
    const bool is_surrogate = lead == 0xed && byte(1) >= 0xa0;
    return is_overlong || is_surrogate ? 0 : 3;
  }
  if (lead > 0xf4 || text.size() < 4 || !is_tail(3)) return 0;
  const bool is_overlong = lead == 0xf0 && byte(1) < 0x90;
  const bool is_beyond = lead == 0xf4 && byte(1) >= 0x90;
  return is_overlong || is_beyond ? 0 : 4;
}

}  // namespace

bool is_plain_ascii(std::string_view text) noexcept {
  std::size_t at = 0;
#if defined(__SSE2__)
  const __m128i zero = _mm_setzero_si128();
  for (; at + 16 <= text.size(); at += 16) {
    __m128i bytes;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    if (_mm_movemask_epi8(_mm_cmpgt_epi8(bytes, zero)) != 0xffff) return false;
  }
#endif
  for (; at < text.size(); ++at) {
    if (!is_plain(text[at])) return false;
  }
  return true;
}

bool is_valid_text(std::string_view text) noexcept {
  if (is_plain_ascii(text)) return true;
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::uint64_t count_newlines(const char* begin, const char* end) noexcept {
  std::uint64_t count = 0;
#if defined(__SSE2__)
  const __m128i newline = _mm_set1_epi8('\n');
  while (end - begin >= 16) {
    // Sixteen counters of a byte each, added up before any of them can overflow.
    __m128i counters = _mm_setzero_si128();
    for (int i = 0; i < 255 && end - begin >= 16; ++i, begin += 16) {
      __m128i bytes;
      std::memcpy(&bytes, begin, sizeof bytes);
      counters = _mm_sub_epi8(counters, _mm_cmpeq_epi8(bytes, newline));
    }
    const __m128i sums = _mm_sad_epu8(counters, _mm_setzero_si128());
    count += static_cast<std::uint64_t>(_mm_cvtsi128_si64(sums)) +
             static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums)));
  }
#endif
  for (; begin != end; ++begin) count += *begin == '\n' ? 1 : 0;
  return count;
}

}  // namespace mta

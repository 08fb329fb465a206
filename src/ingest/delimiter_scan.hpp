#pragma once
#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace mta {

/// Visits the delimiters and newlines of a text in order, 64 bytes at a time.
/// @pre the text is followed by a newline and 64 readable bytes more.
class DelimiterScan {
 public:
  explicit DelimiterScan(char delimiter) noexcept : delimiter_(delimiter) {}

  /// The next delimiter or newline at or after `at` is the next one visited.
  void seek(const char* at) noexcept {
    const auto ahead = static_cast<std::uint64_t>(at - base_);
    if (ahead < 64) {  // bits before the last visit are gone; `at` never lies before it
      mask_ &= ~std::uint64_t{0} << ahead;
    } else {
      load(at);
    }
  }
  void start(const char* at) noexcept { load(at); }

  const char* next() noexcept {
    while (mask_ == 0) load(base_ + 64);
    const char* const at = base_ + std::countr_zero(mask_);
    mask_ &= mask_ - 1;
    return at;
  }

 private:
  void load(const char* at) noexcept {
    base_ = at;
#if defined(__SSE2__)
    const __m128i delimiter = _mm_set1_epi8(delimiter_);
    const __m128i newline = _mm_set1_epi8('\n');
    const auto hits = [&](int quarter) {
      __m128i bytes;
      std::memcpy(&bytes, at + 16 * quarter, sizeof bytes);
      const __m128i both =
          _mm_or_si128(_mm_cmpeq_epi8(bytes, delimiter), _mm_cmpeq_epi8(bytes, newline));
      return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(both)));
    };
    mask_ = hits(0) | hits(1) << 16 | hits(2) << 32 | hits(3) << 48;
#else
    mask_ = 0;
    for (unsigned i = 0; i < 64; ++i) {
      const bool hit = at[i] == delimiter_ || at[i] == '\n';
      mask_ |= static_cast<std::uint64_t>(hit) << i;
    }
#endif
  }

  char delimiter_;
  const char* base_ = nullptr;
  std::uint64_t mask_ = 0;
};

}  // namespace mta

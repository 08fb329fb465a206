#pragma once
#include <cstddef>

namespace mta::test {

/// How often a random test goes round: fewer times where a sanitizer makes each ten times slower.
/// What it draws is the same each time, so the first rounds are those of the whole.
constexpr std::size_t rounds(std::size_t whole) noexcept {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return whole / 8;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  return whole / 8;
#else
  return whole;
#endif
#else
  return whole;
#endif
}

}  // namespace mta::test

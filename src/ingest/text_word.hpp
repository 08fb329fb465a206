#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace mta {

/// Eight (or four) characters as a number whose lowest byte is the first of them.
template <typename Word>
Word load_text(const char* at) noexcept {
  Word word;
  std::memcpy(&word, at, sizeof word);
  if constexpr (std::endian::native == std::endian::big) {
    Word turned = 0;
    for (std::size_t i = 0; i < sizeof word; ++i) {
      turned = static_cast<Word>(turned << 8) | (word & 0xffu);
      word >>= 8;
    }
    return turned;
  }
  return word;
}

}  // namespace mta

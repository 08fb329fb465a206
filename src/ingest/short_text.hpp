#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ingest/text_word.hpp"

namespace mta {

/// Entry 8 + n, up to 16, keeps the first n bytes of a word; those before keep none, those behind
/// all.
inline constexpr std::array<std::uint64_t, 25> word_masks = [] {
  std::array<std::uint64_t, 25> masks{};
  for (std::size_t bytes = 1; bytes <= 16; ++bytes) masks[8 + bytes] = masks[7 + bytes] << 8 | 0xff;
  return masks;
}();

/// A text of at most 16 bytes as two numbers, zeros behind its end: with its size it is the text.
struct ShortText {
  static constexpr std::size_t longest = 16;

  std::uint64_t head = 0, tail = 0;

  /// @pre text.size() <= longest
  [[nodiscard]] static ShortText of(std::string_view text) noexcept {
    const std::size_t size = text.size();
    const char* const begin = text.data();
    const char* const end = begin + size;
    if (size > 8) {
      return {load_text<std::uint64_t>(begin),
              load_text<std::uint64_t>(end - 8) >> (8 * (longest - size))};
    }
    if (size == 8) return {load_text<std::uint64_t>(begin), 0};
    if (size >= 4) {
      return {load_text<std::uint32_t>(begin) | std::uint64_t{load_text<std::uint32_t>(end - 4)}
                                                    << (8 * (size - 4)),
              0};
    }
    ShortText bytes;
    for (std::size_t i = 0; i < size; ++i) {
      bytes.head |= std::uint64_t{static_cast<unsigned char>(begin[i])} << (8 * i);
    }
    return bytes;
  }

  /// The same without a branch. @pre `longest` bytes may be read behind the text's begin
  [[nodiscard]] static ShortText padded(std::string_view text) noexcept {
    const std::uint64_t* const mask = &word_masks[text.size()];
    return {load_text<std::uint64_t>(text.data()) & mask[8],
            load_text<std::uint64_t>(text.data() + 8) & mask[0]};
  }
};

}  // namespace mta

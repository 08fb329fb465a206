#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "ingest/text_word.hpp"

namespace mta {

/// From byte 16 - n on, 16 bytes that keep the first n.
inline constexpr std::array<std::uint8_t, 32> first_bytes = [] {
  std::array<std::uint8_t, 32> masks{};
  for (std::size_t i = 0; i < 16; ++i) masks[i] = 0xff;
  return masks;
}();

/// A text of at most 16 bytes, none of which is NUL, with zeros behind its end.
class ShortText {
 public:
  static constexpr std::size_t longest = 16;
  /// Two words that are held, and compared, as one.
  using Words [[gnu::vector_size(16)]] = std::uint64_t;

  ShortText() = default;
  ShortText(std::uint64_t head, std::uint64_t tail) noexcept : words_{head, tail} {}

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
    std::uint64_t head = 0;
    for (std::size_t i = 0; i < size; ++i) {
      head |= std::uint64_t{static_cast<unsigned char>(begin[i])} << (8 * i);
    }
    return {head, 0};
  }

  /// The same without a branch. @pre `longest` bytes may be read behind the text's begin
  [[nodiscard]] static ShortText padded(std::string_view text) noexcept {
    ShortText made;
    Words mask;
    std::memcpy(&made.words_, text.data(), sizeof made.words_);
    std::memcpy(&mask, &first_bytes[longest - text.size()], sizeof mask);
    made.words_ &= mask;
    if constexpr (std::endian::native == std::endian::big) {
      made.words_ = Words{__builtin_bswap64(made.words_[0]), __builtin_bswap64(made.words_[1])};
    }
    return made;
  }

  [[nodiscard]] std::uint64_t head() const noexcept { return words_[0]; }
  [[nodiscard]] std::uint64_t tail() const noexcept { return words_[1]; }
  [[nodiscard]] const Words& words() const noexcept { return words_; }

 private:
  Words words_ = {};
};

}  // namespace mta

#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace mta {

/// The first and last eight bytes of a text, and its size: tells texts of up to 16 bytes apart for
/// certain, longer ones nearly always.
struct LabelPrint {
  std::uint64_t head = 0, tail = 0;
  std::size_t size = 0;

  LabelPrint() = default;
  explicit LabelPrint(std::string_view text) noexcept : size(text.size()) {
    const char* const begin = text.data();
    const char* const end = begin + size;
    if (size >= 8) {
      head = load<std::uint64_t>(begin);
      tail = load<std::uint64_t>(end - 8);
    } else if (size >= 4) {
      head = load<std::uint32_t>(begin);
      tail = load<std::uint32_t>(end - 4);
    } else if (size > 0) {
      head = load<std::uint8_t>(begin);
      tail = load<std::uint8_t>(begin + size / 2) << 8 | load<std::uint8_t>(end - 1);
    }
  }

  /// Whether it holds all of the text: equal prints are then equal texts.
  [[nodiscard]] bool is_whole() const noexcept { return size <= 16; }
  friend bool operator==(const LabelPrint& a, const LabelPrint& b) noexcept {
    return ((a.head ^ b.head) | (a.tail ^ b.tail) | (a.size ^ b.size)) == 0;
  }

 private:
  template <typename Word>
  static std::uint64_t load(const char* at) noexcept {
    Word word;
    std::memcpy(&word, at, sizeof word);
    return word;
  }
};

}  // namespace mta

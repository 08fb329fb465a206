#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace mta::simd {

/// Some bytes of a text, a bit for each.
class MarkedBytes {
 public:
  explicit MarkedBytes(std::size_t largest_text) : words_(largest_text / bits + 3) {}

  /// Where a kernel writes the marks of a text of so many bytes, 64 a word.
  [[nodiscard]] std::uint64_t* start(std::size_t size) noexcept {
    // What `next` may look at behind the marks.
    const std::size_t words = (size + bits - 1) / bits;
    words_[words] = words_[words + 1] = 0;
    size_ = size;
    return words_.data();
  }
  [[nodiscard]] const std::uint64_t* words() const noexcept { return words_.data(); }
  void set_any(bool any) noexcept { any_ = any; }  ///< whether there were any

  [[nodiscard]] std::size_t size() const noexcept { return size_; }  ///< of the text

  [[nodiscard]] bool any() const noexcept { return any_; }
  /// Whether a byte of [begin, end) is marked. @pre begin < end <= the text's size
  [[nodiscard]] bool any(std::size_t begin, std::size_t end) const noexcept {
    return any_ && find(begin, end);
  }

  /// A bit for each of the 57 to 64 bytes from `place` on: whoever hops from mark to mark waits for
  /// each, so it is short. None tells nothing. @pre place <= the text's size
  [[nodiscard]] std::uint64_t window(std::size_t place) const noexcept {
    if constexpr (std::endian::native != std::endian::little) return 0;
    std::uint64_t marks = 0;
    std::memcpy(&marks, reinterpret_cast<const char*>(words_.data()) + place / 8, sizeof marks);
    return marks >> place % 8;
  }
  /// The first marked byte at `place` or behind it; the text's size or more where there is none.
  /// @pre place <= the text's size
  [[nodiscard]] std::size_t next(std::size_t place) const noexcept {
    const std::uint64_t marks = window(place);
    if (marks != 0) return place + static_cast<unsigned>(std::countr_zero(marks));
    return find_next(place);
  }

 private:
  static constexpr std::size_t bits = 64;

  [[nodiscard]] bool find(std::size_t begin, std::size_t end) const noexcept;
  [[nodiscard]] std::size_t find_next(std::size_t place) const noexcept;

  std::vector<std::uint64_t> words_;
  std::size_t size_ = 0;
  bool any_ = false;
};

}  // namespace mta::simd

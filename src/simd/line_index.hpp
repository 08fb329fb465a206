#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "simd/marked_bytes.hpp"

namespace mta::simd {

/// Where the lines of a piece of text end and its quotes stand, found 64 bytes at a time.
///
///   Promises  the same index on every target; nothing beyond the text is read
///   Cost      a few instructions for each vector and each line; allocates when it is made only
class LineIndex {
 public:
  static constexpr std::size_t largest_text = std::size_t{16} << 10;

  LineIndex();

  /// @pre text.size() <= largest_text (asserted)
  void build(std::span<const char> text);

  /// The places one behind each newline, in order.
  [[nodiscard]] std::span<const std::uint32_t> behind_newlines() const noexcept {
    return {behind_.data(), newlines_};
  }
  /// Whether all bytes are ASCII and none is NUL.
  [[nodiscard]] bool is_plain() const noexcept { return lowest_ > 0; }
  /// Quotes and newlines.
  [[nodiscard]] const MarkedBytes& stops() const noexcept { return stops_; }
  /// '\\' and control characters (below 0x20) but the newline.
  [[nodiscard]] const MarkedBytes& escapes() const noexcept { return escapes_; }

 private:
  std::vector<std::uint32_t> behind_;
  MarkedBytes stops_, escapes_;
  std::size_t newlines_ = 0;
  int lowest_ = 1;         // of the bytes as signed numbers, or more than 0
  bool was_clean_ = true;  // plain and without escapes: the text before
};

}  // namespace mta::simd

#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "simd/marked_bytes.hpp"

namespace mta::simd {

/// Where a piece of delimited text has its stops (a delimiter or a newline), found 64 bytes at a
/// time: whoever walks over rows and fields then searches nothing. Quotes are marked.
///
///   Promises  the same index on every target; nothing beyond the text is read
///   Cost      a few instructions for each vector and each stop; allocates when it is made only
class StopIndex {
 public:
  static constexpr std::size_t largest_text = std::size_t{16} << 10;

  StopIndex();

  /// @pre text.size() <= largest_text (asserted)
  void build(std::span<const char> text, char delimiter);

  /// The places one behind each stop, in order, after a 0: field i (from 1) begins at behind()[i -
  /// 1] and ends before behind()[i] - 1.
  [[nodiscard]] const std::uint32_t* behind() const noexcept { return behind_.data(); }
  [[nodiscard]] std::size_t stops() const noexcept { return stops_; }
  /// Of them, those one behind a newline.
  [[nodiscard]] std::span<const std::uint32_t> behind_newlines() const noexcept {
    return {newlines_.data(), newline_count_};
  }
  /// Whether all bytes are ASCII and none is NUL.
  [[nodiscard]] bool is_plain() const noexcept { return lowest_ > 0; }
  [[nodiscard]] const MarkedBytes& quotes() const noexcept { return quotes_; }

 private:
  std::vector<std::uint32_t> behind_, newlines_;
  MarkedBytes quotes_;
  std::size_t stops_ = 0, newline_count_ = 0;
  int lowest_ = 1;  // of the bytes as signed numbers, or more than 0
};

}  // namespace mta::simd

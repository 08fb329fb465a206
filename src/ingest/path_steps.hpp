#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "ingest/text_word.hpp"

namespace mta {

/// A step of a path as it is written, blanks included, and what tells it from others at a glance:
/// all its bytes where they are at most 16 (0 behind the last), else the first and the last eight.
struct StepText {
  std::uint64_t head = 0, tail = 0;
  std::string_view text = {};
};

/// Walks over the steps of a path. Most are shorter than 16 bytes, which are looked at at once:
/// where the step ends, and its bytes, come of the same two words.
class PathSteps {
 public:
  PathSteps(char separator, std::string_view path) noexcept
      : separator_(separator),
        pattern_(ones * static_cast<unsigned char>(separator)),
        begin_(path.data()),
        at_(begin_),
        end_(begin_ + path.size()) {}

  /// Whether there are further steps: none behind a last separator.
  [[nodiscard]] bool any() const noexcept { return at_ != end_; }

  [[nodiscard]] StepText next() noexcept {
    const Bytes bytes = load();
    const auto left = static_cast<std::size_t>(end_ - at_);
    const std::size_t size = size_of_step(bytes, left);
    if (size > most) return next_long(size);
    const StepText step{
        bytes.low & mask(size), bytes.high & mask(size < 8 ? 0 : size - 8), {at_, size}};
    at_ += size == left ? size : size + 1;
    return step;
  }

 private:
  static constexpr std::uint64_t ones = 0x0101010101010101u;
  static constexpr std::size_t most = 16;
  __extension__ typedef unsigned __int128 Wide;

  struct Bytes {  // the first byte in the lowest bits
    std::uint64_t low, high;
  };

  static std::uint64_t word(const char* from) noexcept { return load_text<std::uint64_t>(from); }

  /// The next 16 bytes, 0 behind the path: nothing beyond it is read.
  [[nodiscard]] Bytes load() const noexcept {
    const auto left = static_cast<std::size_t>(end_ - at_);
    if (left >= most) return {word(at_), word(at_ + 8)};
    if (static_cast<std::size_t>(end_ - begin_) >= most) {
      const Wide last = Wide{word(end_ - 8)} << 64 | word(end_ - 16);
      const Wide rest = last >> (8 * (most - left));
      return {static_cast<std::uint64_t>(rest), static_cast<std::uint64_t>(rest >> 64)};
    }
    char bytes[most] = {};
    std::memcpy(bytes, at_, left);
    return {word(bytes), word(bytes + 8)};
  }

  /// Marks the lowest byte that is a separator, and perhaps some above it.
  [[nodiscard]] std::uint64_t marks(std::uint64_t bytes) const noexcept {
    const std::uint64_t rest = bytes ^ pattern_;
    return (rest - ones) & ~rest & (ones << 7);
  }

  /// What a step of so many bytes has of a word.
  static std::uint64_t mask(std::size_t size) noexcept {
    return size >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * size)) - 1;
  }

  [[nodiscard]] std::size_t size_of_step(const Bytes& bytes, std::size_t left) const noexcept {
    const std::uint64_t low = marks(bytes.low), high = marks(bytes.high);
    std::size_t size = most + 1;
    if (low != 0) {
      size = static_cast<std::size_t>(std::countr_zero(low)) / 8;
    } else if (high != 0) {
      size = 8 + static_cast<std::size_t>(std::countr_zero(high)) / 8;
    }
    if (size > left) size = left;  // a separator that is NUL is not found behind the path either
    return size;
  }

  /// A step of at least so many bytes, less one.
  [[nodiscard]] StepText next_long(std::size_t least) noexcept {
    const char* const from = at_ + least - 1;
    const void* const found = std::memchr(from, separator_, static_cast<std::size_t>(end_ - from));
    const char* const stop = found == nullptr ? end_ : static_cast<const char*>(found);
    const std::string_view text(at_, static_cast<std::size_t>(stop - at_));
    const StepText step{word(text.data()), word(stop - 8), text};  // 16 bytes at least
    at_ = stop == end_ ? end_ : stop + 1;
    return step;
  }

  char separator_;
  std::uint64_t pattern_;
  const char *begin_, *at_, *end_;
};

}  // namespace mta

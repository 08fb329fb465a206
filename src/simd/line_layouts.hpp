#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "simd/marked_bytes.hpp"

namespace mta::simd {

/// Layouts of lines of text: where a line has its marks, which of its bytes are always the same,
/// and where its values stand. A line of a known layout is compared as a whole; nothing is
/// searched.
///
///   Promises  the same on every target
///   Cost      a few instructions for each vector and value of a line; allocates when it is made
class LineLayouts {
 public:
  /// Of a line with its newline.
  static constexpr std::size_t longest_line = 224;
  /// Bytes behind a line that must be readable.
  static constexpr std::size_t padding = 64;
  static constexpr std::size_t most_values = 28, most_absent = 16;

  /// Bytes [begin, behind - 1) of a text or line, as indices have them.
  struct Place {
    std::uint32_t begin, behind;
    friend bool operator==(const Place&, const Place&) = default;
  };
  /// What is written for a value that a line has not.
  static constexpr Place nowhere = {0, 1};

  /// Lines of a text that stand behind one another, each with its newline, which is marked.
  struct Lines {
    const char* text;
    const MarkedBytes* marks;
    std::uint32_t begin;                    ///< of the first one
    std::span<const std::uint32_t> behind;  ///< one behind the newline of each
  };

  struct Value {
    std::uint32_t offset;  ///< where it is written to
    Place place;           ///< in the line
  };
  /// What there is to know of a line beside its bytes and marks.
  struct Shape {
    std::span<const Place> varying;  ///< in the line: what may differ
    std::span<const Value> values;
    std::span<const std::uint32_t> absent;  ///< where nowhere is written to
  };

  LineLayouts();

  /// Reads lines up to the first of which no layout is known, and writes their values' places in
  /// the text: those of line i to `places` from 2 * i + offset on. Returns how many.
  /// @pre size of the text below 2^32
  [[nodiscard]] std::size_t read(const Lines& lines, std::uint32_t* places) const noexcept;

  /// Takes note of the first line's layout, unless it is too long or has too many values.
  void learn(const Lines& lines, const Shape& shape);

  /// One layout, as kernels read it.
  struct Layout;
  /// A word holds the marks of so many bytes: as many as are in a word that begins with some byte.
  static constexpr std::size_t word_bytes = 56, words = longest_line / word_bytes;
  static constexpr int table_bits = 8;

 private:
  std::vector<Layout> table_;  // by the hash of their marks
};

struct alignas(128) LineLayouts::Layout {
  static constexpr std::size_t room = 256;  // as many bytes as whole vectors have

  std::array<std::uint64_t, words> marks = {};
  std::uint32_t size = 0, values = 0, absent = 0;
  alignas(64) std::array<std::uint8_t, room> bytes = {};
  alignas(64) std::array<std::uint8_t, room> is_fixed = {};  // 0xff where the byte counts
  std::array<std::uint32_t, most_values> offset = {};
  std::array<Place, most_values> place = {};
  std::array<std::uint32_t, most_absent> absent_offset = {};
};

}  // namespace mta::simd

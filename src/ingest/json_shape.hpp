#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/row_batch.hpp"
#include "simd/marked_bytes.hpp"

namespace mta {

/// A line of an indexed text: bytes [begin, end) of it, line end left out.
struct QuotedLine {
  const char* text;
  std::uint32_t begin, end;
  const simd::MarkedBytes* quotes;  ///< of the text
};

/// What many lines of JSON have in common: all bytes but those of their values. A line of a known
/// shape is read by comparing these bytes; nothing in it is searched.
class JsonShape {
 public:
  /// Bytes behind a line that must be readable.
  static constexpr std::size_t padding = 128;

  /// The slots that a key's value goes to.
  using SlotsOf = std::function<std::span<const std::size_t>(std::string_view key)>;

  /// The shape of a line, or nothing where it holds nested values, no value, or very long keys.
  /// @pre it is one valid object without escapes
  [[nodiscard]] static std::optional<JsonShape> of(const char* begin, const char* end,
                                                   std::size_t slots, const SlotsOf& slots_of);

  /// Puts the places of the line's values into the slots of their keys, as JsonField::text has
  /// them; false where the line has another shape: then the slots hold anything.
  /// @pre the line holds no backslash and no control character
  [[nodiscard]] bool read(const QuotedLine& line, std::span<TextPlace> slots) const noexcept;

 private:
  class Builder;
  enum class Value : std::uint8_t { string, bare, none };
  static constexpr std::size_t longest_literal = 96;
  static constexpr std::uint32_t nowhere = ~std::uint32_t{0};

  /// Eight bytes of a literal, those that are its own all ones in the mask.
  struct Word {
    std::uint64_t bytes = 0, mask = 0;
  };
  /// Bytes that stand before a value, or behind the last one.
  struct Literal {
    std::array<Word, 2> first = {};  // nearly always all of it
    std::uint32_t size = 0;
    std::uint32_t more_words = 0, more = 0;  // in more_words_, from `more`
    std::uint32_t slot = nowhere;            // of the value that ends where it begins
    Value before = Value::none;              // what kind of value that is
  };

  [[nodiscard]] bool stands_at(const char* at, const Literal& literal) const noexcept;

  std::vector<Literal> literals_;
  std::vector<Word> more_words_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> copies_;  // slot to slot
};

/// The shapes in use, each learnt from a line.
class JsonShapes {
 public:
  explicit JsonShapes(std::size_t slots);

  /// Puts the values of a line into the slots, which no one else writes to, the others emptied;
  /// false where no shape fits.
  [[nodiscard]] bool read(const QuotedLine& line, std::span<TextPlace> slots) noexcept;
  /// Takes note of the shape of a line that `read` did not know. @pre as for JsonShape::of
  void learn(const char* begin, const char* end, const JsonShape::SlotsOf& slots_of);

 private:
  static constexpr std::size_t most_shapes = 16;
  static constexpr std::size_t misses_for_another = 64;  // once there are so many
  [[nodiscard]] bool read_as(const JsonShape& shape, const QuotedLine& line,
                             std::span<TextPlace> slots) noexcept;

  std::size_t slots_;
  std::vector<JsonShape> shapes_;
  std::size_t recent_ = 0, oldest_ = 0, misses_ = 0;
  const JsonShape* filled_by_ = nullptr;  // which left the slots that it does not fill empty
};

}  // namespace mta

#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/row_batch.hpp"
#include "simd/line_layouts.hpp"
#include "simd/marked_bytes.hpp"

namespace mta {

/// A line of an indexed text: bytes [begin, end) of it, line end left out.
struct IndexedLine {
  const char* text;
  std::uint32_t begin, end;
  const simd::MarkedBytes* stops;  ///< of the text: its quotes and newlines
};

/// Lines of an indexed text that stand behind one another.
struct IndexedLines {
  const char* text;
  std::uint32_t begin;                    ///< of the first one
  std::span<const std::uint32_t> behind;  ///< the places one behind the newline of each
  const simd::MarkedBytes* stops;

  [[nodiscard]] bool empty() const noexcept { return behind.empty(); }
  [[nodiscard]] IndexedLine front() const noexcept {
    return {text, begin, behind.front() - 1, stops};
  }
  [[nodiscard]] IndexedLines first(std::size_t count) const noexcept {
    return {text, begin, behind.first(count), stops};
  }
  void drop(std::size_t count) noexcept {
    if (count == 0) return;
    begin = behind[count - 1];
    behind = behind.subspan(count);
  }
};

/// The shapes of the lines of JSON in use: all their bytes but those of the values, learnt from
/// lines. A line of a known shape is read by comparing these bytes; nothing in it is searched.
///
/// The shapes are a tree, each step a literal (the bytes up to a value) and the kind of value that
/// follows it. Shapes share the steps up to where they part, so a line that lacks a key takes one
/// comparison more where the key would stand, however the lines are mixed. Lines whose texts are as
/// long as those of another line of their shape are read by that one's layout, without a step.
///
///   Memory  256 KiB for layouts, a few hundred KiB at most for shapes: many shapes, and they are
///   all forgotten for the new ones
class JsonShapes {
 public:
  /// Bytes behind a line that must be readable.
  static constexpr std::size_t padding = 128;

  /// The slots that a key's value goes to; the same for a key each time.
  using SlotsOf = std::function<std::span<const std::size_t>(std::string_view key)>;

  explicit JsonShapes(std::size_t slots) noexcept : slots_(slots) {}
  JsonShapes(const JsonShapes&) = delete;
  JsonShapes& operator=(const JsonShapes&) = delete;

  /// Puts down the places of the line's values in the slots of their keys, as JsonField::text has
  /// them, the other slots emptied; false where no shape fits: then the slots hold anything.
  /// @pre the line holds no backslash and no control character, and its newline is marked
  [[nodiscard]] bool read(const IndexedLine& line, RowBatch::Draft slots) const noexcept;

  /// Reads lines up to one that fits no shape, or till the batch is full, and adds their rows to
  /// the batch; returns how many.
  /// @pre as for `read`
  [[nodiscard]] std::size_t read(const IndexedLines& lines, RowBatch& batch);

  /// Takes note of the shape of a line that `read` did not know, unless it holds nested values, no
  /// value, or very long keys.
  /// @pre it is one valid object without escapes
  void learn(const char* begin, const char* end, const SlotsOf& slots_of);

 private:
  class Builder;
  enum class Value : std::uint8_t { string, bare, none };
  enum class Kind : std::uint8_t {
    string,  ///< a short literal and a string
    end,     ///< a short literal and the line's end
    other,   ///< left to `read_rest`
  };
  static constexpr std::size_t short_literal = 16, longest_literal = 96;
  static constexpr std::size_t most_choices = 16, most_steps = 2048;
  static constexpr std::size_t misses_to_forget = 64;  // once there is no room

  struct alignas(64) Step {
    alignas(16) std::array<char, short_literal> first = {};  // of the literal
    std::uint32_t beyond = 0;  // a bit for each byte of `first` that is not of the literal
    std::uint32_t size = 0;    // of the literal
    std::uint32_t offset = 0;  // of the value's slot, see RowBatch::Draft
    Kind kind = Kind::other;
    Value value = Value::none;
    Step* next = nullptr;   // what may come behind the value
    Step* other = nullptr;  // what else may stand here

    // Seldom looked at.
    std::string literal;
    std::vector<std::uint32_t> unfilled;  // offsets of slots, by a line that ends here
    std::vector<std::pair<std::uint32_t, std::uint32_t>> copies;  // slot to slot, likewise

    [[nodiscard]] bool begins_at(const char* text) const noexcept;
    [[nodiscard]] bool is_same(const Step& step) const noexcept {
      return value == step.value && literal == step.literal;
    }
  };

  /// What is left to read of a line, in its text.
  struct Rest {
    std::uint32_t begin, end;
  };
  [[nodiscard]] static std::uint32_t read_step(const Step& step, const char* text, Rest rest,
                                               const simd::MarkedBytes& stops,
                                               RowBatch::Draft slots) noexcept;
  [[nodiscard]] static bool read_rest(const Step* step, const char* text, Rest rest,
                                      const simd::MarkedBytes& stops,
                                      RowBatch::Draft slots) noexcept;
  [[nodiscard]] static bool read_row(const Step* step, const char* text, Rest row,
                                     const simd::MarkedBytes& stops,
                                     RowBatch::Draft slots) noexcept;
  [[nodiscard]] std::size_t read_laid_out(IndexedLines lines, RowBatch& batch);
  void learn_layout(const IndexedLines& lines);
  static void finish(const Step& last, RowBatch::Draft slots) noexcept;
  void add(std::span<Step> path, Step** place, std::size_t choices);

  std::size_t slots_;
  std::deque<Step> steps_;  // which stay where they are
  Step* first_ = nullptr;
  std::size_t misses_ = 0;

  // Layouts are of use where a log has few. Each line that is none of them costs some of the credit
  // that the others bring in; none left, and they are let be for a while.
  static constexpr std::int64_t first_credit = 1024, most_credit = 8192, cost_of_other = 8;
  static constexpr std::size_t rest = std::size_t{1} << 16;  // in lines
  std::unique_ptr<simd::LineLayouts> layouts_;               // once there was a shape
  std::int64_t credit_ = first_credit;
  std::size_t asleep_ = 0;  // so many lines to come are read by shape
};

}  // namespace mta

#pragma once
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/core/hash.hpp"
#include "mta/core/units.hpp"

namespace mta {

/// The core of an event: 24 bytes. `kind` codes the pair (event name, channel) of its part.
struct EventRecord {
  std::uint64_t key_high;
  std::uint32_t key_low;
  std::uint32_t kind;
  std::int64_t time;  ///< microseconds UTC
};
static_assert(sizeof(EventRecord) == 24);

/// Consecutive rows of a table: records, and beside them one code column for each dimension.
struct EventPage {
  std::span<const EventRecord> records;
  std::span<const std::uint32_t> dimensions;  ///< dimension d of row i: [d * stride + i]
  std::size_t stride = 0;

  [[nodiscard]] std::uint32_t dimension(std::size_t d, std::size_t row) const noexcept {
    return dimensions[d * stride + row];
  }
};

/// What only rows that may be conversions carry, out of line: one entry each, rows rising.
struct ConversionColumns {
  std::vector<std::uint32_t> row;  ///< the row's number in its table
  std::vector<Micros> value;
  std::vector<Hash128> ids;  ///< `layout.ids` of them per row; all zero where the id is empty
};

/// The events of one bucket of one part, in order of input. Append-only; pages never move.
///
///   Cost  append: amortised O(dimensions), 24 + 4 * dimensions bytes a row, at most 1/8 of it idle
///         once a table has some thousands of rows
class MTA_EXPORT EventTable {
 public:
  /// Where a piece of the input begins: rows up to the next piece's first came from `sequence`.
  struct Piece {
    std::uint64_t sequence;
    std::uint32_t first_row;
  };

  EventTable(std::size_t dimensions, std::size_t ids) : dimensions_(dimensions), ids_(ids) {}

  /// @pre dimensions.size() is the table's (asserted); fewer than 2^32 rows (asserted)
  void append(const EventRecord& record, std::span<const std::uint32_t> dimensions) {
    assert(dimensions.size() == dimensions_);
    if (next_ == end_) add_page();
    *next_++ = record;
    for (std::size_t d = 0; d < dimensions.size(); ++d) next_dimensions_[d * stride_] = dimensions[d];
    ++next_dimensions_;
    ++size_;
  }
  /// Adds the out-of-line columns of the row appended last. @pre ids.size() is the table's
  void append_conversion(Micros value, std::span<const Hash128> ids);
  /// Rows appended from here on belong to piece `sequence` of the input; rising from call to call.
  void begin_piece(std::uint64_t sequence);
  void shift_pieces(std::uint64_t by) noexcept {
    for (Piece& piece : pieces_) piece.sequence += by;
  }

  /// Moves all rows out; the table is empty afterwards.
  [[nodiscard]] EventTable take();

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// The page that holds a row, and the row's place in it. @pre row < size()
  struct Place {
    EventPage page;
    std::size_t row;
  };
  [[nodiscard]] Place place(std::size_t row) const noexcept;
  [[nodiscard]] const ConversionColumns& conversions() const noexcept { return conversions_; }
  [[nodiscard]] std::span<const Piece> pieces() const noexcept { return pieces_; }
  /// Bytes held, idle room included.
  [[nodiscard]] std::size_t bytes() const noexcept;

 private:
  struct Page {
    std::unique_ptr<std::byte[]> bytes;
    std::size_t first_row, capacity;
  };
  void add_page();

  std::vector<Page> pages_;
  EventRecord* next_ = nullptr;  // where the next record goes in the last page, and its end
  EventRecord* end_ = nullptr;
  std::uint32_t* next_dimensions_ = nullptr;
  std::size_t stride_ = 0, size_ = 0, dimensions_, ids_;
  ConversionColumns conversions_;
  std::vector<Piece> pieces_;
};

}  // namespace mta

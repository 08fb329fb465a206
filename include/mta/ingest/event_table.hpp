#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/core/hash.hpp"
#include "mta/core/units.hpp"

namespace mta {

/// The core of an event as it comes and goes: 24 bytes. `kind` codes the pair (event name, channel)
/// of its part.
struct EventRecord {
  std::uint64_t key_high;
  std::uint32_t key_low;
  std::uint32_t kind;
  std::int64_t time;  ///< microseconds UTC
  friend bool operator==(const EventRecord&, const EventRecord&) = default;
};
static_assert(sizeof(EventRecord) == 24);

/// What only rows that may be conversions carry, out of line: one entry each, rows rising.
struct ConversionColumns {
  std::vector<std::uint32_t> row;  ///< the row's number in its table
  std::vector<Micros> value;
  std::vector<Hash128> ids;  ///< `layout.ids` of them per row; all zero where the id is empty
};

/// The events of one bucket of one part, in order of input: pages of packed rows, in memory or in a
/// spill file. Written by an EventWriter, read through EventRows.
///
///   Cost  17 or 18 bytes a row as a rule, 4 more per dimension (docs/architecture.md, "Pages")
class MTA_EXPORT EventTable {
 public:
  /// Where a piece of the input begins: rows up to the next piece's first came from `sequence`.
  struct Piece {
    std::uint64_t sequence;
    std::uint32_t first_row;
  };
  /// Rows that went to the spill file: their pages, then what their conversions carry.
  struct Extent {
    std::uint64_t offset, bytes, checksum;
    std::uint32_t rows, conversions;
  };

  EventTable(std::size_t dimensions, std::size_t ids) : dimensions_(dimensions), ids_(ids) {}

  /// Adds a packed page, which stays the caller's. @throws Error{Errc::overflow} beyond 2^32 rows
  void append_page(const std::byte* page, std::size_t rows);
  /// Adds the out-of-line columns of a row; rows rise from call to call. @pre ids.size() is the
  /// table's
  void append_conversion(std::uint32_t row, Micros value, std::span<const Hash128> ids);
  /// Rows from `first_row` on belong to piece `sequence` of the input; both rise from call to call.
  void begin_piece(std::uint64_t sequence, std::size_t first_row);
  void shift_pieces(std::uint64_t by) noexcept {
    for (Piece& piece : pieces_) piece.sequence += by;
  }
  /// Gives every piece another number, `number(sequence)`, which must rise as the old ones do.
  template <class Number>
  void renumber_pieces(Number number) {
    for (Piece& piece : pieces_) piece.sequence = number(piece.sequence);
  }
  /// Forgets the pages and conversions in memory: they are in the extent from now on.
  void move_to(const Extent& extent);

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t dimensions() const noexcept { return dimensions_; }
  [[nodiscard]] std::size_t ids() const noexcept { return ids_; }
  [[nodiscard]] std::span<const Piece> pieces() const noexcept { return pieces_; }
  /// The extents hold the first rows, the pages those that follow.
  [[nodiscard]] std::span<const Extent> extents() const noexcept { return extents_; }
  [[nodiscard]] std::span<const std::byte* const> pages() const noexcept { return pages_; }
  /// Of the rows in memory.
  [[nodiscard]] const ConversionColumns& conversions() const noexcept { return conversions_; }
  /// Bytes held, but for the pages.
  [[nodiscard]] std::size_t bytes() const noexcept;

 private:
  std::vector<const std::byte*> pages_;
  std::vector<Extent> extents_;
  std::size_t size_ = 0, dimensions_, ids_;
  ConversionColumns conversions_;
  std::vector<Piece> pieces_;
};

}  // namespace mta

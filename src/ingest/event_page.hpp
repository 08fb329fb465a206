#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "mta/ingest/event_table.hpp"

namespace mta {

/// What a page of these rows is made of. A page is a header of 16 bytes, then columns: the key's
/// lower 56 bits of `high` (the bucket is in the header), its `low`, the time since the page's
/// base, the kind, and the dimensions, 4 bytes each. Time and kind take as many bytes as the
/// largest of the page needs. Behind each of these four are `slack` bytes without meaning.
struct PageShape {
  std::int64_t base;  ///< no time is earlier
  std::uint8_t time_bytes, kind_bytes;
  std::size_t rows, dimensions;

  static constexpr std::size_t header_bytes = 16;
  /// Entries are written and read 8 bytes at a time, whatever their width.
  static constexpr std::size_t slack = 8;

  /// @pre 0 < rows.size() < 2^16
  [[nodiscard]] static PageShape of(std::span<const EventRecord> rows,
                                    std::size_t dimensions) noexcept;
  [[nodiscard]] std::size_t bytes() const noexcept {
    return header_bytes + rows * (std::size_t{7 + 4} + time_bytes + kind_bytes + 4 * dimensions) +
           4 * slack;
  }
};

/// Packs rows of one bucket. Dimension d of row i is dimensions[d * stride + i].
/// @pre `page` has room for shape.bytes() + PageShape::slack
void pack_page(const PageShape& shape, std::span<const EventRecord> rows,
               const std::uint32_t* dimensions, std::size_t stride, std::byte* page) noexcept;

}  // namespace mta

#pragma once
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>

#include "mta/ingest/event_table.hpp"

namespace mta {

/// How the bytes of a page stand: a header of 16 bytes, then rows. A row is the key's lower 56 bits
/// of `high` (the bucket is in the header), its `low`, the kind, the time since the page's base,
/// and the dimensions, 4 bytes each. All rows of a page give kind and time equally many bytes.
struct PageForm {
  static constexpr std::size_t rows_at = 8, time_bytes_at = 10, kind_bytes_at = 11, bucket_at = 12;
  static constexpr std::size_t header_bytes = 16;
  static constexpr std::size_t low_at = 7, kind_at = 11;  // in a row
  /// Entries are written and read 8 bytes at a time, whatever their width: so many bytes behind the
  /// last row are without meaning.
  static constexpr std::size_t slack = 8;

  static constexpr std::size_t row_bytes(std::size_t kind_bytes, std::size_t time_bytes,
                                         std::size_t dimensions) noexcept {
    return kind_at + kind_bytes + time_bytes + 4 * dimensions;
  }
};

/// A page that is written to, row by row. How wide its rows are follows from the rows before it;
/// one that needs more ends it early and begins the next: at worst every other page holds one row.
class OpenPage {
 public:
  static constexpr std::size_t most_rows = 128;

  /// Bytes of the room it is written in.
  static constexpr std::size_t room(std::size_t dimensions) noexcept {
    return PageForm::header_bytes + most_rows * PageForm::row_bytes(4, 8, dimensions) +
           PageForm::slack;
  }
  /// @param bytes  room(dimensions) bytes that outlive it
  OpenPage(std::byte* bytes, std::size_t dimensions) noexcept
      : bytes_(bytes),
        at_(first()),
        end_(first()),
        dimensions_(static_cast<std::uint32_t>(dimensions)) {}

  /// Adds a row; does nothing and returns false where the page is full or too narrow for it.
  /// Dimensions are written by the caller's count, which is the page's.
  [[nodiscard]] bool append(const EventRecord& row,
                            std::span<const std::uint32_t> dimensions) noexcept {
    const std::uint64_t since = static_cast<std::uint64_t>(row.time) - base_;
    std::byte* const at = at_;  // all is read before bytes, which might be anything's, are written
    if (((since & beyond_time_) | (row.kind & beyond_kind_)) != 0 || at == end_) return false;
    std::byte* const time = at + time_at_;
    std::byte* code = time + time_bytes_;
    at_ = at + row_bytes_;
    store(at, row.key_high);
    store(at + PageForm::low_at, row.key_low | std::uint64_t{row.kind} << 32);
    store(time, since);
    for (const std::uint32_t dimension : dimensions) {
      store(code, dimension);
      code += 4;
    }
    return true;
  }

  /// Makes the page empty, and fit for this row of one bucket.
  /// @param kinds  how many there are by now: none is above, but perhaps the row's
  void begin(const EventRecord& row, std::size_t kinds) noexcept;
  /// The page as it is kept. @pre rows() != 0
  [[nodiscard]] std::span<const std::byte> finish() noexcept;

  [[nodiscard]] std::size_t rows() const noexcept {
    return static_cast<std::size_t>(at_ - first()) / row_bytes_;
  }
  /// Makes it empty; the next row needs begin().
  void clear() noexcept { at_ = end_ = first(); }

 private:
  static void store(std::byte* at, std::uint64_t word) noexcept {
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    std::memcpy(at, &word, sizeof word);
  }
  [[nodiscard]] std::byte* first() const noexcept { return bytes_ + PageForm::header_bytes; }
  [[nodiscard]] std::int64_t time(std::size_t row) const noexcept;

  std::byte* bytes_;
  std::byte *at_, *end_;  // where the next row goes; where it is full: at once before begin()
  std::uint64_t base_ = 0, beyond_time_ = 0;
  std::uint32_t beyond_kind_ = 0;
  std::uint32_t time_at_ = 0, time_bytes_ = 5, row_bytes_ = 1;  // begin() says; rows() divides
  std::uint32_t dimensions_;
};

}  // namespace mta

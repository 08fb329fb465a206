#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/ingest/event_table.hpp"

namespace mta {

class SpillFile;

/// Consecutive rows of a table as they are packed, borrowed. Reads may touch 8 bytes behind the
/// last.
class EventPage {
 public:
  /// @param bytes  as an EventTable has them
  MTA_EXPORT EventPage(const std::byte* bytes, std::size_t dimensions,
                       std::size_t first_row) noexcept;

  [[nodiscard]] std::size_t first_row() const noexcept { return first_row_; }
  [[nodiscard]] std::size_t size() const noexcept { return rows_; }
  [[nodiscard]] PersonKey key(std::size_t i) const noexcept {
    const std::byte* const at = row(i);
    return {top_ | (load(at) & low_56), static_cast<std::uint32_t>(load(at + 7))};
  }
  [[nodiscard]] std::int64_t time(std::size_t i) const noexcept { return time(row_at(i)); }
  [[nodiscard]] std::uint32_t kind(std::size_t i) const noexcept { return kind(row_at(i)); }
  [[nodiscard]] std::uint32_t dimension(std::size_t d, std::size_t i) const noexcept {
    return static_cast<std::uint32_t>(load(row(i) + dimensions_at_ + 4 * d));
  }
  [[nodiscard]] EventRecord record(std::size_t i) const noexcept {
    const PersonKey person = key(i);
    return {person.high, person.low, kind(i), time(i)};
  }

  /// A row, for who reads them one after another, which costs less than by number.
  class Row {
   public:
    /// Tells keys of one bucket apart, with `key_low`.
    [[nodiscard]] std::uint64_t key_print() const noexcept { return load(at_); }
    [[nodiscard]] std::uint32_t key_low() const noexcept {
      return static_cast<std::uint32_t>(load(at_ + 7));
    }
    /// Asks for where it begins to come into the cache, which need not be inside a page.
    void prefetch() const noexcept { __builtin_prefetch(at_); }

   private:
    friend EventPage;
    explicit Row(const std::byte* at) noexcept : at_(at) {}
    const std::byte* at_;
  };
  /// What a key of this print and `key_low` is, in a bucket.
  static PersonKey key_of(std::uint64_t print, std::uint32_t low, std::size_t bucket) noexcept {
    return {(std::uint64_t{bucket} << 56) | (print & low_56), low};
  }
  [[nodiscard]] Row row_at(std::size_t i) const noexcept { return Row(row(i)); }
  void advance(Row& row) const noexcept { row.at_ += row_bytes_; }
  [[nodiscard]] std::int64_t time(Row row) const noexcept {
    return static_cast<std::int64_t>(base_ + (load(row.at_ + time_at_) & time_mask_));
  }
  [[nodiscard]] std::uint32_t kind(Row row) const noexcept {
    return static_cast<std::uint32_t>(load(row.at_ + 11) & kind_mask_);
  }
  /// One past the last byte: where the next page begins, in an extent.
  [[nodiscard]] const std::byte* end() const noexcept { return row(rows_); }

 private:
  static constexpr std::uint64_t low_56 = ~std::uint64_t{0} >> 8;

  [[nodiscard]] const std::byte* row(std::size_t i) const noexcept { return row_ + row_bytes_ * i; }
  static std::uint64_t load(const std::byte* at) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    return word;
  }

  const std::byte* row_;  // the first
  std::uint64_t base_, top_, time_mask_, kind_mask_;
  std::size_t row_bytes_, time_at_, dimensions_at_, rows_, first_row_;
};

/// The rows of one table, ready to be read: where they are, or read back from disk into room that
/// is reused from table to table.
///
///   Errors  load: @throws Error{Errc::unreadable_input} where the spill file cannot be read, or is
///           not what was written
///   Memory  the pages of the table that are on disk
class MTA_EXPORT EventRows {
 public:
  EventRows() = default;
  EventRows(const EventTable& table, const SpillFile* spilled) { load(table, spilled); }
  /// The table must not change while its rows are read.
  void load(const EventTable& table, const SpillFile* spilled);

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::span<const EventPage> pages() const noexcept { return pages_; }
  struct Place {
    const EventPage& page;
    std::size_t row;
  };
  /// The page that holds a row, and the row's place in it. @pre row < size()
  [[nodiscard]] Place place(std::size_t row) const noexcept;
  [[nodiscard]] EventRecord record(std::size_t row) const noexcept {
    const Place at = place(row);
    return at.page.record(at.row);
  }
  [[nodiscard]] const ConversionColumns& conversions() const noexcept { return *conversions_; }

 private:
  std::size_t read_extents(const EventTable& table, const SpillFile& spilled);
  void take_conversions(const EventTable& table, const EventTable::Extent& extent,
                        const std::byte* at);

  std::vector<EventPage> pages_;
  std::size_t size_ = 0;
  std::vector<std::byte> room_;
  ConversionColumns joined_;
  const ConversionColumns* conversions_ = &joined_;
};

}  // namespace mta

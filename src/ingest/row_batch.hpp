#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "mta/ingest/ingest_report.hpp"

namespace mta {

/// Bytes [begin, behind - 1) of a text: as an index of stops has them.
struct TextPlace {
  std::uint32_t begin, behind;

  [[nodiscard]] static constexpr TextPlace nothing() noexcept { return {0, 1}; }
  [[nodiscard]] std::string_view of(const char* text) const noexcept {
    return {text + begin, behind - begin - 1};
  }
};

/// Rows that were found in a piece of text and not read yet: where the texts of their slots stand.
/// They are read together, one thing of all rows at a time: what a row has to wait for (the product
/// of a hash, a line of a table) is then waited for beside that of the next ones.
///
///   Requires  texts are valid and without NUL; 16 bytes behind the begin of each may be read;
///             places below 2^32
class RowBatch {
 public:
  static constexpr std::size_t most_rows = 256;

  /// The texts of one slot, row by row.
  class Column {
   public:
    [[nodiscard]] std::string_view operator[](std::size_t row) const noexcept {
      const std::uint32_t* const place = places_ + first_[row];
      return {text_ + place[0], place[1] - place[0] - 1};
    }

   private:
    friend class RowBatch;
    Column(const char* text, const std::uint32_t* places, const std::uint32_t* first) noexcept
        : text_(text), places_(places), first_(first) {}
    const char* text_;
    const std::uint32_t *places_, *first_;
  };

  /// Where the places of a row's texts are put down before it is added. What is put down for the
  /// slot behind the last one goes nowhere.
  class Draft {
   public:
    void put(std::size_t slot, TextPlace place) const noexcept { put_at(offset_of(slot), place); }
    /// For those that know the offset of the slot.
    void put_at(std::size_t offset, TextPlace place) const noexcept {
      std::uint32_t* const to = places_ + offset;
      to[0] = place.begin;
      to[1] = place.behind;
    }
    [[nodiscard]] TextPlace get(std::size_t slot) const noexcept {
      const std::uint32_t* const from = places_ + offset_of(slot);
      return {from[0], from[1]};
    }

    /// Where the places of the row, and of those to come behind it, are put down: 2 * i + an offset
    /// on for the i-th.
    [[nodiscard]] std::uint32_t* places() const noexcept { return places_; }

    [[nodiscard]] static constexpr std::size_t offset_of(std::size_t slot) noexcept {
      return slot * 2 * most_rows;
    }

   private:
    friend class RowBatch;
    explicit Draft(std::uint32_t* places) noexcept : places_(places) {}
    std::uint32_t* places_;
  };

  explicit RowBatch(std::size_t slots) : columns_(slots), places_((slots + 1) * 2 * most_rows) {}

  /// Rows are of this text from now on, and `add` puts down their places. @pre it is empty
  void begin(const char* text) noexcept {
    text_ = text;
    for (std::size_t slot = 0; slot < columns_.size(); ++slot) {
      columns_[slot] = places_.data() + Draft::offset_of(slot);
    }
  }
  /// The same, but the places are those of an index: that of slot s is columns[s] stops behind the
  /// one that the row begins with. @pre it is empty; the index outlives its rows
  void begin(const char* text, const std::uint32_t* behind,
             std::span<const std::size_t> columns) noexcept {
    text_ = text;
    for (std::size_t slot = 0; slot < columns_.size(); ++slot) {
      columns_[slot] = behind + columns[slot];
    }
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool is_full() const noexcept { return size_ == most_rows; }
  [[nodiscard]] std::size_t room() const noexcept { return most_rows - size_; }
  void clear() noexcept { size_ = 0; }

  /// Adds a row of the index, which begins behind stop `first`. @pre not full
  void add(std::uint32_t first, TextPlace row) noexcept {
    first_[size_] = first;
    rows_[size_].begin = row.begin;
    rows_[size_++].behind = row.behind;
  }
  /// The row to come. @pre not full
  [[nodiscard]] Draft draft() noexcept { return Draft(places_.data() + 2 * size_); }
  /// Adds the row that the draft holds. @pre not full, and all its slots were put down
  void add(TextPlace row) noexcept { add(static_cast<std::uint32_t>(2 * size_), row); }
  /// Adds rows whose places were put down from the draft's on. They stand behind one another.
  /// @pre there is room for them
  void add_lines(std::uint32_t begin, std::span<const std::uint32_t> behind) noexcept {
    for (const std::uint32_t next : behind) {
      add(TextPlace{begin, next});
      begin = next;
    }
  }
  /// Adds a row by the places of its texts. @pre not full
  void add(TextPlace row, std::span<const TextPlace> slots) noexcept {
    const Draft to = draft();
    for (std::size_t slot = 0; slot < slots.size(); ++slot) to.put(slot, slots[slot]);
    add(row);
  }

  [[nodiscard]] std::size_t slots() const noexcept { return columns_.size(); }
  [[nodiscard]] Column column(std::size_t slot) const noexcept {
    return {text_, columns_[slot], first_.data()};
  }
  /// All texts of a row.
  void get(std::size_t row, std::span<std::string_view> slots) const noexcept {
    for (std::size_t slot = 0; slot < columns_.size(); ++slot) slots[slot] = column(slot)[row];
  }
  [[nodiscard]] std::string_view row(std::size_t row) const noexcept {
    return rows_[row].of(text_);
  }

 private:
  const char* text_ = nullptr;
  std::size_t size_ = 0;
  std::vector<const std::uint32_t*> columns_;  // by slot: the place of a row is there + its first_
  std::vector<std::uint32_t> places_;          // slot by slot, begin and behind; a spare one
  std::array<std::uint32_t, most_rows> first_;
  std::array<TextPlace, most_rows> rows_;  // of the rows as a whole
};

/// A row of a batch that was not taken.
struct RowReject {
  std::uint32_t row;
  RejectReason reason;
};

}  // namespace mta

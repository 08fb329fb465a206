#pragma once
// The caller's columns, read row by row where they stand.
#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "ingest/label_cache.hpp"
#include "mta/ingest/columns.hpp"
#include "mta/ingest/time_parser.hpp"

namespace mta {

/// A label column as codes of a dictionary of ours: a name is looked at once, however often it
/// occurs.
class LabelReader {
 public:
  enum class Blanks { are_text, are_empty };
  static constexpr std::uint32_t invalid = ~std::uint32_t{0} - 1;

  LabelReader(const LabelColumn& column, Dictionary& dictionary, Blanks blanks = Blanks::are_text);

  /// The code in the dictionary, or `invalid` where the text is not UTF-8.
  [[nodiscard]] std::uint32_t code(std::size_t row) {
    if (!codes_.empty()) {
      const std::uint32_t known = known_[codes_[row]];
      return known != unseen ? known : look_at(codes_[row]);
    }
    return texts_.empty() ? Dictionary::empty_code : intern(texts_[row]);
  }

 private:
  [[nodiscard]] std::uint32_t look_at(std::uint32_t code);
  [[nodiscard]] std::uint32_t intern(std::string_view text);

  static constexpr std::uint32_t unseen = ~std::uint32_t{0};
  TextColumn texts_, names_;
  std::span<const std::uint32_t> codes_;
  std::vector<std::uint32_t> known_;  // by the caller's code
  LabelCache cache_;
  Blanks blanks_;
};

class TimeReader {
 public:
  TimeReader(const TimeColumn& column, const Schema& schema);
  /// False where the time is none, or outside the years 0000 to 9999. (No optional is returned: one
  /// that is written in two halves and read as a whole costs more than all else here.)
  [[nodiscard]] bool read(std::size_t row, std::int64_t& micros) {
    if (epochs_.empty()) return read_text(texts_[row], micros);
    const std::int64_t value = epochs_[row];
    if (value < first_ || value >= end_) return false;
    micros = value * scale_;
    return true;
  }
  /// The times of rows from `first` on, one for each of `micros`. False, and nothing that counts is
  /// written, where the column is not one of epochs, or one of them is no time.
  [[nodiscard]] bool read(std::size_t first, std::span<std::int64_t> micros) const noexcept {
    if (epochs_.empty()) return false;
    const auto least = static_cast<std::uint64_t>(first_);
    const auto scale = static_cast<std::uint64_t>(scale_);
    std::uint64_t farthest = 0;
    for (std::size_t i = 0; i < micros.size(); ++i) {
      const auto value = static_cast<std::uint64_t>(epochs_[first + i]);
      farthest = std::max(farthest, value - least);
      micros[i] = static_cast<std::int64_t>(value * scale);
    }
    return farthest < static_cast<std::uint64_t>(end_) - least;
  }

 private:
  [[nodiscard]] bool read_text(std::string_view text, std::int64_t& micros);

  std::span<const std::int64_t> epochs_;
  std::int64_t scale_ = 1, first_ = 0, end_ = 0;  // of the caller's unit
  TextColumn texts_;
  TimeParser parser_;
};

/// Whether the codes of so many rows are in range; also where the column has none.
[[nodiscard]] bool has_codes_in_range(const LabelColumn& column, std::size_t first,
                                      std::size_t rows) noexcept;
/// @throws Error{Errc::invalid_option} where a code is out of range, naming `role`
void check_codes(const LabelColumn& column, std::string_view role);
[[nodiscard]] std::size_t length_of(const LabelColumn& column) noexcept;
/// The text of a row: empty where the column is left out.
[[nodiscard]] std::string_view text_of(const LabelColumn& column, std::size_t row) noexcept;

}  // namespace mta

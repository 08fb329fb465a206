#pragma once
#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "ingest/block_parser.hpp"
#include "ingest/column_plan.hpp"
#include "ingest/csv_record.hpp"
#include "ingest/text_check.hpp"
#include "simd/stop_index.hpp"

namespace mta {

struct CsvShape {
  char delimiter;
  std::size_t width;  ///< fields of the header
  std::size_t longest_row;
};

/// CSV and TSV, as RFC 4180 has it (docs/formats/csv.md). Rows are walked over by an index of their
/// stops, those with quotes by CsvRecord; a row that is malformed, or longer than an index, is
/// split byte by byte. The sink's type is known here: a virtual call a row costs as much as its
/// time.
template <typename Sink>
class CsvParser final : public BlockParser {
 public:
  CsvParser(const CsvShape& shape, const ColumnPlan& plan, Sink& sink)
      : BlockParser(sink),
        sink_(sink),
        shape_(shape),
        columns_(plan.columns),
        record_(shape.delimiter, shape.width),
        slots_(columns_.size()) {
    for (const std::size_t column : columns_) reach_ = std::max(reach_, column + 1);
  }

 private:
  enum class Bytes { any, plain };  // plain: ASCII without NUL, which is valid text
  [[nodiscard]] Bytes indexed_bytes() const noexcept {
    return index_.is_plain() ? Bytes::plain : Bytes::any;
  }

  std::uint64_t parse_rows(Block& block) override {
    const char* at = block.bytes.get();
    end_ = at + block.size;
    lines_ = 0;
    while (at < end_) {
      // The newline behind the text ends a last row that lacks its own.
      const auto left = static_cast<std::size_t>(end_ - at) + 1;
      const std::size_t size = std::min(left, simd::StopIndex::largest_text);
      index_.build({at, size}, shape_.delimiter);
      at = index_.newlines().empty() ? take_exactly(at) : take_indexed(at);
    }
    return lines_ - static_cast<std::uint64_t>(at - end_);
  }

  /// Takes the rows that end within the index of `text`; returns where the next one begins.
  const char* take_indexed(const char* text) {
    const std::uint32_t* const behind = index_.behind();
    const std::span<const std::uint32_t> newlines = index_.newlines();
    std::size_t before = 0;  // the stop before the row
    for (std::size_t i = 0; i < newlines.size(); ++i) {
      const std::uint32_t begin = behind[before];
      if (text + begin >= end_) break;  // that is the newline behind the text
      if (index_.quotes().any(begin, behind[newlines[i]])) {
        const std::size_t last = record_.split({text, &index_, before});
        const char* next = text + behind[last];
        if (last == 0) {
          next = take_exactly(text + begin);
        } else {
          take_record(text + begin, indexed_bytes());
        }
        const std::size_t first = i;
        while (i < newlines.size() && text + behind[newlines[i]] < next) ++i;
        if (last != 0) lines_ += i - first + 1;
        if (i == newlines.size()) return next;
      } else {
        take_plain(text, behind + before, newlines[i] - before);
      }
      before = newlines[i];
    }
    return text + behind[before];
  }

  /// Takes a row without quotes: its fields end before `behind[1]`, `behind[2]`, ... of the text.
  void take_plain(const char* text, const std::uint32_t* behind, std::size_t fields) {
    ++lines_;
    const char* const begin = text + behind[0];
    const char* end = text + behind[fields] - 1;
    const bool returns = begin != end && end[-1] == '\r';
    if (returns) --end;
    if (begin == end && fields == 1) return;  // a blank line
    count_row();
    if (static_cast<std::size_t>(end - begin) > shape_.longest_row) {
      reject_row(begin, begin + shape_.longest_row, RejectReason::row_too_long);
      return;
    }
    std::optional<RejectReason> reason = RejectReason::wrong_width;
    if (fields <= shape_.width && fields >= reach_) {
      fill_slots(text, behind);
      if (returns) leave_out_return(fields);
      reason = add_slots(indexed_bytes());
    }
    if (reason) reject_row(begin, end, *reason);
  }

  void fill_slots(const char* text, const std::uint32_t* behind) noexcept {
    std::string_view* slot = slots_.data();
    for (const std::size_t column : columns_) {
      const std::uint32_t begin = behind[column];
      *slot++ = {text + begin, behind[column + 1] - begin - 1};
    }
  }

  /// The carriage return before the newline is no part of the last field.
  void leave_out_return(std::size_t fields) noexcept {
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      if (columns_[i] + 1 == fields) slots_[i].remove_suffix(1);
    }
  }

  /// Takes the row at `begin`, whatever it holds; returns where the next one begins.
  const char* take_exactly(const char* begin) {
    record_.set_end(end_);
    const char* const next = record_.split(begin);
    lines_ += count_newlines(begin, next);
    take_record(begin, Bytes::any);
    return next;
  }

  /// Takes the row that was split.
  void take_record(const char* begin, Bytes bytes) {
    if (record_.is_blank_line()) return;
    count_row();
    if (static_cast<std::size_t>(record_.end() - begin) > shape_.longest_row) {
      reject_row(begin, begin + shape_.longest_row, RejectReason::row_too_long);
      return;
    }
    const std::optional<RejectReason> reason = take_fields(bytes);
    if (reason) reject_row(begin, record_.end(), *reason);
  }

  [[nodiscard]] std::optional<RejectReason> take_fields(Bytes bytes) {
    if (record_.status() == CsvRecord::Status::malformed) return RejectReason::malformed_row;
    if (record_.fields() > shape_.width || record_.fields() < reach_) {
      return RejectReason::wrong_width;
    }
    for (std::size_t i = 0; i < slots_.size(); ++i) slots_[i] = record_.text(columns_[i]);
    return add_slots(bytes);
  }

  [[nodiscard]] std::optional<RejectReason> add_slots(Bytes bytes) {
    if (bytes != Bytes::plain && !std::all_of(slots_.begin(), slots_.end(), is_valid_text)) {
      return RejectReason::invalid_utf8;
    }
    return sink_.add(slots_);
  }

  Sink& sink_;
  CsvShape shape_;
  std::vector<std::size_t> columns_;  // by slot
  std::size_t reach_ = 0;             // fields that a row must have
  simd::StopIndex index_;
  CsvRecord record_;
  std::vector<std::string_view> slots_;
  const char* end_ = nullptr;  // of the block
  std::uint64_t lines_ = 0;    // newlines behind us
};

}  // namespace mta

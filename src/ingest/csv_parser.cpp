#include "ingest/csv_parser.hpp"

#include <algorithm>

#include "ingest/text_check.hpp"

namespace mta {
namespace {

TextPlace place_of(const char* text, std::string_view part) noexcept {
  const auto begin = static_cast<std::uint32_t>(part.data() - text);
  return {begin, begin + static_cast<std::uint32_t>(part.size()) + 1};
}

}  // namespace

CsvParser::CsvParser(const CsvShape& shape, const ColumnPlan& plan, RowSink& sink)
    : BlockParser(sink, plan.columns.size()),
      shape_(shape),
      columns_(plan.columns),
      record_(shape.delimiter, shape.width),
      slots_(columns_.size()),
      held_(columns_.size()) {
  for (const std::size_t column : columns_) reach_ = std::max(reach_, column + 1);
  is_last_mapped_ = reach_ == shape.width;
}

std::uint64_t CsvParser::parse_rows(Block& block) {
  const char* at = block.bytes.get();
  end_ = at + block.size;
  lines_ = 0;
  while (at < end_) {
    // The newline behind the text ends a last row that lacks its own.
    const auto left = static_cast<std::size_t>(end_ - at) + 1;
    const std::size_t size = std::min(left, simd::StopIndex::largest_text);
    index_.build({at, size}, shape_.delimiter);
    if (index_.behind_newlines().empty()) {
      const char* const next = take_exactly(at);
      lines_ += count_newlines(at, next);
      at = next;
    } else {
      at = take_indexed(at);
    }
  }
  return lines_ - static_cast<std::uint64_t>(at - end_);
}

/// Takes the rows that end within the index of `text`; returns where the next one begins.
const char* CsvParser::take_indexed(const char* text) {
  const Places places = choose_places(text);
  if (places == Places::of_index) {
    batch().begin(text, index_.behind(), columns_);
  } else {
    batch().begin(text);
  }
  const char* const next = walk(text, places);
  take_batch();
  return next;
}

CsvParser::Places CsvParser::choose_places(const char* text) const noexcept {
  if (index_.quotes().any() || !index_.is_plain()) return Places::own;
  if (shape_.longest_row < simd::StopIndex::largest_text) return Places::own;
  const std::uint32_t newline = index_.behind_newlines().front() - 1;
  const bool returns = newline > 0 && text[newline - 1] == '\r';  // as nearly all rows then do
  return returns && is_last_mapped_ ? Places::own : Places::of_index;
}

const char* CsvParser::walk(const char* text, Places places) {
  const std::uint32_t* const behind = index_.behind();
  const auto size = static_cast<std::size_t>(end_ - text);
  const bool has_quotes = index_.quotes().any();
  // Of a usual row: more than one field, so that it is no blank line.
  const std::size_t fewest = std::max<std::size_t>(reach_, 2), width = shape_.width;
  std::size_t before = 0;  // the stop before the row
  const std::span<const std::uint32_t> newlines = index_.behind_newlines();
  for (std::size_t row = 0; row < newlines.size(); ++row) {
    if (places == Places::of_index) {
      const std::size_t held = hold_usual(text, before, newlines.subspan(row));
      lines_ += held;
      before += held * width;
      row += held;
      if (row == newlines.size()) break;
    }
    const std::uint32_t begin = behind[before], next = newlines[row];
    if (has_quotes && next <= begin) {  // of a row that has been taken
      ++lines_;
      continue;
    }
    if (begin >= size) break;  // that is the newline behind the text
    ++lines_;
    if (has_quotes && index_.quotes().any(begin, next)) {
      before = take_quoted(text, before);
      if (before == 0) return next_;
      continue;
    }
    const std::size_t last = last_stop(before, next), fields = last - before;
    const bool is_usual = places == Places::of_index && fields >= fewest && fields <= width;
    if (!is_usual || !hold_indexed(text, before, {begin, next}, fields)) {
      take_unquoted(text, behind + before, fields, places);
    }
    before = last;
  }
  return text + behind[before];
}

/// Adds rows as wide as the header to the batch, up to one that needs a closer look, or till it is
/// full; returns how many. @pre the places are those of the index
inline std::size_t CsvParser::hold_usual(const char* text, std::size_t before,
                                         std::span<const std::uint32_t> newlines) {
  const std::uint32_t* const behind = index_.behind();
  const std::size_t width = shape_.width, stops = index_.stops();
  if (width == 1) return 0;  // a blank line is as wide
  const std::size_t most = std::min(newlines.size(), batch().room());
  std::uint32_t begin = behind[before];
  for (std::size_t row = 0; row < most; ++row) {
    const std::uint32_t next = newlines[row];
    const std::size_t last = before + width;
    if (last > stops || behind[last] != next) return row;
    const std::uint32_t returns = text[next - 2] == '\r' ? 1 : 0;
    if (returns != 0 && is_last_mapped_) return row;
    batch().add(static_cast<std::uint32_t>(before), {begin, next - returns});
    begin = next;
    before = last;
  }
  return most;
}

/// Adds a row of more than one field to the batch, unless a carriage return would get into a text.
inline bool CsvParser::hold_indexed(const char* text, std::size_t before, TextPlace row,
                                    std::size_t fields) {
  const bool returns = text[row.behind - 2] == '\r';
  if (returns && (fields < shape_.width || is_last_mapped_)) return false;
  if (batch().is_full()) take_batch();
  batch().add(static_cast<std::uint32_t>(before), {row.begin, row.behind - (returns ? 1 : 0)});
  return true;
}

/// The number of the stop that ends at `next`, by preference of a row as wide as the header.
inline std::size_t CsvParser::last_stop(std::size_t before, std::uint32_t next) const noexcept {
  const std::uint32_t* const behind = index_.behind();
  std::size_t last = before + shape_.width;
  if (last <= index_.stops() && behind[last] == next) return last;
  last = before + 1;
  while (behind[last] != next) ++last;
  return last;
}

/// Takes a row with quotes, the stop before which is `before`, and sets `next_`. Returns the number
/// of the stop that ends it, or 0 where the index does not hold it.
std::size_t CsvParser::take_quoted(const char* text, std::size_t before) {
  const std::uint32_t* const behind = index_.behind();
  const char* const begin = text + behind[before];
  const std::size_t last = record_.split({text, &index_, before});
  if (last != 0) {
    take_record(text, begin, Found::by_index);
    return last;
  }
  next_ = take_exactly(begin);
  if (next_ > text + behind[index_.stops()]) {
    lines_ += count_newlines(begin, next_) - 1;  // the walk has counted the first
    return 0;
  }
  return last_stop(before, static_cast<std::uint32_t>(next_ - text));
}

/// Takes a row without quotes: its fields end before `behind[1]`, `behind[2]`, ... of the text.
void CsvParser::take_unquoted(const char* text, const std::uint32_t* behind, std::size_t fields,
                              Places places) {
  const std::uint32_t begin = behind[0], newline = behind[fields] - 1;
  const bool returns = begin != newline && text[newline - 1] == '\r';
  const std::string_view row(text + begin, newline - begin - (returns ? 1 : 0));
  if (row.empty() && fields == 1) return;  // a blank line
  if (row.size() > shape_.longest_row) {
    return reject_row(row.substr(0, shape_.longest_row), RejectReason::row_too_long);
  }
  if (!has_width(fields)) return reject_row(row, RejectReason::wrong_width);
  for (std::size_t slot = 0; slot < held_.size(); ++slot) {
    const std::size_t column = columns_[slot];
    held_[slot] = {behind[column], behind[column + 1]};
    // The carriage return before the newline is no part of the last field.
    if (returns && column + 1 == fields) --held_[slot].behind;
  }
  if (!are_held_valid(text)) return reject_row(row, RejectReason::invalid_utf8);
  if (places == Places::own) return hold_row(place_of(text, row), held_);
  for (std::size_t slot = 0; slot < slots_.size(); ++slot) slots_[slot] = held_[slot].of(text);
  take_row(row, slots_);
}

bool CsvParser::are_held_valid(const char* text) const {
  return index_.is_plain() ||
         std::all_of(held_.begin(), held_.end(),
                     [text](const TextPlace& place) { return is_valid_text(place.of(text)); });
}

/// Takes the row at `begin`, whatever it holds; returns where the next one begins.
const char* CsvParser::take_exactly(const char* begin) {
  record_.set_end(end_);
  const char* const next = record_.split(begin);
  take_record(nullptr, begin, Found::exactly);
  return next;
}

/// Takes the row that was split.
void CsvParser::take_record(const char* text, const char* begin, Found found) {
  if (record_.is_blank_line()) return;
  const std::string_view row(begin, static_cast<std::size_t>(record_.end() - begin));
  if (row.size() > shape_.longest_row) {
    reject_row(row.substr(0, shape_.longest_row), RejectReason::row_too_long);
    return;
  }
  const std::optional<RejectReason> reason = take_fields(text, row, found);
  if (reason) reject_row(row, *reason);
}

std::optional<RejectReason> CsvParser::take_fields(const char* text, std::string_view row,
                                                   Found found) {
  if (record_.status() == CsvRecord::Status::malformed) return RejectReason::malformed_row;
  if (!has_width(record_.fields())) return RejectReason::wrong_width;
  if (found == Found::by_index) {
    for (std::size_t i = 0; i < held_.size(); ++i) {
      held_[i] = place_of(text, record_.text(columns_[i]));
    }
    if (record_.is_of_block()) {
      if (!are_held_valid(text)) return RejectReason::invalid_utf8;
      hold_row(place_of(text, row), held_);
      return std::nullopt;
    }
  }
  for (std::size_t i = 0; i < slots_.size(); ++i) slots_[i] = record_.text(columns_[i]);
  if (!std::all_of(slots_.begin(), slots_.end(), is_valid_text)) return RejectReason::invalid_utf8;
  take_row(row, slots_);
  return std::nullopt;
}

}  // namespace mta

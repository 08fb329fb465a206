#include "ingest/csv_parser.hpp"

#include <algorithm>
#include <cstring>

#include "ingest/text_check.hpp"

namespace mta {

const char* CsvRecord::split(const char* begin) noexcept {
  begin_ = begin;
  status_ = Status::ok;
  buffer_.clear();
  std::size_t count = 0;
  const char* at = begin;
  const char* stop = nullptr;
  for (;;) {
    Field& field = count < fields_.size() ? fields_[count] : beyond_;
    ++count;
    if (*at == '"') {
      stop = split_quoted(at, field);
    } else {
      stop = scan_.next();
      field = {at, static_cast<std::uint32_t>(stop - at), false};
    }
    if (*stop == '\n') {
      // A carriage return belongs to the end of the line, but not to a field that is quoted.
      const bool returns = stop != begin && stop[-1] == '\r';
      record_end_ = returns ? stop - 1 : stop;
      if (field.begin + field.size > record_end_) --field.size;
      break;
    }
    at = stop + 1;
  }
  count_ = count;
  return stop + 1;
}

const char* CsvRecord::split_quoted(const char* open, Field& field) noexcept {
  field = {open + 1, 0, false};
  const char* at = open + 1;
  for (;;) {
    const void* const found =
        at < end_ ? std::memchr(at, '"', static_cast<std::size_t>(end_ - at)) : nullptr;
    if (found == nullptr) {  // never closes: the block reader has looked up to the end of the input
      status_ = Status::malformed;
      field.size = static_cast<std::uint32_t>(end_ - field.begin);
      scan_.start(end_);
      return scan_.next();
    }
    at = static_cast<const char*>(found);
    if (at[1] != '"') break;
    field.has_doubled_quotes = true;
    at += 2;
  }
  field.size = static_cast<std::uint32_t>(at - field.begin);
  const char* stop = at + 1;
  if (*stop == '\r' && stop[1] == '\n') ++stop;
  scan_.seek(stop);
  const char* const next = scan_.next();
  if (next != stop) status_ = Status::malformed;
  return next;
}

std::string_view CsvRecord::undoubled(const Field& field) {
  // Room for the whole record at once: views of fields decoded earlier must stay valid.
  buffer_.reserve(static_cast<std::size_t>(record_end_ - begin_));
  const std::size_t start = buffer_.size();
  const std::string_view text(field.begin, field.size);
  for (std::size_t i = 0; i < text.size(); ++i) {
    buffer_.push_back(text[i]);
    if (text[i] == '"') ++i;
  }
  return std::string_view(buffer_).substr(start);
}

CsvParser::CsvParser(const Shape& shape, const ColumnPlan& plan, RowSink& sink)
    : BlockParser(sink),
      shape_(shape),
      plan_(plan),
      record_(shape.delimiter, shape.width),
      slots_(plan.columns.size()) {
  for (const std::size_t column : plan.columns) reach_ = std::max(reach_, column + 1);
}

void CsvParser::parse_rows(Block& block) {
  const char* at = block.bytes.get();
  const char* const end = at + block.size;
  record_.start(at, end);
  while (at < end) {
    const char* const begin = at;
    at = record_.split(begin);
    if (!record_.is_blank_line()) take_row(begin);
  }
}

void CsvParser::take_row(const char* begin) {
  count_row();
  if (static_cast<std::size_t>(record_.end() - begin) > shape_.longest_row) {
    reject_row(begin, begin + shape_.longest_row, RejectReason::row_too_long);
    return;
  }
  const std::optional<RejectReason> reason = take_fields();
  if (reason) reject_row(begin, record_.end(), *reason);
}

std::optional<RejectReason> CsvParser::take_fields() {
  if (record_.status() == CsvRecord::Status::malformed) return RejectReason::malformed_row;
  if (record_.fields() > shape_.width || record_.fields() < reach_) return RejectReason::wrong_width;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    slots_[i] = record_.text(plan_.columns[i]);
    if (!is_plain() && !is_valid_text(slots_[i])) return RejectReason::invalid_utf8;
  }
  return sink().add(slots_);
}

}  // namespace mta

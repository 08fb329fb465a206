#include "ingest/csv_record.hpp"

#include <cstring>

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
      if (stop == end_ && stop != begin && stop[-1] == '\n') --stop;  // in a quote left open
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

}  // namespace mta

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
      stop = next_stop(at);
      field = {at, static_cast<std::uint32_t>(stop - at), false};
    }
    if (*stop == '\n') {
      if (stop == end_ && stop != begin && stop[-1] == '\n') --stop;  // in a quote left open
      end_at(stop, field);
      break;
    }
    at = stop + 1;
  }
  count_ = count;
  return stop + 1;
}

const char* CsvRecord::next_stop(const char* at) const noexcept {
  while (*at != delimiter_ && *at != '\n') ++at;
  return at;
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
      return next_stop(end_);
    }
    at = static_cast<const char*>(found);
    if (at[1] != '"') break;
    field.has_doubled_quotes = true;
    at += 2;
  }
  field.size = static_cast<std::uint32_t>(at - field.begin);
  const char* stop = at + 1;
  if (*stop == '\r' && stop[1] == '\n') ++stop;
  const char* const next = next_stop(stop);
  if (next != stop) status_ = Status::malformed;
  return next;
}

void CsvRecord::end_at(const char* newline, Field& last) noexcept {
  const bool returns = newline != begin_ && newline[-1] == '\r';
  record_end_ = returns ? newline - 1 : newline;
  if (last.begin + last.size > record_end_) --last.size;
}

std::size_t CsvRecord::split(const Indexed& record) noexcept {
  const std::uint32_t* const behind = record.index->behind();
  const std::size_t stops = record.index->stops();
  std::size_t stop = record.before;
  begin_ = record.text + behind[stop];
  status_ = Status::ok;
  buffer_.clear();
  for (std::size_t count = 0;; ++count) {
    const std::size_t begin = behind[stop++];
    Field& field = count < fields_.size() ? fields_[count] : beyond_;
    if (record.text[begin] == '"') {
      const std::size_t end = find_closing(record, begin, field);
      if (end == 0) return 0;
      while (stop <= stops && behind[stop] <= end) ++stop;  // those in quotes are none
      if (stop > stops || behind[stop] != end + 1) return 0;
    } else {
      if (stop > stops) return 0;
      field = {record.text + begin, static_cast<std::uint32_t>(behind[stop] - 1 - begin), false};
    }
    const char* const last = record.text + behind[stop] - 1;
    if (*last != '\n') continue;
    end_at(last, field);
    count_ = count + 1;
    return stop;
  }
}

/// The place behind the closing quote, where a stop must be, and a carriage return before a newline
/// left out; 0 where the index holds no such place.
std::size_t CsvRecord::find_closing(const Indexed& record, std::size_t open,
                                    Field& field) noexcept {
  const simd::MarkedBytes& quotes = record.index->quotes();
  const char* const text = record.text;
  bool has_doubled_quotes = false;
  for (std::size_t from = open + 1;;) {
    const std::size_t quote = quotes.next(from);
    if (quote + 1 >= quotes.size()) return 0;
    if (text[quote + 1] == '"') {
      has_doubled_quotes = true;
      from = quote + 2;
      continue;
    }
    field = {text + open + 1, static_cast<std::uint32_t>(quote - open - 1), has_doubled_quotes};
    const bool returns = text[quote + 1] == '\r' && text[quote + 2] == '\n';
    return quote + (returns ? 2 : 1);
  }
}

void CsvRecord::undouble(Field& field) {
  // Room for the whole record at once: views of fields decoded earlier must stay valid. A field is
  // decoded once only, however many slots ask for it, so that there is enough.
  buffer_.reserve(static_cast<std::size_t>(record_end_ - begin_));
  const std::size_t start = buffer_.size();
  const std::string_view text(field.begin, field.size);
  for (std::size_t i = 0; i < text.size(); ++i) {
    buffer_.push_back(text[i]);
    if (text[i] == '"') ++i;
  }
  field = {buffer_.data() + start, static_cast<std::uint32_t>(buffer_.size() - start), false};
}

}  // namespace mta

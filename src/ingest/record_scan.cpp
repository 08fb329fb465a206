#include "ingest/record_scan.hpp"

#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace mta {
namespace {

const char* find(const char* begin, const char* end, char c) noexcept {
#if defined(__SSE2__)
  if (end - begin >= 16) {  // quotes mostly stand near one another: nearer than a call is worth
    __m128i bytes;
    std::memcpy(&bytes, begin, sizeof bytes);
    const auto hits =
        static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(c))));
    if (hits != 0) return begin + std::countr_zero(hits);
    begin += 16;
  }
#endif
  const void* const at = std::memchr(begin, c, static_cast<std::size_t>(end - begin));
  return at == nullptr ? end : static_cast<const char*>(at);
}

/// The place after the closing quote; `at` is the place after the opening one. `end` if none
/// closes.
const char* skip_quoted(const char* at, const char* end) noexcept {
  for (;;) {
    at = find(at, end, '"');
    if (at == end) return end;
    if (at + 1 == end || at[1] != '"') return at + 1;
    at += 2;
  }
}

/// The place after the last newline in [begin, end), or null.
const char* after_last_newline(const char* begin, const char* end) noexcept {
  while (end != begin) {
    if (*--end == '\n') return end + 1;
  }
  return nullptr;
}

}  // namespace

std::size_t RecordScan::whole_records(std::string_view text) const noexcept {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  if (syntax == RecordSyntax::line || find(begin, end, '"') == end) return text.rfind('\n') + 1;
  const char* boundary = begin;
  for (const char* at = begin; at != end;) {
    // [at, end) is outside quotes; the next quote that opens a field ends the stretch.
    const char* quote = find(at, end, '"');
    while (quote != end && quote != begin && quote[-1] != delimiter && quote[-1] != '\n') {
      quote = find(quote + 1, end, '"');
    }
    const char* const after = after_last_newline(at, quote);
    if (after != nullptr) boundary = after;
    if (quote == end) break;
    at = skip_quoted(quote + 1, end);
  }
  return static_cast<std::size_t>(boundary - begin);
}

std::optional<std::size_t> RecordScan::first_record(std::string_view text) const noexcept {
  return RecordEnd(*this).find(text);
}

RecordEnd::State RecordEnd::next(State state, char c) const noexcept {
  switch (state) {
    case State::quoted:
      return c == '"' ? State::quote_in_quotes : State::quoted;
    case State::quote_in_quotes:
      if (c == '"') return State::quoted;
      break;
    case State::field_begin:
      if (c == '"') return State::quoted;
      break;
    case State::unquoted:
      break;
  }
  return c == scan_.delimiter ? State::field_begin : State::unquoted;
}

std::optional<std::size_t> RecordEnd::find(std::string_view piece) noexcept {
  if (scan_.syntax == RecordSyntax::line) {
    const std::size_t at = piece.find('\n');
    if (at == std::string_view::npos) return std::nullopt;
    return at + 1;
  }
  for (std::size_t i = 0; i < piece.size(); ++i) {
    if (piece[i] == '\n' && state_ != State::quoted) return i + 1;
    state_ = next(state_, piece[i]);
  }
  return std::nullopt;
}

}  // namespace mta

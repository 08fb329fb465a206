#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/line_index.cpp"
#include "simd/line_index.hpp"

#include <hwy/foreach_target.h>  // compiles this file once for each target
#include <hwy/highway.h>

#include <algorithm>
#include <cassert>

#include "simd/byte_masks-inl.hpp"

#ifndef MTA_SIMD_LINE_ARRAYS
#define MTA_SIMD_LINE_ARRAYS
namespace mta::simd {
/// Where a kernel writes, and what it found.
struct LineArrays {
  std::uint32_t* behind;  // in the end: where the next one would go
  std::uint64_t *stops, *escapes;
  std::uint64_t any_escape;  // not 0: there are some
  int lowest;
};
}  // namespace mta::simd
#endif

HWY_BEFORE_NAMESPACE();
namespace mta::simd::HWY_NAMESPACE {
namespace {

/// All but the escapes. In the end `lowest` is 0x20 where all bytes are ASCII and there are none.
void find_clean_lines(std::span<const char> text, LineArrays& arrays) {
  const Bytes d;
  const auto newline = hn::Set(d, '\n'), quote = hn::Set(d, '"'), backslash = hn::Set(d, '\\'),
             above_controls = hn::Set(d, 0x20);
  LineArrays to = arrays;
  std::uint64_t newlines = 0, quotes = 0;
  const auto look = [&](auto bytes, std::size_t at) HWY_ATTR {
    const auto is_newline = hn::Eq(bytes, newline);
    newlines |= bits_of(is_newline) << at;
    quotes |= bits_of(hn::Eq(bytes, quote)) << at;
    // Below 0x20 are then controls that are no newline, backslashes and what is not ASCII.
    const auto raised = hn::Or(bytes, hn::IfThenElseZero(is_newline, above_controls));
    return hn::IfThenZeroElse(hn::Eq(bytes, backslash), raised);
  };
  const auto done = [&](std::uint32_t place, std::uint64_t valid) HWY_ATTR {
    *to.stops++ = (quotes | newlines) & valid;
    to.behind = put_few_places(newlines & valid, place + 1, to.behind);
    newlines = quotes = 0;
  };
  arrays.lowest = for_each_word(text, look, done);
  arrays.behind = to.behind;
}

void find_lines(std::span<const char> text, LineArrays& arrays) {
  const Bytes d;
  const auto newline = hn::Set(d, '\n'), quote = hn::Set(d, '"'), backslash = hn::Set(d, '\\'),
             last_control = hn::Set(d, 0x1f);
  LineArrays to = arrays;
  std::uint64_t newlines = 0, quotes = 0, escapes = 0, any_escape = 0;
  const auto look = [&](auto bytes, std::size_t at) HWY_ATTR {
    newlines |= bits_of(hn::Eq(bytes, newline)) << at;
    quotes |= bits_of(hn::Eq(bytes, quote)) << at;
    const auto is_control = hn::Eq(hn::Min(bytes, last_control), bytes);
    escapes |= bits_of(hn::Or(is_control, hn::Eq(bytes, backslash))) << at;
    return bytes;
  };
  const auto done = [&](std::uint32_t place, std::uint64_t valid) HWY_ATTR {
    *to.stops++ = (quotes | newlines) & valid;
    *to.escapes++ = escapes & ~newlines & valid;
    any_escape |= escapes & ~newlines & valid;
    to.behind = put_few_places(newlines & valid, place + 1, to.behind);
    newlines = quotes = escapes = 0;
  };
  arrays.lowest = for_each_word(text, look, done);
  arrays.behind = to.behind;
  arrays.any_escape = any_escape;
}

}  // namespace
}  // namespace mta::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace mta::simd {

HWY_EXPORT(find_clean_lines);
HWY_EXPORT(find_lines);

namespace {
constexpr std::size_t written_beyond = 64 + 2;  // by the kernel, of places that are none
constexpr int lowest_of_clean = 0x20;
}  // namespace

LineIndex::LineIndex()
    : behind_(largest_text + written_beyond), stops_(largest_text), escapes_(largest_text) {}

void LineIndex::build(std::span<const char> text) {
  assert(text.size() <= largest_text);
  std::uint64_t* const escapes = escapes_.start(text.size());
  const LineArrays begin{behind_.data(), stops_.start(text.size()), escapes, 0, 1};
  LineArrays arrays = begin;
  // Where one text has escapes, the next one mostly has some, too.
  if (was_clean_) HWY_DYNAMIC_DISPATCH(find_clean_lines)(text, arrays);
  if (was_clean_ && arrays.lowest == lowest_of_clean) {
    std::fill_n(escapes, (text.size() + 63) / 64, 0);
  } else {
    arrays = begin;
    HWY_DYNAMIC_DISPATCH(find_lines)(text, arrays);
  }
  newlines_ = static_cast<std::size_t>(arrays.behind - behind_.data());
  stops_.set_any(true);
  escapes_.set_any(arrays.any_escape != 0);
  lowest_ = arrays.lowest;
  was_clean_ = is_plain() && arrays.any_escape == 0;
}

}  // namespace mta::simd
#endif

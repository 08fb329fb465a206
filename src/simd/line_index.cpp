#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/line_index.cpp"
#include "simd/line_index.hpp"

#include <hwy/foreach_target.h>  // compiles this file once for each target
#include <hwy/highway.h>

#include <cassert>

#include "simd/byte_masks-inl.hpp"

#ifndef MTA_SIMD_LINE_ARRAYS
#define MTA_SIMD_LINE_ARRAYS
namespace mta::simd {
/// Where a kernel writes, and what it found.
struct LineArrays {
  std::uint32_t* behind;  // in the end: where the next one would go
  std::uint64_t *quotes, *escapes;
  std::uint64_t any_escape;  // not 0: there are some
  int lowest;
};
}  // namespace mta::simd
#endif

HWY_BEFORE_NAMESPACE();
namespace mta::simd::HWY_NAMESPACE {
namespace {

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
  };
  const auto done = [&](std::uint32_t place, std::uint64_t valid) HWY_ATTR {
    *to.quotes++ = quotes & valid;
    *to.escapes++ = escapes & ~newlines & valid;
    any_escape |= escapes & ~newlines & valid;
    to.behind = put_places<2>(newlines & valid, place + 1, to.behind);
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

HWY_EXPORT(find_lines);

namespace {
constexpr std::size_t written_beyond = 64 + 2;  // by the kernel, of places that are none
}  // namespace

LineIndex::LineIndex()
    : behind_(largest_text + written_beyond), quotes_(largest_text), escapes_(largest_text) {}

void LineIndex::build(std::span<const char> text) {
  assert(text.size() <= largest_text);
  LineArrays arrays{behind_.data(), quotes_.start(text.size()), escapes_.start(text.size()), 0, 1};
  HWY_DYNAMIC_DISPATCH(find_lines)(text, arrays);
  newlines_ = static_cast<std::size_t>(arrays.behind - behind_.data());
  quotes_.set_any(true);
  escapes_.set_any(arrays.any_escape != 0);
  lowest_ = arrays.lowest;
}

}  // namespace mta::simd
#endif

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/stop_index.cpp"
#include "simd/stop_index.hpp"

#include <hwy/foreach_target.h>  // compiles this file once for each target
#include <hwy/highway.h>

#include <cassert>

#include "simd/byte_masks-inl.hpp"

#ifndef MTA_SIMD_STOP_ARRAYS
#define MTA_SIMD_STOP_ARRAYS
namespace mta::simd {
/// Where a kernel writes, and what it found.
struct StopArrays {
  std::uint32_t *behind, *newlines;  // in the end: where the next ones would go
  std::uint64_t* quotes;
  std::uint64_t any_quote;  // not 0: there are some
  int lowest;
};
}  // namespace mta::simd
#endif

HWY_BEFORE_NAMESPACE();
namespace mta::simd::HWY_NAMESPACE {
namespace {

void find_stops(std::span<const char> text, char delimiter, StopArrays& arrays) {
  const Bytes d;
  const auto wanted = hn::Set(d, static_cast<std::uint8_t>(delimiter));
  const auto newline = hn::Set(d, '\n'), quote = hn::Set(d, '"');
  StopArrays to = arrays;
  std::uint64_t stops = 0, newlines = 0, quotes = 0, any_quote = 0;
  const auto look = [&](auto bytes, std::size_t at) HWY_ATTR {
    const auto is_newline = hn::Eq(bytes, newline);
    newlines |= bits_of(is_newline) << at;
    stops |= bits_of(hn::Or(is_newline, hn::Eq(bytes, wanted))) << at;
    quotes |= bits_of(hn::Eq(bytes, quote)) << at;
    return bytes;
  };
  const auto done = [&](std::uint32_t place, std::uint64_t valid) HWY_ATTR {
    *to.quotes++ = quotes & valid;
    any_quote |= quotes & valid;
    to.newlines = put_few_places(newlines & valid, place + 1, to.newlines);
    to.behind = put_places<8>(stops & valid, place + 1, to.behind);
    stops = newlines = quotes = 0;
  };
  arrays.lowest = for_each_word(text, look, done);
  arrays.behind = to.behind;
  arrays.newlines = to.newlines;
  arrays.any_quote = any_quote;
}

}  // namespace
}  // namespace mta::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace mta::simd {

HWY_EXPORT(find_stops);

namespace {
constexpr std::size_t written_beyond = 64 + 8;  // by the kernel, of places that are none
}  // namespace

StopIndex::StopIndex()
    : behind_(1 + largest_text + written_beyond),
      newlines_(largest_text + written_beyond),
      quotes_(largest_text) {}

void StopIndex::build(std::span<const char> text, char delimiter) {
  assert(text.size() <= largest_text);
  std::uint32_t* const first = behind_.data() + 1;  // after the 0
  StopArrays arrays{first, newlines_.data(), quotes_.start(text.size()), 0, 1};
  HWY_DYNAMIC_DISPATCH(find_stops)(text, delimiter, arrays);
  stops_ = static_cast<std::size_t>(arrays.behind - first);
  newline_count_ = static_cast<std::size_t>(arrays.newlines - newlines_.data());
  quotes_.set_any(arrays.any_quote != 0);
  lowest_ = arrays.lowest;
}

}  // namespace mta::simd
#endif

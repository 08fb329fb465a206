#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/line_layouts.cpp"
#include "simd/line_layouts.hpp"

#include <hwy/foreach_target.h>  // compiles this file once for each target
#include <hwy/highway.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

#include "core/golden_ratio.hpp"

HWY_BEFORE_NAMESPACE();
namespace mta::simd::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

using Layout = LineLayouts::Layout;
using Place = LineLayouts::Place;

/// The marks of a line, which are all in its first n words, and where their layout is kept.
template <std::size_t n>
struct Marks {
  std::array<std::uint64_t, n> words;

  Marks(const std::uint64_t* marks, std::uint32_t begin, std::uint32_t size) noexcept {
    const char* const at = reinterpret_cast<const char*>(marks) + begin / 8;
    std::size_t left = size;
    for (std::size_t w = 0; w < n; ++w) {
      std::uint64_t word = 0;
      std::memcpy(&word, at + w * LineLayouts::word_bytes / 8, sizeof word);
      const std::size_t here = std::min(left, LineLayouts::word_bytes);
      words[w] = word >> begin % 8 & ((std::uint64_t{1} << here) - 1);
      left -= here;
    }
  }
  [[nodiscard]] std::size_t slot() const noexcept {
    std::uint64_t hash = 0;
    for (std::size_t w = 0; w < n; ++w) hash += words[w] * (golden_ratio * (2 * w + 1));
    return hash >> (64 - LineLayouts::table_bits);
  }
};

/// Whether the bytes of the line that begins there are those of the layout.
HWY_INLINE bool fits(const Layout& layout, const char* at) {
  const hn::CappedTag<std::uint8_t, 64> d;
  const std::size_t lanes = hn::Lanes(d);
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(at);
  auto differences = hn::Zero(d);
  for (std::size_t i = 0; i < layout.size; i += lanes) {
    const auto different = hn::Xor(hn::LoadU(d, bytes + i), hn::Load(d, &layout.bytes[i]));
    differences = hn::Or(differences, hn::And(different, hn::Load(d, &layout.is_fixed[i])));
  }
  return hn::AllTrue(d, hn::Eq(differences, hn::Zero(d)));
}

HWY_INLINE void put(std::uint32_t* to, std::uint64_t place) {
  std::memcpy(to, &place, sizeof place);
}

HWY_INLINE void put_values(const Layout& layout, std::uint32_t begin, std::uint32_t* to) {
  const auto base = std::bit_cast<std::uint64_t>(Place{begin, begin});
  const std::size_t values = layout.values, absent = layout.absent;  // before anything is written
  for (std::size_t v = 0; v < values; ++v) {
    put(to + layout.offset[v], base + std::bit_cast<std::uint64_t>(layout.place[v]));
  }
  for (std::size_t v = 0; v < absent; ++v) {
    put(to + layout.absent_offset[v], std::bit_cast<std::uint64_t>(LineLayouts::nowhere));
  }
}

template <std::size_t n>
HWY_INLINE bool read_line(const Layout* table, const char* text, const std::uint64_t* marks,
                          std::uint32_t begin, std::uint32_t size, std::uint32_t* to) {
  const Marks<n> there(marks, begin, size);
  const Layout& layout = table[there.slot()];
  std::uint64_t differences = layout.size ^ size;
  for (std::size_t w = 0; w < n; ++w) differences |= layout.marks[w] ^ there.words[w];
  if (differences != 0 || !fits(layout, text + begin)) return false;
  put_values(layout, begin, to);
  return true;
}

std::size_t read_lines(const Layout* table, const LineLayouts::Lines& lines,
                       std::uint32_t* places) {
  const std::uint64_t* const marks = lines.marks->words();
  const char* const text = lines.text;
  std::uint32_t begin = lines.begin;
  for (std::size_t i = 0; i < lines.behind.size(); ++i) {
    const std::uint32_t size = lines.behind[i] - begin;
    std::uint32_t* const to = places + 2 * i;
    if (size <= 2 * LineLayouts::word_bytes) {
      if (!read_line<2>(table, text, marks, begin, size, to)) return i;
    } else if (size > LineLayouts::longest_line ||
               !read_line<LineLayouts::words>(table, text, marks, begin, size, to)) {
      return i;
    }
    begin += size;
  }
  return lines.behind.size();
}

void learn_line(Layout* table, const LineLayouts::Lines& lines, const LineLayouts::Shape& shape) {
  const std::uint32_t size = lines.behind.front() - lines.begin;
  const auto slot_for = [&](auto marks) -> Layout& {
    Layout& layout = table[marks.slot()];
    layout = {};
    std::ranges::copy(marks.words, layout.marks.begin());
    return layout;
  };
  const std::uint64_t* const marks = lines.marks->words();
  Layout& layout = size <= 2 * LineLayouts::word_bytes
                       ? slot_for(Marks<2>(marks, lines.begin, size))
                       : slot_for(Marks<LineLayouts::words>(marks, lines.begin, size));
  layout.size = size;
  std::copy_n(lines.text + lines.begin, size, layout.bytes.begin());
  std::fill_n(layout.is_fixed.begin(), size, std::uint8_t{0xff});
  for (const Place place : shape.varying) {
    std::fill(&layout.is_fixed[place.begin], &layout.is_fixed[place.behind - 1], std::uint8_t{0});
  }
  for (const LineLayouts::Value& value : shape.values) {
    layout.offset[layout.values] = value.offset;
    layout.place[layout.values++] = value.place;
  }
  for (const std::uint32_t offset : shape.absent) layout.absent_offset[layout.absent++] = offset;
}

}  // namespace
}  // namespace mta::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace mta::simd {

HWY_EXPORT(read_lines);
HWY_EXPORT(learn_line);

LineLayouts::LineLayouts() : table_(std::size_t{1} << table_bits) {}

std::size_t LineLayouts::read(const Lines& lines, std::uint32_t* places) const noexcept {
  if constexpr (std::endian::native != std::endian::little)
    return 0;  // marks are not in that order
  return HWY_DYNAMIC_DISPATCH(read_lines)(table_.data(), lines, places);
}

void LineLayouts::learn(const Lines& lines, const Shape& shape) {
  assert(!lines.behind.empty());
  if (lines.behind.front() - lines.begin > longest_line || shape.values.size() > most_values ||
      shape.absent.size() > most_absent) {
    return;
  }
  HWY_DYNAMIC_DISPATCH(learn_line)(table_.data(), lines, shape);
}

}  // namespace mta::simd
#endif

#include "ingest/event_page.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstring>

#include "mta/ingest/event_rows.hpp"

namespace mta {
namespace {

constexpr std::size_t rows_at = 8, time_bytes_at = 10, kind_bytes_at = 11, bucket_at = 12;

/// Writes 8 bytes, little-endian: a column is written in order, so that each entry overwrites what
/// the one before wrote beyond itself.
void store(std::byte* at, std::uint64_t word) noexcept {
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  std::memcpy(at, &word, sizeof word);
}

constexpr std::uint8_t bytes_for(std::uint64_t largest) noexcept {
  return static_cast<std::uint8_t>((std::bit_width(largest | 1) + 7) / 8);
}

constexpr std::uint64_t mask_of(std::size_t bytes) noexcept {
  return ~std::uint64_t{0} >> (64 - 8 * bytes);
}

}  // namespace

PageShape PageShape::of(std::span<const EventRecord> rows, std::size_t dimensions) noexcept {
  assert(!rows.empty() && rows.size() < std::size_t{1} << 16);
  std::int64_t base = rows.front().time;
  const auto bits_since_base = [&] {
    std::uint64_t bits = 0;
    for (const EventRecord& row : rows) {
      bits |= static_cast<std::uint64_t>(row.time) - static_cast<std::uint64_t>(base);
    }
    return bits;
  };
  std::uint64_t bits = bits_since_base();
  if (bits >> 63 != 0) {  // the first is not the earliest, as it is in a log
    for (const EventRecord& row : rows) base = std::min(base, row.time);
    bits = bits_since_base();
  }
  std::uint32_t kinds = 0;
  for (const EventRecord& row : rows) kinds |= row.kind;
  return {base, bytes_for(bits), bytes_for(kinds), rows.size(), dimensions};
}

void pack_page(const PageShape& shape, std::span<const EventRecord> rows,
               const std::uint32_t* dimensions, std::size_t stride, std::byte* page) noexcept {
  store(page, static_cast<std::uint64_t>(shape.base));
  store(page + rows_at, shape.rows | std::uint64_t{shape.time_bytes} << 16 |
                            std::uint64_t{shape.kind_bytes} << 24 |
                            rows.front().key_high >> 56 << 32);
  std::byte* high = page + PageShape::header_bytes;
  std::byte* low = high + 7 * shape.rows + PageShape::slack;
  std::byte* time = low + 4 * shape.rows + PageShape::slack;
  std::byte* kind = time + shape.time_bytes * shape.rows + PageShape::slack;
  std::byte* at = kind + shape.kind_bytes * shape.rows + PageShape::slack;
  const auto base = static_cast<std::uint64_t>(shape.base);
  const std::size_t time_bytes = shape.time_bytes, kind_bytes = shape.kind_bytes;
  for (const EventRecord& row : rows) {
    assert(row.key_high >> 56 == rows.front().key_high >> 56);
    store(high, row.key_high);
    store(low, row.key_low);
    store(time, static_cast<std::uint64_t>(row.time) - base);
    store(kind, row.kind);
    high += 7;
    low += 4;
    time += time_bytes;
    kind += kind_bytes;
  }
  for (std::size_t d = 0; d < shape.dimensions; ++d) {
    for (std::size_t i = 0; i < shape.rows; ++i) {
      store(at, dimensions[d * stride + i]);
      at += 4;
    }
  }
}

EventPage::EventPage(const std::byte* bytes, std::size_t dimensions, std::size_t first_row) noexcept
    : high_(bytes + PageShape::header_bytes),
      base_(load(bytes)),
      top_(std::uint64_t{static_cast<std::uint8_t>(bytes[bucket_at])} << 56),
      time_bytes_(static_cast<std::uint8_t>(bytes[time_bytes_at])),
      kind_bytes_(static_cast<std::uint8_t>(bytes[kind_bytes_at])),
      rows_(load(bytes + rows_at) & 0xffff),
      first_row_(first_row) {
  time_mask_ = mask_of(time_bytes_);
  kind_mask_ = mask_of(kind_bytes_);
  low_ = high_ + 7 * rows_ + PageShape::slack;
  time_ = low_ + 4 * rows_ + PageShape::slack;
  kind_ = time_ + time_bytes_ * rows_ + PageShape::slack;
  dimensions_ = kind_ + kind_bytes_ * rows_ + PageShape::slack;
  end_ = dimensions_ + 4 * dimensions * rows_;
}

}  // namespace mta

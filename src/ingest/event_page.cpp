#include "ingest/event_page.hpp"

#include <cassert>

#include "mta/ingest/event_rows.hpp"

namespace mta {
namespace {

constexpr std::uint32_t bytes_for(std::uint64_t largest) noexcept {
  return static_cast<std::uint32_t>((std::bit_width(largest | 1) + 7) / 8);
}

constexpr std::uint64_t mask_of(std::size_t bytes) noexcept {
  return ~std::uint64_t{0} >> (64 - 8 * bytes);
}

/// Of the rows of a page so many are between those that are looked at for its width.
constexpr std::size_t sample_step = 16;

}  // namespace

std::int64_t OpenPage::time(std::size_t row) const noexcept {
  std::uint64_t since = 0;
  std::memcpy(&since, first() + row * row_bytes_ + time_at_, sizeof since);
  if constexpr (std::endian::native == std::endian::big) since = __builtin_bswap64(since);
  return static_cast<std::int64_t>(base_ + (since & ~beyond_time_));
}

// Times are to spread over a quarter of what the width can say: of a log, the next page is as far
// on as this one is long, and what comes a little late still has room before the base.
void OpenPage::begin(const EventRecord& row, std::size_t kinds) noexcept {
  const std::size_t before = rows();
  std::int64_t low = row.time, high = row.time;
  for (std::size_t i = 0; i < before; i += sample_step) {
    low = std::min(low, time(i));
    high = std::max(high, time(i));
  }
  const auto spread = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
  const std::uint32_t wanted = spread >> 61 != 0 ? 8 : bytes_for(4 * spread);
  const bool was_full = before == most_rows;
  time_bytes_ = was_full ? wanted : std::max(wanted, time_bytes_);
  beyond_time_ = ~mask_of(time_bytes_);
  base_ = time_bytes_ == 8 ? 0 : static_cast<std::uint64_t>(low) - (mask_of(time_bytes_) >> 3);
  const std::uint32_t kind_bytes = bytes_for(std::max<std::uint64_t>(row.kind, kinds));
  beyond_kind_ = static_cast<std::uint32_t>(~mask_of(kind_bytes));
  time_at_ = static_cast<std::uint32_t>(PageForm::kind_at) + kind_bytes;
  row_bytes_ =
      static_cast<std::uint32_t>(PageForm::row_bytes(kind_bytes, time_bytes_, dimensions_));
  at_ = first();
  end_ = at_ + most_rows * std::size_t{row_bytes_};
  bytes_[PageForm::bucket_at] = static_cast<std::byte>(row.key_high >> 56);
}

std::span<const std::byte> OpenPage::finish() noexcept {
  const std::size_t rows = this->rows();
  assert(rows != 0);
  const auto bucket = std::to_integer<std::uint64_t>(bytes_[PageForm::bucket_at]);
  const std::uint64_t kind_bytes = time_at_ - PageForm::kind_at;
  store(bytes_, base_);
  store(bytes_ + PageForm::rows_at,
        rows | std::uint64_t{time_bytes_} << 16 | kind_bytes << 24 | bucket << 32);
  return {bytes_, at_};
}

EventPage::EventPage(const std::byte* bytes, std::size_t dimensions, std::size_t first_row) noexcept
    : row_(bytes + PageForm::header_bytes),
      base_(load(bytes)),
      top_(std::uint64_t{static_cast<std::uint8_t>(bytes[PageForm::bucket_at])} << 56),
      rows_(load(bytes + PageForm::rows_at) & 0xffff),
      first_row_(first_row) {
  const auto time_bytes = std::to_integer<std::size_t>(bytes[PageForm::time_bytes_at]);
  const auto kind_bytes = std::to_integer<std::size_t>(bytes[PageForm::kind_bytes_at]);
  time_mask_ = mask_of(time_bytes);
  kind_mask_ = mask_of(kind_bytes);
  time_at_ = PageForm::kind_at + kind_bytes;
  dimensions_at_ = time_at_ + time_bytes;
  row_bytes_ = PageForm::row_bytes(kind_bytes, time_bytes, dimensions);
}

}  // namespace mta

#include "mta/ingest/event_table.hpp"

#include <cassert>
#include <limits>

#include "mta/core/error.hpp"

namespace mta {

void EventTable::append_page(const std::byte* page, std::size_t rows) {
  if (size_ + rows > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(Errc::overflow, "more than 2^32 events in one bucket of one part");
  }
  pages_.push_back(page);
  size_ += rows;
}

void EventTable::append_conversion(std::uint32_t row, Micros value, std::span<const Hash128> ids) {
  assert(ids.size() == ids_ && (conversions_.row.empty() || conversions_.row.back() < row));
  conversions_.row.push_back(row);
  conversions_.value.push_back(value);
  conversions_.ids.insert(conversions_.ids.end(), ids.begin(), ids.end());
}

void EventTable::begin_piece(std::uint64_t sequence, std::size_t first_row) {
  assert(pieces_.empty() || pieces_.back().sequence < sequence);
  const auto row = static_cast<std::uint32_t>(first_row);
  if (!pieces_.empty() && pieces_.back().first_row == row) {
    pieces_.back().sequence = sequence;  // the piece before left nothing here
  } else {
    pieces_.push_back({sequence, row});
  }
}

void EventTable::move_to(const Extent& extent) {
  extents_.push_back(extent);
  pages_ = {};
  conversions_ = {};
}

std::size_t EventTable::bytes() const noexcept {
  return pages_.capacity() * sizeof(const std::byte*) + extents_.capacity() * sizeof(Extent) +
         conversions_.row.capacity() * sizeof(std::uint32_t) +
         conversions_.value.capacity() * sizeof(Micros) +
         conversions_.ids.capacity() * sizeof(Hash128) + pieces_.capacity() * sizeof(Piece);
}

}  // namespace mta

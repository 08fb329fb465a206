#include "mta/ingest/event_table.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "mta/core/error.hpp"

namespace mta {
namespace {

// A page grows with its table, so that 256 small tables stay small and large ones waste an eighth.
constexpr std::size_t smallest_page = 32;
constexpr std::size_t largest_page = 4096;

}  // namespace

void EventTable::add_page() {
  if (size_ > std::numeric_limits<std::uint32_t>::max() - largest_page) {
    throw Error(Errc::overflow, "more than 2^32 events in one bucket of one part");
  }
  const std::size_t capacity = std::clamp(size_ / 8, smallest_page, largest_page);
  const std::size_t bytes = capacity * (sizeof(EventRecord) + dimensions_ * sizeof(std::uint32_t));
  Page& page = pages_.emplace_back(
      Page{std::make_unique_for_overwrite<std::byte[]>(bytes), size_, capacity});
  void* const start = page.bytes.get();
  next_ = static_cast<EventRecord*>(start);
  end_ = next_ + capacity;
  void* const columns = page.bytes.get() + capacity * sizeof(EventRecord);
  next_dimensions_ = static_cast<std::uint32_t*>(columns);
  stride_ = capacity;
}

void EventTable::append_conversion(Micros value, std::span<const Hash128> ids) {
  assert(ids.size() == ids_ && size_ > 0);
  conversions_.row.push_back(static_cast<std::uint32_t>(size_ - 1));
  conversions_.value.push_back(value);
  conversions_.ids.insert(conversions_.ids.end(), ids.begin(), ids.end());
}

void EventTable::begin_piece(std::uint64_t sequence) {
  assert(pieces_.empty() || pieces_.back().sequence < sequence);
  const auto row = static_cast<std::uint32_t>(size_);
  if (!pieces_.empty() && pieces_.back().first_row == row) {
    pieces_.back().sequence = sequence;  // the piece before left nothing here
  } else {
    pieces_.push_back({sequence, row});
  }
}

EventTable EventTable::take() { return std::exchange(*this, EventTable(dimensions_, ids_)); }

EventTable::Place EventTable::place(std::size_t row) const noexcept {
  assert(row < size_);
  const auto after = std::upper_bound(pages_.begin(), pages_.end(), row,
                                      [](std::size_t r, const Page& p) { return r < p.first_row; });
  const Page& page = *(after - 1);
  const std::size_t next_row = after == pages_.end() ? size_ : after->first_row;
  const void* const start = page.bytes.get();
  const void* const columns = page.bytes.get() + page.capacity * sizeof(EventRecord);
  return {EventPage{{static_cast<const EventRecord*>(start), next_row - page.first_row},
                    {static_cast<const std::uint32_t*>(columns), page.capacity * dimensions_},
                    page.capacity},
          row - page.first_row};
}

std::size_t EventTable::bytes() const noexcept {
  std::size_t rows = 0;
  for (const Page& page : pages_) rows += page.capacity;
  return rows * (sizeof(EventRecord) + dimensions_ * sizeof(std::uint32_t)) +
         conversions_.row.capacity() * sizeof(std::uint32_t) +
         conversions_.value.capacity() * sizeof(Micros) +
         conversions_.ids.capacity() * sizeof(Hash128) + pieces_.capacity() * sizeof(Piece);
}

}  // namespace mta

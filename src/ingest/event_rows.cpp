#include "mta/ingest/event_rows.hpp"

#include <algorithm>
#include <cassert>

#include "ingest/event_page.hpp"
#include "ingest/spill_file.hpp"

namespace mta {

void EventRows::load(const EventTable& table, const SpillFile* spilled) {
  pages_.clear();
  size_ = table.size();
  std::size_t row = 0;
  conversions_ = &table.conversions();
  if (!table.extents().empty()) {
    assert(spilled != nullptr);
    row = read_extents(table, *spilled);
    conversions_ = &joined_;
  }
  const auto pages = table.pages();
  constexpr std::size_t ahead = 8;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    __builtin_prefetch(pages[std::min(i + ahead, pages.size() - 1)]);  // where its header is
    row += pages_.emplace_back(pages[i], table.dimensions(), row).size();
  }
  assert(row == size_);
}

std::size_t EventRows::read_extents(const EventTable& table, const SpillFile& spilled) {
  std::size_t bytes = 0;
  for (const EventTable::Extent& extent : table.extents()) bytes += extent.bytes;
  room_.resize(bytes + PageForm::slack);
  joined_.row.clear();
  joined_.value.clear();
  joined_.ids.clear();
  std::byte* at = room_.data();
  std::size_t row = 0;
  for (const EventTable::Extent& extent : table.extents()) {
    spilled.read({at, extent.bytes}, extent.offset, extent.checksum);
    const std::byte* page = at;
    for (const std::size_t end = row + extent.rows; row < end;) {
      row += pages_.emplace_back(page, table.dimensions(), row).size();
      page = pages_.back().end();
    }
    take_conversions(table, extent, page);
    at += extent.bytes;
  }
  const ConversionColumns& rest = table.conversions();
  joined_.row.insert(joined_.row.end(), rest.row.begin(), rest.row.end());
  joined_.value.insert(joined_.value.end(), rest.value.begin(), rest.value.end());
  joined_.ids.insert(joined_.ids.end(), rest.ids.begin(), rest.ids.end());
  return row;
}

void EventRows::take_conversions(const EventTable& table, const EventTable::Extent& extent,
                                 const std::byte* at) {
  const auto take = [&at](auto& column, std::size_t count) {
    const std::size_t before = column.size();
    column.resize(before + count);
    if (count == 0) return;
    std::memcpy(column.data() + before, at, count * sizeof(column[0]));
    at += count * sizeof(column[0]);
  };
  take(joined_.row, extent.conversions);
  take(joined_.value, extent.conversions);
  take(joined_.ids, extent.conversions * table.ids());
}

EventRows::Place EventRows::place(std::size_t row) const noexcept {
  assert(row < size_);
  const auto after =
      std::upper_bound(pages_.begin(), pages_.end(), row,
                       [](std::size_t r, const EventPage& page) { return r < page.first_row(); });
  const EventPage& page = *(after - 1);
  return {page, row - page.first_row()};
}

}  // namespace mta

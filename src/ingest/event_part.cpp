#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

#include "core/key_hash.hpp"
#include "ingest/event_page.hpp"
#include "ingest/event_pool.hpp"
#include "ingest/page_arena.hpp"
#include "mta/ingest/event_rows.hpp"
#include "mta/ingest/events.hpp"

namespace mta {
namespace {

std::size_t slot_hash(EventKind kind) noexcept {
  return static_cast<std::size_t>(mix64((std::uint64_t{kind.event} << 32) | kind.channel));
}

std::vector<EventTable> empty_tables(std::size_t dimensions, std::size_t ids) {
  std::vector<EventTable> tables;
  tables.reserve(bucket_count);
  for (std::size_t bucket = 0; bucket < bucket_count; ++bucket)
    tables.emplace_back(dimensions, ids);
  return tables;
}

template <class Entry>
void append_bytes(std::vector<std::byte>& bytes, const std::vector<Entry>& column) {
  const auto entries = std::as_bytes(std::span(column));
  bytes.insert(bytes.end(), entries.begin(), entries.end());
}

}  // namespace

EventPart::EventPart(const EventLayout& layout, std::shared_ptr<EventPool> pool)
    : dimensions(layout.dimensions.size()),
      pool_(std::move(pool)),
      pages_(std::make_shared<PageArena>()),
      tables_(empty_tables(layout.dimensions.size(), layout.conversion_ids.size())),
      slots_(64) {}

EventPart::~EventPart() { pool_->remove(counted_); }

std::uint32_t EventPart::kind(EventKind kind) {
  if ((kinds_.size() + 1) * 2 > slots_.size()) grow();
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = slot_hash(kind) & mask;
  while (slots_[slot] != 0) {
    if (kinds_[slots_[slot] - 1] == kind) return slots_[slot] - 1;
    slot = (slot + 1) & mask;
  }
  kinds_.push_back(kind);
  slots_[slot] = static_cast<std::uint32_t>(kinds_.size());
  return slots_[slot] - 1;
}

void EventPart::grow() {
  slots_.assign(slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t code = 0; code < kinds_.size(); ++code) {
    std::size_t slot = slot_hash(kinds_[code]) & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(code + 1);
  }
}

void EventPart::see_currency(std::string_view currency) {
  while (!currency.empty() && currency.front() == ' ') currency.remove_prefix(1);
  while (!currency.empty() && currency.back() == ' ') currency.remove_suffix(1);
  if (!currency.empty()) currencies.intern(currency);
}

void EventPart::append_page(std::size_t bucket, std::span<const std::byte> page, std::size_t rows) {
  if (!pages_->has_room(page.size())) make_room(page.size());
  std::byte* const kept = pages_->allocate(page.size());
  std::memcpy(kept, page.data(), page.size());
  tables_[bucket].append_page(kept, rows);
}

/// Once in some megabytes: is there memory for more?
void EventPart::make_room(std::size_t bytes) {
  count_memory(pages_->next_chunk());
  if (!pool_->is_full()) return;
  spill();
  if (pages_->has_room(bytes)) return;
  pages_ = std::make_shared<PageArena>();  // others hold the memory
  count_memory(pages_->next_chunk());
}

void EventPart::count_memory(std::size_t more) {
  const std::size_t now = bytes() + more;
  pool_->remove(counted_);
  pool_->add(now);
  counted_ = now;
}

void EventPart::spill() {
  std::vector<std::byte> staging;
  for (EventTable& table : tables_) {
    if (!table.pages().empty()) spill_table(table, staging);
  }
  pages_->clear();
}

void EventPart::spill_table(EventTable& table, std::vector<std::byte>& staging) {
  staging.clear();
  EventTable::Extent extent{};
  for (const std::byte* const bytes : table.pages()) {
    const EventPage page(bytes, table.dimensions(), 0);
    staging.insert(staging.end(), bytes, page.end());
    extent.rows += static_cast<std::uint32_t>(page.size());
  }
  const ConversionColumns& conversions = table.conversions();
  extent.conversions = static_cast<std::uint32_t>(conversions.row.size());
  append_bytes(staging, conversions.row);
  append_bytes(staging, conversions.value);
  append_bytes(staging, conversions.ids);
  const SpillFile::Written written = pool_->file.write(staging);
  extent.offset = written.offset;
  extent.checksum = written.checksum;
  extent.bytes = staging.size();
  table.move_to(extent);
}

const SpillFile* EventPart::spilled() const noexcept { return &pool_->file; }

EventPart::Rows EventPart::take_rows() {
  const std::size_t ids = tables_.front().ids();
  lost_ = 0;
  return {std::exchange(tables_, empty_tables(dimensions.size(), ids)),
          std::exchange(pages_, std::make_shared<PageArena>())};
}

EventTable EventPart::take_table(std::size_t bucket) {
  assert(!may_spill());
  const EventTable& table = tables_[bucket];
  return std::exchange(tables_[bucket], EventTable(table.dimensions(), table.ids()));
}

bool EventPart::may_spill() const noexcept { return pool_->is_limited(); }

std::size_t EventPart::bytes() const noexcept {
  std::size_t sum = pages_->bytes();
  for (const EventTable& table : tables_) sum += table.bytes();
  return sum;
}

void EventPart::shift_pieces(std::uint64_t by) {
  for (EventTable& table : tables_) table.shift_pieces(by);
}

}  // namespace mta

#include "mta/ingest/events.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "ingest/event_pool.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return "[" + text + "]";
}

}  // namespace

Events::Events(EventLayout layout, EventStorage storage) : layout_(std::move(layout)) {
  constexpr std::uint64_t least = std::uint64_t{8} << 20;
  if (storage.memory < least) {
    throw Error(Errc::invalid_option, "the memory for events must be at least " +
                                          std::to_string(least) + " bytes, got " +
                                          std::to_string(storage.memory));
  }
  pool_ = std::make_shared<EventPool>(std::move(storage));
}
Events::Events(Events&&) noexcept = default;
Events& Events::operator=(Events&&) noexcept = default;
Events::~Events() = default;

std::uint64_t Events::size() const noexcept {
  std::uint64_t rows = 0;
  for (const auto& part : parts_) {
    for (std::size_t bucket = 0; bucket < bucket_count; ++bucket)
      rows += part->table(bucket).size();
  }
  return rows;
}

EventPart& Events::add_part() {
  if (pool_->is_half_full()) {  // no writer could make room in what another has written
    for (const auto& part : parts_) part->spill();
  }
  parts_.push_back(std::make_unique<EventPart>(layout_, pool_));
  return *parts_.back();
}

void Events::drop_parts(std::size_t first) noexcept {
  assert(first <= parts_.size());
  parts_.erase(parts_.begin() + static_cast<std::ptrdiff_t>(first), parts_.end());
}

std::vector<EventSlice> Events::slices(std::size_t bucket) const {
  struct Ordered {
    std::uint64_t sequence;
    EventSlice slice;
  };
  std::vector<Ordered> ordered;
  for (std::uint32_t p = 0; p < parts_.size(); ++p) {
    const EventTable& table = parts_[p]->table(bucket);
    const auto pieces = table.pieces();
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const auto end = i + 1 < pieces.size() ? pieces[i + 1].first_row
                                             : static_cast<std::uint32_t>(table.size());
      if (end == pieces[i].first_row) continue;
      ordered.push_back({pieces[i].sequence, {p, pieces[i].first_row, end - pieces[i].first_row}});
    }
  }
  std::sort(ordered.begin(), ordered.end(), [](const Ordered& a, const Ordered& b) {
    return std::pair(a.sequence, a.slice.part) < std::pair(b.sequence, b.slice.part);
  });
  std::vector<EventSlice> slices;
  slices.reserve(ordered.size());
  for (const Ordered& item : ordered) slices.push_back(item.slice);
  return slices;
}

void Events::merge(Events&& other) {
  if (other.layout_ != layout_) {
    throw Error(Errc::invalid_option, "events of different layouts cannot be merged: dimensions " +
                                          joined(layout_.dimensions) + " and " +
                                          joined(other.layout_.dimensions) + ", conversion ids " +
                                          joined(layout_.conversion_ids) + " and " +
                                          joined(other.layout_.conversion_ids));
  }
  for (auto& part : other.parts_) {
    part->shift_pieces(next_sequence());
    parts_.push_back(std::move(part));
  }
  other.parts_.clear();
  sources_ += other.sources_;
  report.merge(other.report);
}

void Events::check_currency() const {
  std::string first;
  for (const auto& part : parts_) {
    for (const std::string_view currency : part->currencies.texts()) {
      if (currency.empty() || currency == first) continue;
      if (!first.empty()) {
        throw Error(Errc::mixed_currencies,
                    "conversions carry values in more than one currency (" +
                        std::min(first, std::string(currency)) + " and " +
                        std::max(first, std::string(currency)) +
                        "): they cannot be added up; convert them first, or run each alone");
      }
      first = currency;
    }
  }
}

std::size_t Events::bytes() const noexcept {
  std::size_t sum = 0;
  for (const auto& part : parts_) sum += part->bytes();
  return sum;
}

}  // namespace mta

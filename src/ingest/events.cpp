#include "mta/ingest/events.hpp"

#include <algorithm>
#include <utility>

#include "core/key_hash.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

std::size_t slot_hash(EventKind kind) noexcept {
  return static_cast<std::size_t>(mix64((std::uint64_t{kind.event} << 32) | kind.channel));
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return "[" + text + "]";
}

}  // namespace

EventPart::EventPart(const EventLayout& layout) : dimensions(layout.dimensions.size()), slots_(64) {
  tables_.reserve(bucket_count);
  for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
    tables_.emplace_back(layout.dimensions.size(), layout.conversion_ids.size());
  }
}

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

void EventPart::begin_piece(std::uint64_t sequence) {
  for (EventTable& table : tables_) table.begin_piece(sequence);
}

void EventPart::see_currency(std::string_view currency) {
  while (!currency.empty() && currency.front() == ' ') currency.remove_prefix(1);
  while (!currency.empty() && currency.back() == ' ') currency.remove_suffix(1);
  if (!currency.empty()) currencies.intern(currency);
}

Events::Events(EventLayout layout) : layout_(std::move(layout)) {}
Events::Events(Events&&) noexcept = default;
Events& Events::operator=(Events&&) noexcept = default;
Events::~Events() = default;

std::uint64_t Events::size() const noexcept {
  std::uint64_t rows = 0;
  for (const auto& part : parts_) {
    for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) rows += part->table(bucket).size();
  }
  return rows;
}

EventPart& Events::add_part() {
  parts_.push_back(std::make_unique<EventPart>(layout_));
  return *parts_.back();
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
    throw Error(Errc::invalid_option,
                "events of different layouts cannot be merged: dimensions " +
                    joined(layout_.dimensions) + " and " + joined(other.layout_.dimensions) +
                    ", conversion ids " + joined(layout_.conversion_ids) + " and " +
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

void EventPart::shift_pieces(std::uint64_t by) {
  for (EventTable& table : tables_) table.shift_pieces(by);
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
  for (const auto& part : parts_) {
    for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) sum += part->table(bucket).bytes();
  }
  return sum;
}

}  // namespace mta

#include "mta/journeys/bucket_events.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "mta/core/error.hpp"

namespace mta {
namespace {

/// Calls `visit(slice's part, page, first row in page, rows, first bucket row)` for every run of rows.
template <class Visit>
void for_each_run(const Events& events, std::size_t bucket, std::span<const EventSlice> slices,
                  Visit visit) {
  std::size_t bucket_row = 0;
  for (const EventSlice& slice : slices) {
    const EventTable& table = events.part(slice.part).table(bucket);
    std::size_t done = 0;
    while (done < slice.rows) {
      const EventTable::Place place = table.place(slice.first_row + done);
      const std::size_t rows =
          std::min<std::size_t>(slice.rows - done, place.page.records.size() - place.row);
      visit(slice.part, place.page, place.row, rows, bucket_row);
      done += rows;
      bucket_row += rows;
    }
  }
}

}  // namespace

BucketEvents::BucketEvents(const Events& events, const Vocabulary& vocabulary)
    : events_(&events), vocabulary_(&vocabulary), dimensions_(events.layout().dimensions.size()) {}

void BucketEvents::load(std::size_t bucket) {
  bucket_ = bucket;
  slices_ = events_->slices(bucket);
  std::size_t rows = 0;
  for (const EventSlice& slice : slices_) rows += slice.rows;
  if (rows >= std::numeric_limits<std::uint32_t>::max() / 2) {
    throw Error(Errc::overflow, "more than 2^31 events in one bucket");
  }
  person_of_row_.resize(rows);
  grouped_.resize(rows);
  number_persons();
  group();
  order_by_time();
  load_columns();
}

void BucketEvents::index_event_names() {
  event_names_.resize(grouped_.size());
  for (const BucketEvent& event : grouped_) {
    event_names_[event.row] = vocabulary_->kinds()[event.kind].event;
  }
}

void BucketEvents::number_persons() {
  persons_.clear();
  slots_.assign(std::bit_ceil(std::max<std::size_t>(person_of_row_.size() / 2, 64)), 0);
  const auto grow = [&] {
    slots_.assign(slots_.size() * 2, 0);
    for (std::size_t i = 0; i < persons_.size(); ++i) {
      std::size_t slot = persons_[i].high & (slots_.size() - 1);
      while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = static_cast<std::uint32_t>(i + 1);
    }
  };
  const auto number = [&](const EventRecord& record) {
    const PersonKey key{record.key_high, record.key_low};
    std::size_t slot = key.high & (slots_.size() - 1);
    while (slots_[slot] != 0) {
      if (persons_[slots_[slot] - 1] == key) return slots_[slot] - 1;
      slot = (slot + 1) & (slots_.size() - 1);
    }
    persons_.push_back(key);
    slots_[slot] = static_cast<std::uint32_t>(persons_.size());
    if (persons_.size() * 2 > slots_.size()) grow();
    return static_cast<std::uint32_t>(persons_.size() - 1);
  };
  for_each_run(*events_, bucket_, slices_,
               [&](std::size_t, const EventPage& page, std::size_t first, std::size_t rows,
                   std::size_t bucket_row) {
                 for (std::size_t i = 0; i < rows; ++i) {
                   person_of_row_[bucket_row + i] = number(page.records[first + i]);
                 }
               });
}

void BucketEvents::group() {
  offsets_.assign(persons_.size() + 1, 0);
  for (const std::uint32_t person : person_of_row_) ++offsets_[person + 1];
  for (std::size_t i = 1; i < offsets_.size(); ++i) offsets_[i] += offsets_[i - 1];
  next_.assign(offsets_.begin(), offsets_.end() - 1);
  for_each_run(*events_, bucket_, slices_,
               [&](std::size_t part, const EventPage& page, std::size_t first, std::size_t rows,
                   std::size_t bucket_row) {
                 const auto kinds = vocabulary_->kind_codes(part);
                 for (std::size_t i = 0; i < rows; ++i) {
                   const EventRecord& record = page.records[first + i];
                   const std::size_t row = bucket_row + i;
                   grouped_[next_[person_of_row_[row]]++] = {record.time, kinds[record.kind],
                                                             static_cast<std::uint32_t>(row)};
                 }
               });
}

void BucketEvents::order_by_time() {
  const auto earlier = [](const BucketEvent& a, const BucketEvent& b) {
    return a.time != b.time ? a.time < b.time : a.row < b.row;
  };
  for (std::size_t person = 0; person < persons_.size(); ++person) {
    const auto begin = grouped_.begin() + offsets_[person];
    const auto end = grouped_.begin() + offsets_[person + 1];
    if (!std::is_sorted(begin, end, earlier)) std::sort(begin, end, earlier);
  }
}

void BucketEvents::load_columns() {
  for (auto& codes : dimensions_) codes.resize(person_of_row_.size());
  if (!dimensions_.empty()) {
    for_each_run(*events_, bucket_, slices_,
                 [&](std::size_t part, const EventPage& page, std::size_t first, std::size_t rows,
                     std::size_t bucket_row) {
                   for (std::size_t d = 0; d < dimensions_.size(); ++d) {
                     const auto codes = vocabulary_->dimension_codes(part, d);
                     for (std::size_t i = 0; i < rows; ++i) {
                       dimensions_[d][bucket_row + i] = codes[page.dimension(d, first + i)];
                     }
                   }
                 });
  }
  load_conversions();
}

void BucketEvents::load_conversions() {
  conversion_rows_.clear();
  values_.clear();
  ids_.clear();
  const std::size_t ids = events_->layout().conversion_ids.size();
  std::size_t bucket_row = 0;
  for (const EventSlice& slice : slices_) {
    const ConversionColumns& columns = events_->part(slice.part).table(bucket_).conversions();
    const auto first = std::lower_bound(columns.row.begin(), columns.row.end(), slice.first_row);
    for (auto at = first; at != columns.row.end() && *at - slice.first_row < slice.rows; ++at) {
      const auto i = static_cast<std::size_t>(at - columns.row.begin());
      conversion_rows_.push_back(static_cast<std::uint32_t>(bucket_row) + *at - slice.first_row);
      values_.push_back(columns.value[i]);
      for (std::size_t id = 0; id < ids; ++id) ids_.push_back(columns.ids[i * ids + id]);
    }
    bucket_row += slice.rows;
  }
}

std::optional<std::size_t> BucketEvents::conversion(std::uint32_t row) const noexcept {
  const auto at = std::lower_bound(conversion_rows_.begin(), conversion_rows_.end(), row);
  if (at == conversion_rows_.end() || *at != row) return std::nullopt;
  return static_cast<std::size_t>(at - conversion_rows_.begin());
}

std::strong_ordering BucketEvents::compare_dimensions(std::uint32_t a,
                                                      std::uint32_t b) const noexcept {
  for (const auto& codes : dimensions_) {
    if (codes[a] != codes[b]) return codes[a] <=> codes[b];
  }
  return std::strong_ordering::equal;
}

std::strong_ordering BucketEvents::compare_conversions(std::uint32_t a,
                                                       std::uint32_t b) const noexcept {
  if (value(a) != value(b)) return value(a) <=> value(b);
  for (std::size_t id = 0; id < events_->layout().conversion_ids.size(); ++id) {
    const auto order = conversion_id(id, a) <=> conversion_id(id, b);
    if (order != std::strong_ordering::equal) return order;
  }
  return std::strong_ordering::equal;
}

Micros BucketEvents::value(std::uint32_t row) const noexcept {
  const auto at = conversion(row);
  return at ? values_[*at] : Micros{0};
}

Hash128 BucketEvents::conversion_id(std::size_t id, std::uint32_t row) const noexcept {
  const auto at = conversion(row);
  return at ? ids_[*at * events_->layout().conversion_ids.size() + id] : Hash128{};
}

}  // namespace mta

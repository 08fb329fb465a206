#include "mta/journeys/bucket_events.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "mta/core/error.hpp"

namespace mta {

BucketEvents::BucketEvents(const Events& events, const Vocabulary& vocabulary)
    : events_(&events), vocabulary_(&vocabulary), dimensions_(events.layout().dimensions.size()) {}

void BucketEvents::load(std::size_t bucket) {
  bucket_ = bucket;
  load_rows();
  number_persons();
  group();
  order_by_time();
  load_columns();
}

/// Lists the runs of rows in order of input.
void BucketEvents::load_rows() {
  slices_ = events_->slices(bucket_);
  rows_.resize(events_->parts());
  for (std::size_t p = 0; p < rows_.size(); ++p) {
    rows_[p].load(events_->part(p).table(bucket_), events_->part(p).spilled());
  }
  runs_.clear();
  std::size_t rows = 0;
  for (const EventSlice& slice : slices_) {
    const std::size_t end = std::size_t{slice.first_row} + slice.rows;
    for (std::size_t row = slice.first_row; row < end;) {
      const auto [page, first] = rows_[slice.part].place(row);
      const std::size_t count = std::min(end - row, page.size() - first);
      runs_.push_back({&page, slice.part, static_cast<std::uint32_t>(first),
                       static_cast<std::uint32_t>(count), static_cast<std::uint32_t>(rows)});
      row += count;
      rows += count;
      if (rows >= std::numeric_limits<std::uint32_t>::max() / 2) {
        throw Error(Errc::overflow, "more than 2^31 events in one bucket");
      }
    }
  }
  person_of_row_.resize(rows);
  grouped_.resize(rows);
}

void BucketEvents::index_event_names() {
  event_names_.resize(grouped_.size());
  for (const BucketEvent& event : grouped_) {
    event_names_[event.row] = vocabulary_->kinds()[event.kind].event;
  }
}

void BucketEvents::number_persons() {
  persons_.clear();
  offsets_.assign(1, 0);  // counts for now: of person i at i + 1
  slots_.assign(std::bit_ceil(std::max<std::size_t>(person_of_row_.size() / 4, 64)), Slot{});
  constexpr std::uint32_t ahead = 64;  // keys whose slots are on their way to the cache
  std::array<PersonKey, ahead> keys;
  for (std::size_t r = 0; r < runs_.size(); ++r) {
    const Run& run = runs_[r];
    if (r + 2 < runs_.size()) runs_[r + 2].page->prefetch();
    for (std::uint32_t begin = 0; begin < run.rows; begin += ahead) {
      const std::uint32_t count = std::min(ahead, run.rows - begin);
      for (std::uint32_t i = 0; i < count; ++i) {
        keys[i] = run.page->key(run.first + begin + i);
        __builtin_prefetch(&slots_[keys[i].high & (slots_.size() - 1)]);
      }
      for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t person = number(keys[i]);
        person_of_row_[run.bucket_row + begin + i] = person;
        ++offsets_[person + 1];
      }
    }
  }
}

inline std::uint32_t BucketEvents::number(const PersonKey& key) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = key.high & mask;
  while (slots_[at].number != 0) {
    const Slot& slot = slots_[at];
    if (slot.high == key.high && slot.low == key.low) return slot.number - 1;
    at = (at + 1) & mask;
  }
  persons_.push_back(key);
  offsets_.push_back(0);
  const auto number = static_cast<std::uint32_t>(persons_.size());
  slots_[at] = {key.high, key.low, number};
  if (persons_.size() * 2 > slots_.size()) grow();
  return number - 1;
}

void BucketEvents::grow() {
  slots_.assign(slots_.size() * 2, Slot{});
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < persons_.size(); ++i) {
    std::size_t at = persons_[i].high & mask;
    while (slots_[at].number != 0) at = (at + 1) & mask;
    slots_[at] = {persons_[i].high, persons_[i].low, static_cast<std::uint32_t>(i + 1)};
  }
}

void BucketEvents::group() {
  for (std::size_t i = 1; i < offsets_.size(); ++i) offsets_[i] += offsets_[i - 1];
  next_.assign(offsets_.begin(), offsets_.end() - 1);
  for (const Run& run : runs_) {
    const auto kinds = vocabulary_->kind_codes(run.part);
    const EventPage page = *run.page;
    for (std::uint32_t i = 0; i < run.rows; ++i) {
      const std::uint32_t row = run.bucket_row + i;
      grouped_[next_[person_of_row_[row]]++] = {page.time(run.first + i),
                                                kinds[page.kind(run.first + i)], row};
    }
  }
}

void BucketEvents::order_by_time() {
  const auto earlier = [](const BucketEvent& a, const BucketEvent& b) {
    return a.time != b.time ? a.time < b.time : a.row < b.row;
  };
  ties_.assign(persons_.size(), 0);
  for (std::size_t person = 0; person < persons_.size(); ++person) {
    const std::size_t begin = offsets_[person], end = offsets_[person + 1];
    bool late = false, tie = false;  // rows rise: only the times can be out of order
    for (std::size_t i = begin + 1; i < end; ++i) {
      late |= grouped_[i].time < grouped_[i - 1].time;
      tie |= grouped_[i].time == grouped_[i - 1].time;
    }
    if (late) {
      const auto first = grouped_.begin() + static_cast<std::ptrdiff_t>(begin);
      const auto last = grouped_.begin() + static_cast<std::ptrdiff_t>(end);
      std::sort(first, last, earlier);
      tie = std::adjacent_find(first, last, [](const BucketEvent& a, const BucketEvent& b) {
              return a.time == b.time;
            }) != last;
    }
    ties_[person] = tie ? 1 : 0;
  }
}

void BucketEvents::load_columns() {
  for (std::size_t d = 0; d < dimensions_.size(); ++d) {
    dimensions_[d].resize(person_of_row_.size());
    for (const Run& run : runs_) {
      const auto codes = vocabulary_->dimension_codes(run.part, d);
      for (std::uint32_t i = 0; i < run.rows; ++i) {
        dimensions_[d][run.bucket_row + i] = codes[run.page->dimension(d, run.first + i)];
      }
    }
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
    const ConversionColumns& columns = rows_[slice.part].conversions();
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

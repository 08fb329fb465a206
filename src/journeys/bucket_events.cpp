#include "mta/journeys/bucket_events.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

#include "mta/core/error.hpp"

namespace mta {
namespace {

/// A slot, or `free` where it is 0, by arithmetic that no compiler makes a branch of.
std::uint32_t slot_or(std::uint32_t slot, std::uint32_t free) noexcept {
  std::uint32_t is_free = slot == 0 ? ~std::uint32_t{0} : 0;
  asm("" : "+r"(is_free));
  return slot | (is_free & free);
}

/// Slots that a bucket's persons are looked up in, before there are more persons than half of them.
constexpr std::size_t least_slots = 64, most_slots_at_first = std::size_t{1} << 20;
/// What is known of the persons of so many rows is in the second cache, or soon there; of more, it
/// is asked for before it is needed.
constexpr std::size_t most_near_rows = std::size_t{1} << 16;

}  // namespace

BucketEvents::BucketEvents(const Events& events, const Vocabulary& vocabulary)
    : events_(&events), vocabulary_(&vocabulary), dimensions_(events.layout().dimensions.size()) {}

void BucketEvents::load(std::size_t bucket) {
  bucket_ = bucket;
  load_rows();
  number_persons();
  group();
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

/// Every row looks its key up in a table whose slots are asked for well before they are needed.
/// Whether a person is new cannot be foreseen: no branch goes by that, since the key at hand
/// already stands where the next person would.
void BucketEvents::number_persons() {
  const std::size_t rows = person_of_row_.size();
  // As if each row were another person's, since a table that is nearly empty is quick; but of very
  // many rows most are of persons that are there.
  slots_.assign(std::bit_ceil(std::clamp(rows, least_slots, most_slots_at_first)), 0);
  const bool is_far = rows > most_near_rows;
  constexpr std::uint32_t ahead = 64;
  std::array<Person, ahead> keys;
  std::uint32_t persons = 0;
  for (std::size_t r = 0; r < runs_.size(); ++r) {
    const Run& run = runs_[r];
    const EventPage page = *run.page;
    const Run& following = runs_[std::min(r + 1, runs_.size() - 1)];
    EventPage::Row row = page.row_at(run.first);
    // A few lines at a time: the processor waits where too many are asked for at once.
    EventPage::Row further = following.page->row_at(following.first);
    for (std::uint32_t begin = 0; begin < run.rows; begin += ahead) {
      const std::uint32_t count = std::min(ahead, run.rows - begin);
      const std::size_t most = std::size_t{persons} + count;
      if (2 * most > slots_.size()) grow(persons);
      if (persons_.size() < most + 2) persons_.resize(most + 2);
      std::uint32_t* const slots = slots_.data();
      const std::size_t mask = slots_.size() - 1;
      for (std::uint32_t i = 0; i < count; ++i, page.advance(row)) {
        further.prefetch();
        page.advance(further);
        keys[i].print = row.key_print();
        keys[i].low = row.key_low();
        __builtin_prefetch(&slots[keys[i].print & mask]);
      }
      std::uint32_t* const person_of_row = person_of_row_.data() + run.bucket_row + begin;
      Person* const known = persons_.data();
      for (std::uint32_t i = 0; is_far && i < count; ++i) {
        __builtin_prefetch(&known[slots[keys[i].print & mask]]);
      }
      for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint64_t print = keys[i].print;
        const std::uint32_t low = keys[i].low, next_person = persons + 1;
        known[next_person] = {print, low, 0};
        std::size_t at = print & mask;
        std::uint32_t slot = slots[at], number = slot_or(slot, next_person);
        while (((known[number].print ^ print) | (known[number].low ^ low)) != 0) {
          at = (at + 1) & mask;
          slot = slots[at];
          number = slot_or(slot, next_person);
        }
        persons += slot == 0 ? 1 : 0;
        slots[at] = number;
        ++known[number].rows;
        person_of_row[i] = number - 1;
      }
    }
  }
  offsets_.resize(std::size_t{persons} + 1);
  offsets_[0] = 0;
  for (std::size_t i = 0; i < persons; ++i) offsets_[i + 1] = offsets_[i] + persons_[i + 1].rows;
}

void BucketEvents::grow(std::size_t persons) {
  slots_.assign(slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t number = 1; number <= persons; ++number) {
    std::size_t at = persons_[number].print & mask;
    while (slots_[at] != 0) at = (at + 1) & mask;
    slots_[at] = static_cast<std::uint32_t>(number);
  }
}

void BucketEvents::group() {
  const std::size_t persons = offsets_.size() - 1;
  targets_.resize(persons);
  for (std::size_t i = 0; i < persons; ++i) {
    targets_[i] = {std::numeric_limits<std::int64_t>::min(), offsets_[i], false, false};
  }
  Target* const targets = targets_.data();
  BucketEvent* const grouped = grouped_.data();
  bool any_late = false;
  for (const Run& run : runs_) {
    const std::uint32_t* const kinds = vocabulary_->kind_codes(run.part).data();
    const std::uint32_t* const person_of_row = person_of_row_.data() + run.bucket_row;
    const EventPage page = *run.page;
    EventPage::Row row = page.row_at(run.first);
    for (std::uint32_t i = 0; i < run.rows; ++i, page.advance(row)) {
      const std::int64_t time = page.time(row);
      Target& target = targets[person_of_row[i]];
      grouped[target.next++] = {time, kinds[page.kind(row)], run.bucket_row + i};
      if (time <= target.last_time) {  // not in a log
        target.has_tie |= time == target.last_time;
        target.has_late |= time < target.last_time;
        any_late |= time < target.last_time;
      }
      target.last_time = time;
    }
  }
  if (!any_late) return;
  for (std::size_t person = 0; person < persons; ++person) {
    if (targets_[person].has_late) order_by_time(person);
  }
}

void BucketEvents::order_by_time(std::size_t person) {
  const auto begin = grouped_.begin() + offsets_[person];
  const auto end = grouped_.begin() + offsets_[person + 1];
  std::sort(begin, end, [](const BucketEvent& a, const BucketEvent& b) {
    return a.time != b.time ? a.time < b.time : a.row < b.row;
  });
  const auto tie = std::adjacent_find(
      begin, end, [](const BucketEvent& a, const BucketEvent& b) { return a.time == b.time; });
  targets_[person].has_tie = tie != end;
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
  conversion_words_.assign(person_of_row_.size() / 64 + 1, {});
  values_.clear();
  ids_.clear();
  const std::size_t ids = events_->layout().conversion_ids.size();
  std::size_t bucket_row = 0;
  for (const EventSlice& slice : slices_) {
    const ConversionColumns& columns = rows_[slice.part].conversions();
    const auto first = std::lower_bound(columns.row.begin(), columns.row.end(), slice.first_row);
    for (auto at = first; at != columns.row.end() && *at - slice.first_row < slice.rows; ++at) {
      const auto i = static_cast<std::size_t>(at - columns.row.begin());
      const std::size_t row = bucket_row + *at - slice.first_row;
      conversion_words_[row / 64].rows |= std::uint64_t{1} << row % 64;
      values_.push_back(columns.value[i]);
      for (std::size_t id = 0; id < ids; ++id) ids_.push_back(columns.ids[i * ids + id]);
    }
    bucket_row += slice.rows;
  }
  std::uint32_t before = 0;
  for (ConversionWord& word : conversion_words_) {
    word.before = before;
    before += static_cast<std::uint32_t>(std::popcount(word.rows));
  }
}

std::optional<std::size_t> BucketEvents::conversion(std::uint32_t row) const noexcept {
  const ConversionWord& word = conversion_words_[row / 64];
  const std::uint64_t bit = std::uint64_t{1} << row % 64;
  if ((word.rows & bit) == 0) return std::nullopt;
  return word.before + static_cast<std::size_t>(std::popcount(word.rows & (bit - 1)));
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

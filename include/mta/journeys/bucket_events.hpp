#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/core/hash.hpp"
#include "mta/ingest/event_rows.hpp"
#include "mta/ingest/events.hpp"
#include "mta/journeys/vocabulary.hpp"

namespace mta {

/// An event inside its bucket. `row` numbers the bucket's events in order of input.
struct BucketEvent {
  std::int64_t time;
  std::uint32_t kind;  ///< index in Vocabulary::kinds()
  std::uint32_t row;
  friend auto operator<=>(const BucketEvent&, const BucketEvent&) = default;
};

/// The events of one bucket, grouped by person; each person's by time, equal times in order of
/// input. Reused from bucket to bucket: nothing is allocated once it has seen the largest.
///
///   Cost  O(events) where each person's events come in order of time, else a sort of that person's
class MTA_EXPORT BucketEvents {
 public:
  BucketEvents(const Events& events, const Vocabulary& vocabulary);
  void load(std::size_t bucket);
  /// Makes event_name() answer for this bucket; most runs never ask.
  void index_event_names();

  [[nodiscard]] std::size_t bucket() const noexcept { return bucket_; }
  [[nodiscard]] std::size_t size() const noexcept { return grouped_.size(); }
  [[nodiscard]] std::size_t persons() const noexcept { return offsets_.size() - 1; }
  [[nodiscard]] PersonKey person(std::size_t i) const noexcept {
    return EventPage::key_of(persons_[i + 1].print, persons_[i + 1].low, bucket_);
  }
  [[nodiscard]] std::span<const BucketEvent> events_of(std::size_t person) const noexcept {
    return std::span(grouped_).subspan(offsets_[person], offsets_[person + 1] - offsets_[person]);
  }
  /// Whether two events of a person have the same time.
  [[nodiscard]] bool has_ties(std::size_t person) const noexcept {
    return targets_[person].has_tie;
  }
  /// Vocabulary code of the event name of a row. @pre index_event_names() since the load
  [[nodiscard]] std::uint32_t event_name(std::uint32_t row) const noexcept {
    return event_names_[row];
  }
  [[nodiscard]] std::size_t dimensions() const noexcept { return dimensions_.size(); }
  /// Vocabulary code of dimension d of a row.
  [[nodiscard]] std::uint32_t dimension(std::size_t d, std::uint32_t row) const noexcept {
    return dimensions_[d][row];
  }
  /// How two rows compare by their dimensions, in the order of the layout.
  [[nodiscard]] std::strong_ordering compare_dimensions(std::uint32_t a,
                                                        std::uint32_t b) const noexcept;
  /// How two rows compare by what conversions carry: their value, then their ids.
  [[nodiscard]] std::strong_ordering compare_conversions(std::uint32_t a,
                                                         std::uint32_t b) const noexcept;
  /// Value of a row that may be a conversion; 0 for others.
  [[nodiscard]] Micros value(std::uint32_t row) const noexcept;
  /// Identifier `id` of a row that may be a conversion; all zero where it has none.
  [[nodiscard]] Hash128 conversion_id(std::size_t id, std::uint32_t row) const noexcept;

 private:
  /// A person in the table of keys, which has indices in persons_, 0 where a slot is free.
  struct Person {
    std::uint64_t print;
    std::uint32_t low;
    std::uint32_t rows;
  };
  /// Rows of one page that follow each other in the bucket.
  struct Run {
    const EventPage* page;
    std::uint32_t part, first, rows, bucket_row;
  };

  /// Where a person's next event goes while they are grouped, and what is known of those before.
  struct Target {
    std::int64_t last_time;
    std::uint32_t next;
    bool has_late, has_tie;
  };
  /// Which of 64 rows may be conversions, and how many are before them.
  struct ConversionWord {
    std::uint64_t rows = 0;
    std::uint32_t before = 0;
  };

  void load_rows();
  void number_persons();
  void grow(std::size_t persons);
  void group();
  void order_by_time(std::size_t person);
  void load_columns();
  void load_conversions();
  /// Index of a row among those that may be conversions.
  [[nodiscard]] std::optional<std::size_t> conversion(std::uint32_t row) const noexcept;

  const Events* events_;
  const Vocabulary* vocabulary_;
  std::size_t bucket_ = 0;
  std::vector<EventSlice> slices_;
  std::vector<EventRows> rows_;  // by part
  std::vector<Run> runs_;
  std::vector<Person> persons_;  // person i at i + 1, and room for more
  std::vector<std::uint32_t> person_of_row_;
  std::vector<std::uint32_t> slots_;
  std::vector<std::uint32_t> offsets_ = {0};
  std::vector<Target> targets_;
  std::vector<BucketEvent> grouped_;
  std::vector<std::vector<std::uint32_t>> dimensions_;
  std::vector<std::uint32_t> event_names_;
  std::vector<ConversionWord> conversion_words_;  // one for 64 rows
  std::vector<Micros> values_;
  std::vector<Hash128> ids_;
};

}  // namespace mta

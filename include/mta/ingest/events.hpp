#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mta/core/dictionary.hpp"
#include "mta/core/export.hpp"
#include "mta/core/hash.hpp"
#include "mta/core/units.hpp"
#include "mta/ingest/event_table.hpp"
#include "mta/ingest/ingest_report.hpp"

namespace mta {

/// What every event of an `Events` carries beside its core.
struct EventLayout {
  std::vector<std::string> dimensions;      ///< names, in the order of the code columns
  std::vector<std::string> conversion_ids;  ///< names of the identifier columns of conversions
  friend bool operator==(const EventLayout&, const EventLayout&) = default;
};

/// A pair (event name, channel): all that decides what an event may be, besides its dimensions.
struct EventKind {
  std::uint32_t event = 0;    ///< code in EventPart::events
  std::uint32_t channel = 0;  ///< code in EventPart::channels; 0 is "no channel"
  friend bool operator==(const EventKind&, const EventKind&) = default;
};

/// Where events are kept while they wait to be answered from.
struct EventStorage {
  static constexpr std::uint64_t unlimited = ~std::uint64_t{0};
  /// Beyond so many bytes, events go to a file without a name, bucket by bucket. At least 8 MiB.
  std::uint64_t memory = unlimited;
  std::string spill_directory =
      {};  ///< where that file is; empty: where the system keeps such files
};

class EventPool;
class PageArena;
class SpillFile;

/// What one writer has read: 256 tables, and the dictionaries of their codes. Parts of one `Events`
/// have codes of their own, so writers never wait for each other.
class MTA_EXPORT EventPart {
 public:
  EventPart(const EventLayout& layout, std::shared_ptr<EventPool> pool);
  EventPart(const EventPart&) = delete;
  EventPart& operator=(const EventPart&) = delete;
  ~EventPart();

  /// The code of a pair; both codes must be of this part's dictionaries.
  [[nodiscard]] std::uint32_t kind(EventKind kind);
  [[nodiscard]] std::span<const EventKind> kinds() const noexcept { return kinds_; }
  [[nodiscard]] EventTable& table(std::size_t bucket) noexcept { return tables_[bucket]; }
  [[nodiscard]] const EventTable& table(std::size_t bucket) const noexcept {
    return tables_[bucket];
  }
  /// Adds a page, which is copied, to the table of a bucket.
  /// @throws Error{Errc::overflow}, and where the storage is full Error{Errc::write_failed}
  void append_page(std::size_t bucket, std::span<const std::byte> page, std::size_t rows);
  /// Sends the pages to the spill file. @throws Error{Errc::write_failed}
  void spill();
  [[nodiscard]] const SpillFile* spilled() const noexcept;
  /// The tables, and what their pages live in.
  struct Rows {
    std::vector<EventTable> tables;
    std::shared_ptr<PageArena> pages;
  };
  /// Moves all rows out; the part is without rows afterwards.
  [[nodiscard]] Rows take_rows();
  /// Moves the rows of one bucket out. Their pages stay where they are: those that no table gets
  /// back are lost room, which the caller tells of. @pre !may_spill()
  [[nodiscard]] EventTable take_table(std::size_t bucket);
  void lose_room(std::size_t bytes) noexcept { lost_ += bytes; }
  /// Bytes of pages that no table has.
  [[nodiscard]] std::size_t lost_room() const noexcept { return lost_; }
  /// Whether rows may be in the spill file, or may go there with any page that is added.
  [[nodiscard]] bool may_spill() const noexcept;
  [[nodiscard]] std::size_t bytes() const noexcept;
  /// Moves all pieces later: sequence numbers rise by `by`.
  void shift_pieces(std::uint64_t by);
  void see_currency(std::string_view currency);  ///< blanks trimmed; empty says nothing

  Dictionary events;
  Dictionary channels;
  std::vector<Dictionary> dimensions;
  Dictionary currencies;  ///< of rows that may be conversions

 private:
  void grow();
  void make_room(std::size_t bytes);
  void count_memory(std::size_t more);
  void spill_table(EventTable& table, std::vector<std::byte>& staging);

  std::shared_ptr<EventPool> pool_;
  std::shared_ptr<PageArena> pages_;
  std::size_t counted_ = 0;  // bytes that the pool knows of
  std::size_t lost_ = 0;
  std::vector<EventTable> tables_;
  std::vector<EventKind> kinds_;
  std::vector<std::uint32_t> slots_;  // kind + 1, 0 where free
};

/// Rows of one table that came from one piece of the input.
struct EventSlice {
  std::uint32_t part = 0;
  std::uint32_t first_row = 0;
  std::uint32_t rows = 0;
};

/// Events of one layout: partitioned by person into 256 buckets, columns dictionary-encoded.
///
///   Promises  what later layers compute from it depends on the rows alone: not on the order of
///             parts, on how many writers there were, or on the codes they gave
///   Cost      17 or 18 bytes a row as a rule, at most 24; 4 more per dimension, 12 more (and 16
///   per
///             id) per possible conversion
class MTA_EXPORT Events {
 public:
  /// @throws Error{Errc::invalid_option} where the storage breaks its rule
  explicit Events(EventLayout layout = {}, EventStorage storage = {});
  Events(Events&&) noexcept;
  Events& operator=(Events&&) noexcept;
  ~Events();

  [[nodiscard]] const EventLayout& layout() const noexcept { return layout_; }
  [[nodiscard]] std::uint64_t size() const noexcept;
  /// A new, empty part to write to; valid until the Events go. One writer a part.
  EventPart& add_part();
  [[nodiscard]] std::size_t parts() const noexcept { return parts_.size(); }
  /// Drops part `first` and all that were added later, with their rows. @pre first <= parts()
  void drop_parts(std::size_t first) noexcept;
  [[nodiscard]] EventPart& part(std::size_t i) noexcept { return *parts_[i]; }
  [[nodiscard]] const EventPart& part(std::size_t i) const noexcept { return *parts_[i]; }
  /// The rows of a bucket as slices in order of input (by `sequence`, then part).
  [[nodiscard]] std::vector<EventSlice> slices(std::size_t bucket) const;
  /// First sequence number that no source has used yet. A source takes 2^32 of them.
  [[nodiscard]] std::uint64_t next_sequence() const noexcept { return sources_ << 32; }
  void end_source() noexcept { ++sources_; }
  /// Takes over another's rows, which count as later input. @throws Error{Errc::invalid_option}
  /// where the layouts differ.
  void merge(Events&& other);
  /// @throws Error{Errc::mixed_currencies} where conversions carry more than one currency.
  void check_currency() const;
  [[nodiscard]] std::size_t bytes() const noexcept;

  IngestReport report;

 private:
  EventLayout layout_;
  std::shared_ptr<EventPool> pool_;
  std::vector<std::unique_ptr<EventPart>> parts_;
  std::uint64_t sources_ = 0;
};

}  // namespace mta

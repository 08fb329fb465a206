#pragma once
#include <array>
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

/// What one writer has read: 256 tables, and the dictionaries of their codes. Parts of one `Events`
/// have codes of their own, so writers never wait for each other.
class MTA_EXPORT EventPart {
 public:
  explicit EventPart(const EventLayout& layout);

  /// The code of a pair; both codes must be of this part's dictionaries.
  [[nodiscard]] std::uint32_t kind(EventKind kind);
  [[nodiscard]] std::span<const EventKind> kinds() const noexcept { return kinds_; }
  [[nodiscard]] EventTable& table(const PersonKey& key) noexcept { return tables_[bucket_of(key)]; }
  [[nodiscard]] EventTable& table(std::size_t bucket) noexcept { return tables_[bucket]; }
  [[nodiscard]] const EventTable& table(std::size_t bucket) const noexcept { return tables_[bucket]; }
  void begin_piece(std::uint64_t sequence);
  /// Moves all pieces later: sequence numbers rise by `by`.
  void shift_pieces(std::uint64_t by);
  void see_currency(std::string_view currency);  ///< blanks trimmed; empty says nothing

  Dictionary events;
  Dictionary channels;
  std::vector<Dictionary> dimensions;
  Dictionary currencies;  ///< of rows that may be conversions

 private:
  void grow();
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
///   Cost      24 bytes a row, 4 more per dimension, 16 more (and 16 per id) per possible conversion
class MTA_EXPORT Events {
 public:
  explicit Events(EventLayout layout = {});
  Events(Events&&) noexcept;
  Events& operator=(Events&&) noexcept;
  ~Events();

  [[nodiscard]] const EventLayout& layout() const noexcept { return layout_; }
  [[nodiscard]] std::uint64_t size() const noexcept;
  /// A new, empty part to write to; valid until the Events go. One writer a part.
  EventPart& add_part();
  [[nodiscard]] std::size_t parts() const noexcept { return parts_.size(); }
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
  std::vector<std::unique_ptr<EventPart>> parts_;
  std::uint64_t sources_ = 0;
};

}  // namespace mta

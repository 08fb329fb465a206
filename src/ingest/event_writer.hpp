#pragma once
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ingest/event_page.hpp"
#include "mta/ingest/events.hpp"

namespace mta {

/// Partitions rows of one part by bucket: each bucket has a small open page that stays in the
/// cache; a full one is added to the part's table. The part must outlive the writer, and has no
/// other writer meanwhile. Rows count once `finish` was called.
///
///   Errors  append, finish: @throws what EventPart::append_page does
///   Memory  OpenPage::room a bucket
class EventWriter {
 public:
  explicit EventWriter(EventPart& part);

  void append(const EventRecord& record, std::span<const std::uint32_t> dimensions) {
    assert(dimensions.size() == part_.dimensions.size());
    const std::size_t bucket = bucket_of({record.key_high, record.key_low});
    if (open_[bucket].append(record, dimensions)) return;
    append_to_next(record.key_high, record.key_low, record.kind, record.time, dimensions);
  }
  /// Adds the out-of-line columns of the row appended last, which was this key's.
  void append_conversion(const PersonKey& key, Micros value, std::span<const Hash128> ids);
  /// Rows appended from here on belong to piece `sequence` of the input; rising from call to call.
  void begin_piece(std::uint64_t sequence);
  /// The same for one bucket alone.
  void begin_piece(std::size_t bucket, std::uint64_t sequence);
  /// Adds what is left. Nothing may be appended afterwards.
  void finish();

 private:
  // A record one by one: as a whole it could not be held in registers up to here.
  void append_to_next(std::uint64_t key_high, std::uint32_t key_low, std::uint32_t kind,
                      std::int64_t time, std::span<const std::uint32_t> dimensions);
  void close(std::size_t bucket);
  [[nodiscard]] std::size_t size(std::size_t bucket) const noexcept;

  EventPart& part_;
  std::unique_ptr<std::byte[]> room_;
  std::vector<OpenPage> open_;  // one a bucket
};

}  // namespace mta

#pragma once
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "mta/ingest/events.hpp"

namespace mta {

/// Partitions rows of one part by bucket: each bucket has a small open page that stays in the
/// cache; a full one is packed into the part's table. The part must outlive the writer, and has no
/// other writer meanwhile. Rows count once `finish` was called.
///
///   Errors  append, finish: @throws what EventPart::append_page does
///   Memory  page_rows * (24 + 4 * dimensions) bytes a bucket
class EventWriter {
 public:
  static constexpr std::size_t page_rows = 128;

  explicit EventWriter(EventPart& part);

  void append(const EventRecord& record, std::span<const std::uint32_t> dimensions) {
    assert(dimensions.size() == dimensions_);
    const std::size_t bucket = bucket_of({record.key_high, record.key_low});
    const std::size_t row = open_rows_[bucket];
    records_[bucket * page_rows + row] = record;
    for (std::size_t d = 0; d < dimensions.size(); ++d) {
      codes_[(bucket * dimensions_ + d) * page_rows + row] = dimensions[d];
    }
    open_rows_[bucket] = static_cast<std::uint32_t>(row + 1);
    if (row + 1 == page_rows) close(bucket);
  }
  /// Adds the out-of-line columns of the row appended last, which was this key's.
  void append_conversion(const PersonKey& key, Micros value, std::span<const Hash128> ids);
  /// Rows appended from here on belong to piece `sequence` of the input; rising from call to call.
  void begin_piece(std::uint64_t sequence);
  /// The same for one bucket alone.
  void begin_piece(std::size_t bucket, std::uint64_t sequence);
  /// Packs what is left. Nothing may be appended afterwards.
  void finish();

 private:
  void close(std::size_t bucket);
  [[nodiscard]] std::size_t size(std::size_t bucket) const noexcept;

  EventPart& part_;
  std::size_t dimensions_;
  std::array<std::uint32_t, bucket_count> open_rows_{};
  std::unique_ptr<EventRecord[]> records_;
  std::vector<std::uint32_t> codes_;
};

}  // namespace mta

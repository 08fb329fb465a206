#include "ingest/event_writer.hpp"

#include <utility>

namespace mta {

EventWriter::EventWriter(EventPart& part)
    : part_(part),
      dimensions_(part.dimensions.size()),
      records_(std::make_unique_for_overwrite<EventRecord[]>(bucket_count * page_rows)),
      codes_(bucket_count * dimensions_ * page_rows) {}

void EventWriter::close(std::size_t bucket) {
  const std::size_t rows = std::exchange(open_rows_[bucket], 0);
  part_.append_page(bucket, {&records_[bucket * page_rows], rows},
                    codes_.data() + bucket * dimensions_ * page_rows, page_rows);
}

std::size_t EventWriter::size(std::size_t bucket) const noexcept {
  return part_.table(bucket).size() + open_rows_[bucket];
}

void EventWriter::append_conversion(const PersonKey& key, Micros value,
                                    std::span<const Hash128> ids) {
  const std::size_t bucket = bucket_of(key);
  part_.table(bucket).append_conversion(static_cast<std::uint32_t>(size(bucket) - 1), value, ids);
}

void EventWriter::begin_piece(std::size_t bucket, std::uint64_t sequence) {
  part_.table(bucket).begin_piece(sequence, size(bucket));
}

void EventWriter::begin_piece(std::uint64_t sequence) {
  for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) begin_piece(bucket, sequence);
}

void EventWriter::finish() {
  for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
    if (open_rows_[bucket] != 0) close(bucket);
  }
  records_.reset();
}

}  // namespace mta

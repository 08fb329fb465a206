#include "ingest/event_writer.hpp"

namespace mta {

EventWriter::EventWriter(EventPart& part) : part_(part) {
  const std::size_t dimensions = part.dimensions.size(), room = OpenPage::room(dimensions);
  room_ = std::make_unique_for_overwrite<std::byte[]>(bucket_count * room);
  open_.reserve(bucket_count);
  for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
    open_.emplace_back(room_.get() + bucket * room, dimensions);
  }
}

void EventWriter::append_to_next(std::uint64_t key_high, std::uint32_t key_low, std::uint32_t kind,
                                 std::int64_t time, std::span<const std::uint32_t> dimensions) {
  const EventRecord record{key_high, key_low, kind, time};
  const std::size_t bucket = bucket_of({key_high, key_low});
  OpenPage& page = open_[bucket];
  if (page.rows() != 0) close(bucket);
  page.begin(record, part_.kinds().size());
  [[maybe_unused]] const bool fits = page.append(record, dimensions);
  assert(fits);
}

/// The rows stay until the next page begins, which is as wide as they say.
void EventWriter::close(std::size_t bucket) {
  part_.append_page(bucket, open_[bucket].finish(), open_[bucket].rows());
}

std::size_t EventWriter::size(std::size_t bucket) const noexcept {
  return part_.table(bucket).size() + open_[bucket].rows();
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
    if (open_[bucket].rows() == 0) continue;
    close(bucket);
    open_[bucket].clear();
  }
  room_.reset();
}

}  // namespace mta

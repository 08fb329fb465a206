#pragma once
#include <atomic>
#include <cstdint>

#include "ingest/spill_file.hpp"
#include "mta/ingest/events.hpp"

namespace mta {

/// What the parts of one `Events` share: how much memory they may hold, and where the rest goes.
class EventPool {
 public:
  explicit EventPool(EventStorage storage)
      : file(std::move(storage.spill_directory)), limit_(storage.memory) {}

  /// Parts say how what they hold changes.
  void add(std::uint64_t bytes) noexcept { held_.fetch_add(bytes, std::memory_order_relaxed); }
  void remove(std::uint64_t bytes) noexcept { held_.fetch_sub(bytes, std::memory_order_relaxed); }
  [[nodiscard]] bool is_limited() const noexcept { return limit_ != EventStorage::unlimited; }
  [[nodiscard]] bool is_full() const noexcept {
    return held_.load(std::memory_order_relaxed) > limit_;
  }
  [[nodiscard]] bool is_half_full() const noexcept {
    return held_.load(std::memory_order_relaxed) > limit_ / 2;
  }

  SpillFile file;

 private:
  std::uint64_t limit_;
  std::atomic<std::uint64_t> held_{0};
};

}  // namespace mta

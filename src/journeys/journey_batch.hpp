#pragma once
#include <cstdint>
#include <span>

#include "mta/journeys/journey_builder.hpp"
#include "mta/journeys/journeys.hpp"

namespace mta {

/// Journeys on their way to a sink: handed over whenever some 130 KiB of columns have come
/// together, which is well inside a second-level cache.
class JourneyBatch {
 public:
  /// @param room  what was in it is forgotten
  JourneyBatch(const JourneySink& sink, Journeys& room, std::size_t stages)
      : sink_(sink), journeys_(room) {
    room.clear();
    room.set_stages(stages);
  }

  [[nodiscard]] Journeys& journeys() noexcept { return journeys_; }
  /// Closes the journey that the touches added since the last call make.
  void end(const JourneyEnd& end) {
    journeys_.end(end);
    flush_if_full();
  }
  /// The same with the touch that holds each stage.
  void end(const JourneyEnd& end, std::span<const std::uint32_t> stage) {
    journeys_.end(end, stage);
    flush_if_full();
  }
  /// @pre every touch is in a journey
  void flush_if_full() {
    if (journeys_.touches() >= most_touches) flush();
  }
  void flush() {
    if (journeys_.size() != 0) sink_(journeys_.view());
    journeys_.clear();
  }

 private:
  static constexpr std::size_t most_touches = 8192;
  const JourneySink& sink_;
  Journeys& journeys_;
};

}  // namespace mta

#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mta/journeys/journeys.hpp"
#include "support/event_roles.hpp"
#include "support/session_oracle.hpp"

namespace mta::test {

/// Which touch of a conversion's path holds each stage, as the rule of JourneyBuilder reads: all
/// events are looked at for every stage, the whole path for its touch.
class StageOracle {
 public:
  StageOracle(const std::vector<PlainEvent>& events, std::span<const Goal> stages,
              const std::vector<std::string>& dimensions)
      : events_(events), stages_(stages), dimensions_(dimensions) {}

  /// @param path    its touches, oldest first; not empty
  /// @param before  the conversion that ended the journey before, if any
  /// @param touches when each event counts as a touch
  [[nodiscard]] std::vector<std::uint32_t> of(const EventRoles::Indices& path,
                                              std::size_t conversion,
                                              std::optional<std::size_t> before,
                                              const std::vector<SessionTouch>& touches) const {
    const auto time_of = [&](std::size_t touch) {
      return touch == conversion ? events_[touch].time : touches[touch].time;
    };
    std::vector<std::uint32_t> held;
    for (const Goal& stage : stages_) {
      const EventRoles roles(events_, stage, dimensions_);
      std::optional<std::int64_t> passed;
      for (std::size_t i = 0; i < events_.size(); ++i) {
        const PlainEvent& event = events_[i];
        const bool counts = event.visitor == events_[conversion].visitor && roles.converts(i) &&
                            event.time >= time_of(path.front()) &&
                            event.time <= events_[conversion].time &&
                            !(before && event.time <= events_[*before].time);
        if (counts && (!passed || event.time < *passed)) passed = event.time;
      }
      held.push_back(Journey::no_touch);
      for (std::uint32_t k = 0; passed && k < path.size(); ++k) {
        if (time_of(path[k]) <= *passed) held.back() = k;
      }
    }
    return held;
  }
  /// Of a null journey.
  [[nodiscard]] std::vector<std::uint32_t> none() const {
    return std::vector<std::uint32_t>(stages_.size(), Journey::no_touch);
  }

 private:
  const std::vector<PlainEvent>& events_;
  std::span<const Goal> stages_;
  const std::vector<std::string>& dimensions_;
};

}  // namespace mta::test

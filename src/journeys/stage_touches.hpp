#pragma once
// Which touches hold a conversion's stages: the rule is in mta/journeys/journey_builder.hpp.
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "journeys/goal_rules.hpp"
#include "journeys/transforms.hpp"

namespace mta {

/// The stages of one person's journeys; one worker's, reused. They depend on the times of events
/// alone, never on the order of those that have the same.
///
///   Cost  load: O(events x stages); of_path: O(stages x log events); nothing without stages
class StageTouches {
 public:
  StageTouches(std::span<const GoalRules> stages, const BucketEvents& bucket)
      : stages_(stages), bucket_(bucket), times_(stages.size()), held_(stages.size()) {}

  /// Lists when a person passes each stage. @param events  all that the person has, by time
  void load(std::span<const BucketEvent> events);

  /// When events count: after the end of the journey before, if any, and up to the conversion.
  struct Bounds {
    std::optional<std::int64_t> after;
    std::int64_t until;
  };
  /// For each stage, which touch of a path holds it, or Journey::no_touch. Until the next call.
  /// @pre the path is of the person of the last load, by time, and not empty
  [[nodiscard]] std::span<const std::uint32_t> of_path(std::span<const PathTouch> path,
                                                       const Bounds& bounds);
  /// The stages of a journey in no conversion: no touch holds them. Until the next call.
  [[nodiscard]] std::span<const std::uint32_t> of_null_journey();

 private:
  std::span<const GoalRules> stages_;
  const BucketEvents& bucket_;
  std::vector<std::vector<std::int64_t>> times_;  // of the person's events of each stage, ascending
  std::vector<std::uint32_t> held_;
};

}  // namespace mta

#include "journeys/stage_touches.hpp"

#include <algorithm>

#include "mta/journeys/journeys.hpp"

namespace mta {

void StageTouches::load(std::span<const BucketEvent> events) {
  for (std::size_t s = 0; s < stages_.size(); ++s) {
    times_[s].clear();
    for (const BucketEvent& event : events) {
      if (stages_[s].role(bucket_, event) == Role::conversion) times_[s].push_back(event.time);
    }
  }
}

std::span<const std::uint32_t> StageTouches::of_path(std::span<const PathTouch> path,
                                                     const Bounds& bounds) {
  const auto is_later = [](std::int64_t time, const PathTouch& touch) { return time < touch.time; };
  const std::int64_t first = path.front().time;
  for (std::size_t s = 0; s < stages_.size(); ++s) {
    const auto& times = times_[s];
    const auto earliest = bounds.after && *bounds.after >= first
                              ? std::upper_bound(times.begin(), times.end(), *bounds.after)
                              : std::lower_bound(times.begin(), times.end(), first);
    held_[s] = Journey::no_touch;
    if (earliest == times.end() || *earliest > bounds.until) continue;
    const auto later = std::upper_bound(path.begin(), path.end(), *earliest, is_later);
    held_[s] = static_cast<std::uint32_t>(later - path.begin() - 1);
  }
  return held_;
}

std::span<const std::uint32_t> StageTouches::of_null_journey() {
  std::fill(held_.begin(), held_.end(), Journey::no_touch);
  return held_;
}

}  // namespace mta

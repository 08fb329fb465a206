#pragma once
// Rewriting the touches of one journey: what transforms and the Direct policy do.
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "mta/core/ids.hpp"
#include "mta/journeys/goal.hpp"

namespace mta {

/// A touch of a path under construction.
struct PathTouch {
  ChannelId channel;
  std::uint32_t position;  ///< whose meaning is the caller's: it comes through unchanged
  std::int64_t time = 0;   ///< likewise
};

/// A goal's transforms and Direct policy over numbered channels.
///
///   Cost  O(touches) a step; `first` needs memory for a mark a channel
class PathTransforms {
 public:
  PathTransforms(std::span<const Transform> transforms, DirectPolicy direct,
                 std::span<const std::string_view> channels);
  PathTransforms(const Goal& goal, std::span<const std::string_view> channels)
      : PathTransforms(goal.transforms, goal.direct, channels) {}

  [[nodiscard]] bool empty() const noexcept { return steps_.empty(); }
  /// Rewrites the path in place; what is left keeps its order. `seen` is room reused between calls.
  void apply(std::vector<PathTouch>& path, std::vector<std::uint8_t>& seen) const;

 private:
  struct Step {
    Transform::Kind kind;
    std::uint64_t count;
    std::vector<std::uint8_t> matches;  // a flag for each channel
  };
  static void remove(const Step& step, std::vector<PathTouch>& path);
  static void remove_at_end(const Step& step, std::vector<PathTouch>& path);
  static void keep_first(std::vector<PathTouch>& path, std::vector<std::uint8_t>& seen);

  std::vector<Step> steps_;
  std::size_t channels_;
};

}  // namespace mta

#include "mta/journeys/transform_path.hpp"

#include <algorithm>
#include <cstdint>

#include "journeys/transforms.hpp"

namespace mta {
namespace {

/// How many touches each touch of the path stands for: of its channel, all.
void count_channels(std::span<const PathTouch> path, std::size_t channels,
                    std::vector<std::uint64_t>& stands_for) {
  std::vector<std::uint64_t> of_channel(channels);
  for (const PathTouch& touch : path)
    of_channel[index(touch.channel)] += stands_for[touch.position];
  for (const PathTouch& touch : path) stands_for[touch.position] = of_channel[index(touch.channel)];
}

}  // namespace

std::vector<std::string> transform_path(std::span<const std::string_view> path,
                                        std::span<const Transform> transforms) {
  std::vector<std::string_view> channels(path.begin(), path.end());
  std::sort(channels.begin(), channels.end());
  channels.erase(std::unique(channels.begin(), channels.end()), channels.end());
  std::vector<PathTouch> touches;
  for (std::uint32_t i = 0; i < path.size(); ++i) {
    const auto at = std::lower_bound(channels.begin(), channels.end(), path[i]);
    touches.push_back({ChannelId{static_cast<std::uint32_t>(at - channels.begin())}, i});
  }
  std::vector<std::uint64_t> stands_for(path.size(), 1);
  std::vector<std::uint8_t> seen;
  bool numbered = false;
  for (const Transform& transform : transforms) {
    if (transform.kind == Transform::Kind::frequency) {
      count_channels(touches, channels.size(), stands_for);
      numbered = true;
    }
    PathTransforms({&transform, 1}, DirectPolicy::keep, channels).apply(touches, seen);
  }
  std::vector<std::string> shown;
  for (const PathTouch& touch : touches) {
    std::string& name = shown.emplace_back(channels[index(touch.channel)]);
    if (numbered) name.append("(").append(std::to_string(stands_for[touch.position])).append(")");
  }
  return shown;
}

}  // namespace mta

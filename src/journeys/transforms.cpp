#include "journeys/transforms.hpp"

#include <algorithm>
#include <utility>

namespace mta {
namespace {

template <class Matches>
std::vector<std::uint8_t> flags(std::span<const std::string_view> channels, Matches matches) {
  std::vector<std::uint8_t> flags;
  for (const std::string_view channel : channels) flags.push_back(matches(channel) ? 1 : 0);
  return flags;
}

bool same_channel(const PathTouch& a, const PathTouch& b) noexcept {
  return a.channel == b.channel;
}

}  // namespace

PathTransforms::PathTransforms(std::span<const Transform> transforms, DirectPolicy direct,
                               std::span<const std::string_view> channels)
    : channels_(channels.size()) {
  if (direct == DirectPolicy::ignore_if_others) {
    steps_.push_back({Transform::Kind::remove_if_not_all, 0, flags(channels, is_direct)});
  }
  for (const Transform& transform : transforms) {
    steps_.push_back({transform.kind, transform.count,
                      flags(channels, [&](std::string_view c) { return c == transform.channel; })});
  }
}

void PathTransforms::apply(std::vector<PathTouch>& path, std::vector<std::uint8_t>& seen) const {
  for (const Step& step : steps_) {
    switch (step.kind) {
      case Transform::Kind::collapse:
        path.erase(std::unique(path.begin(), path.end(), same_channel), path.end());
        break;
      case Transform::Kind::first:
      case Transform::Kind::frequency:
        seen.resize(channels_);
        keep_first(path, seen);
        break;
      case Transform::Kind::trim:
        if (path.size() > step.count) {
          path.erase(path.begin(), path.end() - static_cast<std::ptrdiff_t>(step.count));
        }
        break;
      case Transform::Kind::exclude:
      case Transform::Kind::remove_if_not_all:
        remove(step, path);
        break;
      case Transform::Kind::remove_if_last_and_not_all:
        remove_at_end(step, path);
        break;
    }
  }
}

void PathTransforms::remove(const Step& step, std::vector<PathTouch>& path) {
  const auto matches = [&](const PathTouch& touch) {
    return step.matches[index(touch.channel)] != 0;
  };
  if (step.kind == Transform::Kind::remove_if_not_all &&
      std::all_of(path.begin(), path.end(), matches)) {
    return;
  }
  std::erase_if(path, matches);
}

void PathTransforms::remove_at_end(const Step& step, std::vector<PathTouch>& path) {
  const auto other = [&](const PathTouch& touch) {
    return step.matches[index(touch.channel)] == 0;
  };
  const auto last = std::find_if(path.rbegin(), path.rend(), other);
  if (last != path.rend()) path.erase(last.base(), path.end());
}

void PathTransforms::keep_first(std::vector<PathTouch>& path, std::vector<std::uint8_t>& seen) {
  std::erase_if(path, [&](const PathTouch& touch) {
    return std::exchange(seen[index(touch.channel)], std::uint8_t{1}) != 0;
  });
  for (const PathTouch& touch : path) seen[index(touch.channel)] = 0;
}

}  // namespace mta

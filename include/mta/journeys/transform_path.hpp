#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/journeys/goal.hpp"

namespace mta {

/// A path as it is shown: channels after the transforms, in order. After `frequency` each reads as
/// "Direct(2)", with the number of touches that its first one stands for.
///
///   Promises  the same channels that a journey's touches keep, whatever `path` may repeat; later
///             transforms go by channels without their numbers, and `frequency` twice is as once
///   Cost      O(touches x transforms), and memory for each distinct channel
[[nodiscard]] MTA_EXPORT std::vector<std::string> transform_path(
    std::span<const std::string_view> path, std::span<const Transform> transforms);

}  // namespace mta

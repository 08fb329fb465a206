#pragma once
#include <algorithm>
#include <compare>
#include <cstdint>
#include <limits>

namespace mta::report {

/// How improbable a path is. Integers, so that sums depend neither on their order nor on the CPU;
/// arcs count last, so that each is longer than nothing, as Dijkstra's and Brandes' algorithms
/// want.
struct PathLength {
  std::uint64_t improbability = 0;  ///< -log2 of the probability, in 2^-40; at most 2^62
  std::uint32_t arcs = 0;

  friend constexpr auto operator<=>(const PathLength&, const PathLength&) = default;
  friend constexpr PathLength operator+(const PathLength& a, const PathLength& b) noexcept {
    constexpr std::uint64_t most = std::uint64_t{1} << 62;
    return {std::min(a.improbability + b.improbability, most), a.arcs + b.arcs};
  }
};

/// Of an arc with that probability, in (0, 1].
[[nodiscard]] PathLength arc_length(double probability) noexcept;

}  // namespace mta::report

/// Boost.Graph takes the largest length for "not reached".
template <>
class std::numeric_limits<mta::report::PathLength> {
 public:
  static constexpr bool is_specialized = true;
  static constexpr mta::report::PathLength max() noexcept {
    return {numeric_limits<std::uint64_t>::max(), numeric_limits<std::uint32_t>::max()};
  }
};

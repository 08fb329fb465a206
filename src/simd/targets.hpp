#pragma once
// Which instruction sets the kernels of this layer can run with here, and how tests force one.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mta::simd {

/// The targets that the kernels were compiled for and this machine has, by Highway's names, best
/// first.
[[nodiscard]] std::vector<std::string> targets();

/// While it lives, every kernel runs on one target: for tests. One at a time; not while kernels
/// run.
class ForcedTarget {
 public:
  /// @pre `name` is one of targets() (asserted)
  explicit ForcedTarget(std::string_view name);
  ~ForcedTarget();
  ForcedTarget(const ForcedTarget&) = delete;
  ForcedTarget& operator=(const ForcedTarget&) = delete;
};

}  // namespace mta::simd

#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>

namespace mta::simd {

/// Numbers, of any value at first, that begin where a cache line does: no vector of them lies in
/// two.
class AlignedNumbers {
 public:
  static constexpr std::size_t line = 64 / sizeof(double);

  explicit AlignedNumbers(std::size_t count)
      : all_(std::make_unique_for_overwrite<double[]>(count + line - 1)) {}

  [[nodiscard]] double* data() noexcept {
    const std::size_t past = reinterpret_cast<std::uintptr_t>(all_.get()) / sizeof(double) % line;
    return all_.get() + (line - past) % line;
  }
  /// So many, rounded up to whole lines.
  [[nodiscard]] static constexpr std::size_t whole_lines(std::size_t count) noexcept {
    return (count + line - 1) / line * line;
  }

 private:
  std::unique_ptr<double[]> all_;
};

}  // namespace mta::simd

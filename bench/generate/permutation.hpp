#pragma once
#include <cstdint>

namespace mta::bench {

/// splitmix64 at any place of its sequence: a bijection of 64 bits, the same on every machine.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x) noexcept {
  x += 0x9E3779B97F4A7C15;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
  return x ^ (x >> 31);
}

/// A pseudo-random order of the numbers below n that needs no memory: a bijection of the next power
/// of two, walked until it lands below n (twice on average at worst).
class Permutation {
 public:
  Permutation(std::uint64_t n, std::uint64_t seed) noexcept;

  /// @pre i < n
  [[nodiscard]] std::uint64_t at(std::uint64_t i) const noexcept;
  /// The place of a number: index_of(at(i)) == i.
  [[nodiscard]] std::uint64_t index_of(std::uint64_t number) const noexcept;

 private:
  [[nodiscard]] std::uint64_t step(std::uint64_t x) const noexcept;
  [[nodiscard]] std::uint64_t step_back(std::uint64_t x) const noexcept;

  std::uint64_t n_, mask_, add_, factor_[2], inverse_[2];
  unsigned shift_;
};

}  // namespace mta::bench

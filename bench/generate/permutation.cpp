#include "generate/permutation.hpp"

#include <algorithm>
#include <bit>

namespace mta::bench {
namespace {

/// The inverse of an odd number modulo 2^64: each step of Newton's doubles the bits that are right.
std::uint64_t inverse_of(std::uint64_t odd) noexcept {
  std::uint64_t inverse = odd;
  for (int i = 0; i < 6; ++i) inverse *= 2 - odd * inverse;
  return inverse;
}

}  // namespace

Permutation::Permutation(std::uint64_t n, std::uint64_t seed) noexcept : n_(n) {
  const unsigned bits = std::max(2u, static_cast<unsigned>(std::bit_width(n == 0 ? 0 : n - 1)));
  mask_ = (std::uint64_t{2} << (bits - 1)) - 1;
  // At least half of the bits, so that x ^ (x >> shift) undoes itself.
  shift_ = (bits + 1) / 2;
  add_ = mix(seed);
  for (std::uint64_t i = 0; i < 2; ++i) {
    factor_[i] = mix(seed + i + 1) | 1;
    inverse_[i] = inverse_of(factor_[i]);
  }
}

std::uint64_t Permutation::step(std::uint64_t x) const noexcept {
  x = (x + add_) & mask_;
  for (const std::uint64_t factor : factor_) {
    x ^= x >> shift_;
    x = (x * factor) & mask_;
  }
  return x ^ (x >> shift_);
}

std::uint64_t Permutation::step_back(std::uint64_t x) const noexcept {
  x ^= x >> shift_;
  for (int i = 1; i >= 0; --i) {
    x = (x * inverse_[i]) & mask_;
    x ^= x >> shift_;
  }
  return (x - add_) & mask_;
}

std::uint64_t Permutation::at(std::uint64_t i) const noexcept {
  do i = step(i);
  while (i >= n_);
  return i;
}

std::uint64_t Permutation::index_of(std::uint64_t number) const noexcept {
  do number = step_back(number);
  while (number >= n_);
  return number;
}

}  // namespace mta::bench

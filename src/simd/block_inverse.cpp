#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/block_inverse.cpp"
#include "simd/block_inverse.hpp"

#include <hwy/foreach_target.h>  // compiles this file once for each target
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace mta::simd::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

using Doubles = hn::CappedTag<double, block_rows>;

/// The probability of leaving a state for none of those before it: four sums take turns, none
/// waits.
double leaves(const Matrix& a, std::size_t state) {
  double sum[4] = {a(state, a.rows), 0, 0, 0};
  std::size_t j = state + 1;
  for (; j + 4 <= a.rows; j += 4) {
    for (std::size_t n = 0; n < 4; ++n) sum[n] += a(state, j + n);
  }
  for (std::size_t n = 0; j < a.rows; ++j, ++n) sum[n] += a(state, j);
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/// Visits to the state by each other before it goes elsewhere: 1 / pivot by each that comes.
void scale_column(double* column, std::size_t height, double again) {
  const Doubles d;
  const auto factor = hn::Set(d, again);
  for (std::size_t i = 0; i < height; i += hn::Lanes(d)) {
    hn::Store(hn::Mul(hn::Load(d, column + i), factor), d, column + i);
  }
}

/// to += factor * from.
HWY_INLINE void add_column(double* HWY_RESTRICT to, const double* HWY_RESTRICT from, double factor,
                           std::size_t height) {
  const Doubles d;
  const auto all = hn::Set(d, factor);
  for (std::size_t begin = 0; begin < height; begin += block_rows) {
    for (std::size_t i = begin; i < begin + block_rows; i += hn::Lanes(d)) {
      hn::Store(hn::Add(hn::Load(d, to + i), hn::Mul(all, hn::Load(d, from + i))), d, to + i);
    }
  }
}

void invert_block(const Matrix& a) {
  const std::size_t height = (a.rows + block_rows - 1) / block_rows * block_rows;
  for (std::size_t k = 0; k < a.rows; ++k) {
    const double again = 1.0 / leaves(a, k);
    double* const through = &a(0, k);
    scale_column(through, height, again);
    through[k] = 0;  // its own row is multiplied, not added to
    for (std::size_t j = 0; j <= a.rows; ++j) {
      if (j == k) continue;
      const double onward = a(k, j);
      add_column(&a(0, j), through, onward, height);
      a(k, j) = onward * again;
    }
    through[k] = again;
  }
}

}  // namespace
}  // namespace mta::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <cassert>
#include <cstdint>

namespace mta::simd {

HWY_EXPORT(invert_block);

void invert_block(const Matrix& block) noexcept {
  assert(block.rows > 0 && block.columns == block.rows + 1 && block.stride % block_rows == 0);
  assert(block.stride >= block.rows && reinterpret_cast<std::uintptr_t>(block.data) % 64 == 0);
  HWY_DYNAMIC_DISPATCH(invert_block)(block);
}

}  // namespace mta::simd
#endif

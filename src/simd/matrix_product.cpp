#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/matrix_product.cpp"
#include "simd/matrix_product.hpp"

#include <hwy/foreach_target.h>  // compiles this file once for each target
#include <hwy/highway.h>

#include <algorithm>

#ifndef MTA_SIMD_SLICE
#define MTA_SIMD_SLICE
namespace mta::simd {
// A slice of a, at most so many columns, is packed so that it stays in the second cache; a tile of
// c, two vectors high and four columns wide, stays in registers while it is summed up over the
// depth.
constexpr std::size_t slice = 32'768, depth = 256, width = 4;
constexpr std::size_t most_rows = 16;  // of a tile on any target

/// Rows of a slice of so many columns.
constexpr std::size_t height_of(std::size_t columns) noexcept {
  return slice / columns / most_rows * most_rows;
}
}  // namespace mta::simd
#endif

HWY_BEFORE_NAMESPACE();
namespace mta::simd::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

using Doubles = hn::CappedTag<double, most_rows / 2>;
using D = hn::Vec<Doubles>;

/// A tile's worth of rows after the other, each a column of the slice at a time; rows that are
/// missing are 0.
void pack(const ConstMatrix& a, std::size_t tile, double* packed) {
  for (std::size_t i = 0; i < a.rows; i += tile) {
    const std::size_t rows = std::min(tile, a.rows - i);
    for (std::size_t k = 0; k < a.columns; ++k) {
      std::copy_n(&a(i, k), rows, packed);
      std::fill(packed + rows, packed + tile, 0.0);
      packed += tile;
    }
  }
}

struct Tile {
  D low[width], high[width];
};

/// Sums of products of packed rows and four columns, which may be the same.
HWY_INLINE Tile multiply(const double* rows, const double* const* column, std::size_t inner) {
  const Doubles d;
  const std::size_t lanes = hn::Lanes(d);
  const D zero = hn::Zero(d);
  D low0 = zero, low1 = zero, low2 = zero, low3 = zero;
  D high0 = zero, high1 = zero, high2 = zero, high3 = zero;
  const double *b0 = column[0], *b1 = column[1], *b2 = column[2], *b3 = column[3];
  for (std::size_t k = 0; k < inner; ++k) {
    const D low = hn::LoadU(d, rows), high = hn::LoadU(d, rows + lanes);
    rows += 2 * lanes;
    D b = hn::Set(d, b0[k]);
    low0 = hn::Add(low0, hn::Mul(low, b));
    high0 = hn::Add(high0, hn::Mul(high, b));
    b = hn::Set(d, b1[k]);
    low1 = hn::Add(low1, hn::Mul(low, b));
    high1 = hn::Add(high1, hn::Mul(high, b));
    b = hn::Set(d, b2[k]);
    low2 = hn::Add(low2, hn::Mul(low, b));
    high2 = hn::Add(high2, hn::Mul(high, b));
    b = hn::Set(d, b3[k]);
    low3 = hn::Add(low3, hn::Mul(low, b));
    high3 = hn::Add(high3, hn::Mul(high, b));
  }
  return {{low0, low1, low2, low3}, {high0, high1, high2, high3}};
}

HWY_INLINE void store(const Tile& tile, const Matrix& c) {
  const Doubles d;
  const std::size_t lanes = hn::Lanes(d);
  if (c.rows == 2 * lanes && c.columns == width) {
    for (std::size_t j = 0; j < width; ++j) {
      double* const low = &c(0, j);
      hn::StoreU(hn::Add(hn::LoadU(d, low), tile.low[j]), d, low);
      hn::StoreU(hn::Add(hn::LoadU(d, low + lanes), tile.high[j]), d, low + lanes);
    }
    return;
  }
  double sums[most_rows];
  for (std::size_t j = 0; j < c.columns; ++j) {
    hn::StoreU(tile.low[j], d, sums);
    hn::StoreU(tile.high[j], d, sums + lanes);
    for (std::size_t i = 0; i < c.rows; ++i) c(i, j) += sums[i];
  }
}

/// One slice of a, packed, times the rows of b that it meets.
void multiply_slice(const double* packed, const ConstMatrix& b, const Matrix& c) {
  const std::size_t tile = 2 * hn::Lanes(Doubles());
  for (std::size_t j = 0; j < c.columns; j += width) {
    const std::size_t columns = std::min(width, c.columns - j);
    const double* column[width];
    for (std::size_t n = 0; n < width; ++n) column[n] = &b(0, j + std::min(n, columns - 1));
    for (std::size_t i = 0; i < c.rows; i += tile) {
      const Tile sums = multiply(packed + i * b.rows, column, b.rows);
      store(sums, c.block(i, j, std::min(tile, c.rows - i), columns));
    }
  }
}

void add_product(const ConstMatrix& a, const ConstMatrix& b, const Matrix& c, double* packed) {
  const std::size_t tile = 2 * hn::Lanes(Doubles());
  for (std::size_t k = 0; k < a.columns; k += depth) {
    const std::size_t inner = std::min(depth, a.columns - k), height = height_of(inner);
    for (std::size_t i = 0; i < a.rows; i += height) {
      const std::size_t rows = std::min(height, a.rows - i);
      pack(a.block(i, k, rows, inner), tile, packed);
      multiply_slice(packed, b.block(k, 0, inner, b.columns), c.block(i, 0, rows, c.columns));
    }
  }
}

}  // namespace
}  // namespace mta::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <cassert>

namespace mta::simd {

HWY_EXPORT(add_product);

std::size_t product_room(std::size_t rows, std::size_t inner) noexcept {
  const std::size_t whole = (rows + most_rows - 1) / most_rows * most_rows;
  return std::min(whole * std::min(depth, inner), slice);
}

void add_product(const ConstMatrix& a, const ConstMatrix& b, const Matrix& c,
                 std::span<double> room) noexcept {
  assert(a.columns == b.rows && a.rows == c.rows && b.columns == c.columns);
  assert(room.size() >= product_room(a.rows, a.columns));
  HWY_DYNAMIC_DISPATCH(add_product)(a, b, c, room.data());
}

}  // namespace mta::simd
#endif

#pragma once
#include <cstddef>
#include <span>

namespace mta::simd {

/// A block of a matrix, column by column: entry (i, j) is data[j * stride + i].
template <class Number>
struct MatrixBlock {
  Number* data = nullptr;
  std::size_t rows = 0, columns = 0, stride = 0;

  [[nodiscard]] Number& operator()(std::size_t i, std::size_t j) const noexcept {
    return data[j * stride + i];
  }
  [[nodiscard]] MatrixBlock block(std::size_t i, std::size_t j, std::size_t height,
                                  std::size_t width) const noexcept {
    return {data + j * stride + i, height, width, stride};
  }
  operator MatrixBlock<const Number>() const noexcept { return {data, rows, columns, stride}; }
};
using Matrix = MatrixBlock<double>;
using ConstMatrix = MatrixBlock<const double>;

/// Numbers that `add_product` needs room for.
[[nodiscard]] std::size_t product_room(std::size_t rows, std::size_t inner) noexcept;

/// c += a b.
///
///   Requires  shapes that fit, and product_room(a.rows, a.columns) of room, best aligned to 64
///             bytes (asserted); c overlaps neither a nor b
///   Promises  the same bits on every target: each entry is summed up in order of a's columns,
///             256 of them at a time, without fused multiply-add
///   Cost      2 operations for each of rows * columns * inner; never allocates
void add_product(const ConstMatrix& a, const ConstMatrix& b, const Matrix& c,
                 std::span<double> room) noexcept;

}  // namespace mta::simd

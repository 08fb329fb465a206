#include "models/dense_inverse.hpp"

#include <cassert>
#include <cstddef>
#include <vector>

#include "simd/matrix_product.hpp"

// Every step halves its triangle until it is small, so that nearly all work is products of blocks.
// What is added up always has one sign, whatever the minus signs below say: the entries beside the
// diagonal of I - Q, of its factors and of what is solved for them are all <= 0.
namespace mta {
namespace {

using simd::ConstMatrix;
using simd::Matrix;

constexpr std::size_t small = 32;  // below this, plain loops beat products of blocks

/// A triangle cut in two, with what lies between.
struct Halves {
  explicit Halves(const ConstMatrix& a)
      : half(a.rows / 2),
        rest(a.rows - half),
        first(a.block(0, 0, half, half)),
        upper(a.block(0, half, half, rest)),
        lower(a.block(half, 0, rest, half)),
        second(a.block(half, half, rest, rest)) {}
  std::size_t half, rest;
  ConstMatrix first, upper, lower, second;
};

/// What is solved for, cut as the triangle to its left is, or to its right.
struct Rows {
  Rows(const Matrix& b, const Halves& cut)
      : top(b.block(0, 0, cut.half, b.columns)),
        bottom(b.block(cut.half, 0, cut.rest, b.columns)) {}
  Matrix top, bottom;
};
struct Columns {
  Columns(const Matrix& b, const Halves& cut)
      : left(b.block(0, 0, b.rows, cut.half)), right(b.block(0, cut.half, b.rows, cut.rest)) {}
  Matrix left, right;
};

/// to -= factor * from, a column each, or a part of one.
void subtract(double* to, double factor, const double* from, std::size_t count) noexcept {
  for (std::size_t i = 0; i < count; ++i) to[i] -= factor * from[i];
}
void add(double* to, double factor, const double* from, std::size_t count) noexcept {
  for (std::size_t i = 0; i < count; ++i) to[i] += factor * from[i];
}

/// b becomes inverse(L) b, L the unit lower triangle of `a`.
void solve_lower_left(const ConstMatrix& a, const Matrix& b) {
  const std::size_t n = a.rows;
  if (n <= small) {
    for (std::size_t j = 0; j < b.columns; ++j) {
      for (std::size_t k = 0; k + 1 < n; ++k) {
        subtract(&b(k + 1, j), b(k, j), &a(k + 1, k), n - k - 1);
      }
    }
    return;
  }
  const Halves cut(a);
  const Rows rows(b, cut);
  solve_lower_left(cut.first, rows.top);
  subtract_product(cut.lower, rows.top, rows.bottom);
  solve_lower_left(cut.second, rows.bottom);
}

/// b becomes inverse(U) b, U the upper triangle of `a`.
void solve_upper_left(const ConstMatrix& a, const Matrix& b) {
  const std::size_t n = a.rows;
  if (n <= small) {
    for (std::size_t j = 0; j < b.columns; ++j) {
      for (std::size_t k = n; k-- > 0;) {
        b(k, j) /= a(k, k);
        subtract(&b(0, j), b(k, j), &a(0, k), k);
      }
    }
    return;
  }
  const Halves cut(a);
  const Rows rows(b, cut);
  solve_upper_left(cut.second, rows.bottom);
  subtract_product(cut.upper, rows.bottom, rows.top);
  solve_upper_left(cut.first, rows.top);
}

/// b becomes b inverse(U).
void solve_upper_right(const ConstMatrix& a, const Matrix& b) {
  const std::size_t n = a.rows;
  if (n <= small) {
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t k = 0; k < j; ++k) subtract(&b(0, j), a(k, j), &b(0, k), b.rows);
      for (std::size_t i = 0; i < b.rows; ++i) b(i, j) /= a(j, j);
    }
    return;
  }
  const Halves cut(a);
  const Columns columns(b, cut);
  solve_upper_right(cut.first, columns.left);
  subtract_product(columns.left, cut.upper, columns.right);
  solve_upper_right(cut.second, columns.right);
}

/// b becomes b inverse(L).
void solve_lower_right(const ConstMatrix& a, const Matrix& b) {
  const std::size_t n = a.rows;
  if (n <= small) {
    for (std::size_t j = n; j-- > 0;) {
      for (std::size_t k = j + 1; k < n; ++k) subtract(&b(0, j), a(k, j), &b(0, k), b.rows);
    }
    return;
  }
  const Halves cut(a);
  const Columns columns(b, cut);
  solve_lower_right(cut.second, columns.right);
  subtract_product(columns.right, cut.lower, columns.left);
  solve_lower_right(cut.first, columns.left);
}

/// LU of I - Q without pivoting, `a` holding -Q: L (unit diagonal) below the diagonal, U on and
/// above. A pivot is the probability of going elsewhere, summed up rather than 1 less that of
/// staying. `out` is the probability of leaving these states.
void factor_small(const Matrix& a, double* out) {
  const std::size_t n = a.rows;
  for (std::size_t k = 0; k < n; ++k) {
    double pivot = out[k];
    for (std::size_t j = k + 1; j < n; ++j) pivot -= a(k, j);
    a(k, k) = pivot;
    for (std::size_t i = k + 1; i < n; ++i) {
      a(i, k) /= pivot;
      out[i] -= a(i, k) * out[k];
    }
    for (std::size_t j = k + 1; j < n; ++j) {
      subtract(&a(0, j) + k + 1, a(k, j), &a(0, k) + k + 1, n - k - 1);
    }
  }
}

void factor(const Matrix& a, double* out) {
  const std::size_t n = a.rows, half = n / 2, rest = n - half;
  if (n <= small) return factor_small(a, out);
  const Matrix first = a.block(0, 0, half, half), upper = a.block(0, half, half, rest);
  const Matrix lower = a.block(half, 0, rest, half), second = a.block(half, half, rest, rest);
  // For the first half, the second is outside too.
  std::vector<double> out_of_first(out, out + half), carried(out, out + half);
  for (std::size_t j = 0; j < rest; ++j) subtract(out_of_first.data(), 1.0, &upper(0, j), half);
  factor(first, out_of_first.data());
  solve_lower_left(first, upper);
  solve_upper_right(first, lower);
  solve_lower_left(first, {carried.data(), half, 1, half});
  for (std::size_t k = 0; k < half; ++k) subtract(out + half, carried[k], &lower(0, k), rest);
  subtract_product(lower, upper, second);
  factor(second, out + half);
}

void negate(const Matrix& a) noexcept {
  for (std::size_t j = 0; j < a.columns; ++j) {
    for (std::size_t i = 0; i < a.rows; ++i) a(i, j) = -a(i, j);
  }
}

/// The unit lower triangle of `a` becomes its inverse; the rest is left alone.
void invert_lower(const Matrix& a) {
  const std::size_t n = a.rows, half = n / 2, rest = n - half;
  if (n == 1) return;
  const Matrix between = a.block(half, 0, rest, half);
  solve_lower_left(a.block(half, half, rest, rest), between);
  solve_lower_right(a.block(0, 0, half, half), between);
  negate(between);
  invert_lower(a.block(0, 0, half, half));
  invert_lower(a.block(half, half, rest, rest));
}

/// The upper triangle of `a` becomes its inverse; the rest is left alone.
void invert_upper(const Matrix& a) {
  const std::size_t n = a.rows, half = n / 2, rest = n - half;
  if (n == 1) {
    a(0, 0) = 1.0 / a(0, 0);
    return;
  }
  const Matrix between = a.block(0, half, half, rest);
  solve_upper_left(a.block(0, 0, half, half), between);
  solve_upper_right(a.block(half, half, rest, rest), between);
  negate(between);
  invert_upper(a.block(0, 0, half, half));
  invert_upper(a.block(half, half, rest, rest));
}

/// b becomes b L.
void multiply_lower_right(const ConstMatrix& a, const Matrix& b) {
  const std::size_t n = a.rows;
  if (n <= small) {
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t k = j + 1; k < n; ++k) add(&b(0, j), a(k, j), &b(0, k), b.rows);
    }
    return;
  }
  const Halves cut(a);
  const Columns columns(b, cut);
  multiply_lower_right(cut.first, columns.left);
  add_product(columns.right, cut.lower, columns.left);
  multiply_lower_right(cut.second, columns.right);
}

/// b becomes U b.
void multiply_upper_left(const ConstMatrix& a, const Matrix& b) {
  const std::size_t n = a.rows;
  if (n <= small) {
    for (std::size_t j = 0; j < b.columns; ++j) {
      for (std::size_t k = 0; k < n; ++k) {
        add(&b(0, j), b(k, j), &a(0, k), k);
        b(k, j) *= a(k, k);
      }
    }
    return;
  }
  const Halves cut(a);
  const Rows rows(b, cut);
  multiply_upper_left(cut.first, rows.top);
  add_product(cut.upper, rows.bottom, rows.top);
  multiply_upper_left(cut.second, rows.bottom);
}

/// The upper triangle of `a` times its unit lower triangle, in place.
void multiply_triangles(const Matrix& a) {
  const std::size_t n = a.rows, half = n / 2, rest = n - half;
  if (n == 1) return;
  const Matrix first = a.block(0, 0, half, half), upper = a.block(0, half, half, rest);
  const Matrix lower = a.block(half, 0, rest, half), second = a.block(half, half, rest, rest);
  multiply_triangles(first);
  add_product(upper, lower, first);
  multiply_lower_right(second, upper);
  multiply_upper_left(second, lower);
  multiply_triangles(second);
}

}  // namespace

void invert_transient(std::span<double> matrix, std::span<double> leave) {
  const std::size_t n = leave.size();
  assert(matrix.size() == n * n);
  if (n == 0) return;
  const Matrix a{matrix.data(), n, n, n};
  negate(a);
  factor(a, leave.data());
  invert_lower(a);
  invert_upper(a);
  multiply_triangles(a);
}

}  // namespace mta

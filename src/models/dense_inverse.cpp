#include "models/dense_inverse.hpp"

// Eigen splits products into blocks by the cache sizes that it finds at run time, and the order of
// the sums with them: results would differ from CPU to CPU. So the sizes are fixed below, and
// because that setting is global and Eigen's code depends on the flags of each build, our Eigen
// lives in a namespace of its own: a program that uses another Eigen never shares a symbol with
// this one.
#define Eigen mta_eigen
#define EIGEN_DONT_PARALLELIZE
#define EIGEN_MAX_ALIGN_BYTES 16
#define EIGEN_MAX_STATIC_ALIGN_BYTES 16
#include <Eigen/Core>
#include <cassert>
#include <mutex>

namespace mta {
namespace {

using Block = Eigen::Ref<Eigen::MatrixXd, 0, Eigen::OuterStride<>>;
using Column = Eigen::Ref<Eigen::VectorXd>;
using Index = Eigen::Index;

constexpr Index small = 64;  // below this, plain loops beat products of blocks

void fix_block_sizes() {
  static std::once_flag once;
  std::call_once(once, [] { Eigen::setCpuCacheSizes(32 << 10, 1 << 20, 4 << 20); });
}

/// LU of I - Q without pivoting, `a` holding -Q: L (unit diagonal) below the diagonal, U on and
/// above. A pivot is the probability of going elsewhere, summed up rather than 1 less that of
/// staying. `out` is the probability of leaving these states.
void factor_small(Block a, Column out) {
  const Index n = a.rows();
  for (Index k = 0; k < n; ++k) {
    double pivot = out[k];
    for (Index j = k + 1; j < n; ++j) pivot -= a(k, j);
    a(k, k) = pivot;
    for (Index i = k + 1; i < n; ++i) {
      a(i, k) /= pivot;
      out[i] -= a(i, k) * out[k];
    }
    for (Index j = k + 1; j < n; ++j) {
      for (Index i = k + 1; i < n; ++i) a(i, j) -= a(i, k) * a(k, j);
    }
  }
}

void factor(Block a, Column out) {
  const Index n = a.rows(), half = n / 2, rest = n - half;
  if (n <= small) return factor_small(a, out);
  Block a11 = a.topLeftCorner(half, half), a12 = a.topRightCorner(half, rest);
  Block a21 = a.bottomLeftCorner(rest, half), a22 = a.bottomRightCorner(rest, rest);
  Eigen::VectorXd out_of_half = out.head(half);  // for the first half, the second is outside too
  for (Index j = 0; j < rest; ++j) out_of_half -= a12.col(j);
  factor(a11, out_of_half);
  const auto lower = a11.triangularView<Eigen::UnitLower>();
  lower.solveInPlace(a12);
  a11.triangularView<Eigen::Upper>().solveInPlace<Eigen::OnTheRight>(a21);
  Eigen::VectorXd carried = out.head(half);
  lower.solveInPlace(carried);
  out.tail(rest).noalias() -= a21 * carried;
  a22.noalias() -= a21 * a12;
  factor(a22, out.tail(rest));
}

/// The inverse of one triangle of `a`, in place; the other is left alone.
template <unsigned Triangle>
void invert_triangle(Block a) {
  const Index n = a.rows(), half = n / 2, rest = n - half;
  if (n <= small) {
    const Eigen::MatrixXd identity = Eigen::MatrixXd::Identity(n, n);
    const Eigen::MatrixXd inverse = a.triangularView<Triangle>().solve(identity);
    a.triangularView<Triangle == Eigen::UnitLower ? Eigen::StrictlyLower : Eigen::Upper>() =
        inverse;
    return;
  }
  Block a11 = a.topLeftCorner(half, half), a22 = a.bottomRightCorner(rest, rest);
  invert_triangle<Triangle>(a11);
  invert_triangle<Triangle>(a22);
  if constexpr (Triangle == Eigen::UnitLower) {
    Block a21 = a.bottomLeftCorner(rest, half);
    const Eigen::MatrixXd once = a22.triangularView<Triangle>() * a21;
    a21.noalias() = -(once * a11.triangularView<Triangle>());
  } else {
    Block a12 = a.topRightCorner(half, rest);
    const Eigen::MatrixXd once = a11.triangularView<Triangle>() * a12;
    a12.noalias() = -(once * a22.triangularView<Triangle>());
  }
}

/// The upper triangle of `a` times its unit lower triangle, in place.
void multiply_triangles(Block a) {
  const Index n = a.rows(), half = n / 2, rest = n - half;
  if (n <= small) {
    const Eigen::MatrixXd upper = a.triangularView<Eigen::Upper>();
    const Eigen::MatrixXd lower = a.triangularView<Eigen::UnitLower>();
    a.noalias() = upper * lower;
    return;
  }
  Block a11 = a.topLeftCorner(half, half), a12 = a.topRightCorner(half, rest);
  Block a21 = a.bottomLeftCorner(rest, half), a22 = a.bottomRightCorner(rest, rest);
  multiply_triangles(a11);
  a11.noalias() += a12 * a21;
  const Eigen::MatrixXd right = a12 * a22.triangularView<Eigen::UnitLower>();
  a12 = right;
  const Eigen::MatrixXd left = a22.triangularView<Eigen::Upper>() * a21;
  a21 = left;
  multiply_triangles(a22);
}

}  // namespace

void invert_transient(std::span<double> matrix, std::span<double> leave) {
  fix_block_sizes();
  const auto n = static_cast<Index>(leave.size());
  assert(matrix.size() == leave.size() * leave.size());
  Eigen::Map<Eigen::MatrixXd> a(matrix.data(), n, n);
  a = -a;
  factor(a, Eigen::Map<Eigen::VectorXd>(leave.data(), n));
  invert_triangle<Eigen::UnitLower>(a);
  invert_triangle<Eigen::Upper>(a);
  multiply_triangles(a);
}

}  // namespace mta

#include "models/dense_inverse.hpp"

#include <algorithm>
#include <cassert>
#include <span>

#include "simd/aligned_numbers.hpp"
#include "simd/block_inverse.hpp"

// States are taken out of the chain a block at a time. Once some are gone, the entries are
//
//              gone (E)                                left (R), and columns beside them
//   gone       visits among them before R is reached   where those visits lead
//   left, and  visits to E before R is reached         the chain of R alone, what led into E
//   rows below                                         leading where it leaves E
//
// so that each step adds what is >= 0 to what is >= 0, and nearly all work is products of blocks.
namespace mta {
namespace {

using simd::AlignedNumbers;
using simd::Matrix;

constexpr std::size_t most_few = 512;  // states, up to where blocks are small
constexpr std::size_t small = 32, large = 64;

/// Columns or rows one after the other.
struct Range {
  std::size_t begin, end;
  [[nodiscard]] std::size_t size() const noexcept { return end - begin; }
};

class Elimination {
 public:
  Elimination(const Matrix& matrix, std::size_t states, Visits wanted)
      : a_(matrix),
        states_(states),
        wanted_(wanted),
        most_(std::min(states, states <= most_few ? small : large)),
        stride_(AlignedNumbers::whole_lines(most_)),
        panel_size_(AlignedNumbers::whole_lines(most_ * std::max(a_.rows, a_.columns))),
        room_size_(simd::product_room(std::max(a_.rows, most_), most_)),
        numbers_(stride_ * (most_ + 1) + panel_size_ + room_size_) {
    std::fill_n(numbers_.data(), stride_ * (most_ + 1), 0.0);  // rows that no state has, too
  }

  void run() {
    for (std::size_t begin = 0; begin < states_; begin += most_) {
      take_out({begin, std::min(begin + most_, states_)});
    }
  }

 private:
  void take_out(const Range& gone) {
    const Range before{0, gone.begin}, rows_after{gone.end, a_.rows};
    const Range columns_after{gone.end, a_.columns};
    const Matrix block = invert(gone);
    for (const Range& columns : {before, columns_after}) lead_on(block, gone, columns);
    add(before, gone, columns_after);
    add(rows_after, gone, columns_after);
    add(rows_after, gone, before);
    if (wanted_ == Visits::all) {
      add(before, gone, before);
      come_to(block, before, gone);
    } else {
      add_diagonal(before, gone);
    }
    come_to(block, rows_after, gone);
    copy(block.block(0, 0, gone.size(), gone.size()), part(gone, gone));
  }

  /// Visits among the states that go, before any other is reached.
  [[nodiscard]] Matrix invert(const Range& gone) {
    const std::size_t n = gone.size();
    const Matrix block{numbers_.data(), n, n + 1, stride_};
    copy(part(gone, gone), block.block(0, 0, n, n));
    double* const leave = &block(0, n);
    std::copy_n(&a_(gone.begin, states_), n, leave);
    for (std::size_t j = gone.end; j < states_; ++j) {  // whoever goes on to others leaves too
      const double* const onward = &a_(gone.begin, j);
      for (std::size_t i = 0; i < n; ++i) leave[i] += onward[i];
    }
    simd::invert_block(block);
    return block;
  }

  /// Where the visits of those who go lead.
  void lead_on(const Matrix& block, const Range& gone, const Range& columns) {
    multiply(block.block(0, 0, gone.size(), gone.size()), part(gone, columns), part(gone, columns));
  }

  /// Visits to those who go, from others.
  void come_to(const Matrix& block, const Range& rows, const Range& gone) {
    multiply(part(rows, gone), block.block(0, 0, gone.size(), gone.size()), part(rows, gone));
  }

  /// `product` = a b, one of which it replaces.
  void multiply(const Matrix& a, const Matrix& b, const Matrix& product) {
    if (product.rows == 0 || product.columns == 0) return;
    const bool is_left = product.data == a.data;
    const Matrix& replaced = is_left ? a : b;
    const Matrix copied{panel(), replaced.rows, replaced.columns, replaced.rows};
    copy(replaced, copied);
    for (std::size_t j = 0; j < product.columns; ++j) {
      std::fill_n(&product(0, j), product.rows, 0.0);
    }
    simd::add_product(is_left ? copied : a, is_left ? b : copied, product, room());
  }

  void add(const Range& rows, const Range& through, const Range& columns) {
    if (rows.size() == 0 || columns.size() == 0) return;
    simd::add_product(part(rows, through), part(through, columns), part(rows, columns), room());
  }

  /// The same for what stands on the diagonal alone.
  void add_diagonal(const Range& states, const Range& through) noexcept {
    for (std::size_t i = states.begin; i < states.end; ++i) {
      double sum = 0;
      for (std::size_t k = through.begin; k < through.end; ++k) sum += a_(i, k) * a_(k, i);
      a_(i, i) += sum;
    }
  }

  static void copy(const simd::ConstMatrix& from, const Matrix& to) noexcept {
    for (std::size_t j = 0; j < from.columns; ++j) std::copy_n(&from(0, j), from.rows, &to(0, j));
  }

  [[nodiscard]] Matrix part(const Range& rows, const Range& columns) const noexcept {
    return a_.block(rows.begin, columns.begin, rows.size(), columns.size());
  }
  [[nodiscard]] double* panel() noexcept { return numbers_.data() + stride_ * (most_ + 1); }
  [[nodiscard]] std::span<double> room() noexcept { return {panel() + panel_size_, room_size_}; }

  Matrix a_;
  std::size_t states_;
  Visits wanted_;
  std::size_t most_, stride_, panel_size_, room_size_;
  AlignedNumbers numbers_;  // a block and who leaves it, a panel, room for products
};

}  // namespace

void invert_transient(const Matrix& matrix, std::size_t states, Visits wanted) {
  assert(matrix.rows >= states && matrix.columns > states && matrix.stride >= matrix.rows);
  if (states > 0) Elimination(matrix, states, wanted).run();
}

}  // namespace mta

#include "simd/matrix_product.hpp"

#include <algorithm>

#include "simd/forced_targets.hpp"
#include "support/synthetic_journeys.hpp"

namespace mta::test {
namespace {

struct Numbers {
  std::size_t rows, columns, stride;
  std::vector<double> all;

  Numbers(std::size_t height, std::size_t width, std::uint64_t seed)
      : rows(height), columns(width), stride(height + 3), all(stride * width) {
    Random random(seed);
    for (double& x : all) x = static_cast<double>(random.below(1'000'000)) / 3.0;
  }
  [[nodiscard]] simd::Matrix matrix() { return {all.data(), rows, columns, stride}; }
};

/// Entry by entry, in the order promised: 256 products at a time, summed up from 0.
void add_plainly(const Numbers& a, const Numbers& b, Numbers& c) {
  for (std::size_t j = 0; j < c.columns; ++j) {
    for (std::size_t i = 0; i < c.rows; ++i) {
      for (std::size_t first = 0; first < a.columns; first += 256) {
        double sum = 0;
        for (std::size_t k = first; k < std::min(first + 256, a.columns); ++k) {
          sum += a.all[k * a.stride + i] * b.all[j * b.stride + k];
        }
        c.all[j * c.stride + i] += sum;
      }
    }
  }
}

struct Shape {
  std::size_t rows, inner, columns;
};

class MatrixProduct : public OnEveryTarget {};

TEST_P(MatrixProduct, HasTheBitsOfThePlainSumsInEveryShape) {
  for (const Shape& shape :
       {Shape{1, 1, 1}, Shape{16, 8, 4}, Shape{17, 9, 5}, Shape{3, 300, 2}, Shape{128, 256, 8},
        Shape{129, 257, 7}, Shape{150, 520, 11}, Shape{8, 3, 6}, Shape{5, 0, 3}, Shape{33, 64, 1},
        Shape{1100, 32, 5}, Shape{530, 64, 9}, Shape{40, 300, 3}}) {
    Numbers a(shape.rows, shape.inner, 1), b(shape.inner, shape.columns, 2);
    Numbers sum(shape.rows, shape.columns, 3), expected = sum;
    std::vector<double> room(simd::product_room(shape.rows, shape.inner));
    simd::add_product(a.matrix(), b.matrix(), sum.matrix(), room);
    add_plainly(a, b, expected);
    EXPECT_EQ(sum.all, expected.all) << shape.rows << ' ' << shape.inner << ' ' << shape.columns;
  }
}

TEST_P(MatrixProduct, MultipliesAsWorkedByHand) {
  std::vector<double> a = {1, 3, 2, 4}, b = {5, 7, 6, 8}, c = {1, 1, 1, 1};
  std::vector<double> room(simd::product_room(2, 2));
  simd::add_product({a.data(), 2, 2, 2}, {b.data(), 2, 2, 2}, {c.data(), 2, 2, 2}, room);
  EXPECT_EQ(c, (std::vector<double>{20, 44, 23, 51}));
}

MTA_ON_EVERY_TARGET(MatrixProduct);

}  // namespace
}  // namespace mta::test

#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace mta::test {

/// Gauss-Jordan with pivoting, of n rows of n coefficients and two right-hand sides. Afterwards row
/// i holds only its diagonal and its right-hand sides.
inline void eliminate(std::vector<std::vector<double>>& row) {
  const std::size_t n = row.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t best = k;
    for (std::size_t i = k + 1; i < n; ++i) {
      if (std::abs(row[i][k]) > std::abs(row[best][k])) best = i;
    }
    std::swap(row[k], row[best]);
    for (std::size_t i = 0; i < n; ++i) {
      if (i == k || row[i][k] == 0) continue;
      const double factor = row[i][k] / row[k][k];
      for (std::size_t j = 0; j < n + 2; ++j) row[i][j] -= factor * row[k][j];
    }
  }
}

}  // namespace mta::test

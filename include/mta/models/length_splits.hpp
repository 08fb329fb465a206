#pragma once
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/journeys/journeys.hpp"
#include "mta/models/worth_batch.hpp"

namespace mta {

/// How a model whose weights depend on the number of touches alone splits worth over journeys of up
/// to WorthBatch::longest touches: computed once. Empty for all other models.
class MTA_EXPORT LengthSplits {
 public:
  using Weigh = std::function<void(const Journey&, std::span<double>)>;

  /// What worth is multiplied by, touch after touch.
  struct Split {
    std::span<const double>
        upto;              ///< running shares, as simd/split_block.hpp has them; may be empty
    double whole = 0;      ///< all weights over their greatest common divisor; 0: all are 0
    std::size_t only = 0;  ///< the one touch with a weight, where `upto` is empty
  };

  LengthSplits() = default;
  /// @param weigh  sees journeys of channel 0, without ages and worth
  /// @throws Error{Errc::invalid_weight}
  explicit LengthSplits(const Weigh& weigh);

  [[nodiscard]] bool empty() const noexcept { return whole_.empty(); }
  [[nodiscard]] Split of(std::size_t touches) const noexcept;

 private:
  void add(std::span<const double> weight);

  std::vector<double> upto_;       // those of 1 touch, of 2, of 3 ...
  std::vector<double> whole_;      // by number of touches - 1
  std::vector<std::size_t> only_;  // the same; the number of touches where there are several
};

}  // namespace mta

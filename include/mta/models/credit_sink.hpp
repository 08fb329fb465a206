#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "mta/core/ids.hpp"
#include "mta/core/units.hpp"
#include "mta/core/worth_total.hpp"

namespace mta {

/// Collects credit by cell: one row for each tuple of dimensions asked for. Integer sums, so that
/// the order of journeys never matters. One sink a worker; merging adds.
class CreditSink {
 public:
  explicit CreditSink(std::size_t cells = 0) : credit_(cells) {}

  /// The cell of every touch of the batch at hand, by touch index; valid until the next call. Grows
  /// the table to `cells`.
  void begin_batch(std::span<const CellId> cell_of_touch, std::size_t cells) {
    cell_of_touch_ = cell_of_touch;
    if (cells > credit_.size()) credit_.resize(cells);
  }
  /// @pre touch is an index into the batch's cells
  void add(std::size_t touch, const Worth& credit) noexcept {
    credit_[index(cell_of_touch_[touch])] += credit;
  }
  void add_unattributed(const Worth& credit) noexcept { unattributed_ += credit; }
  /// Of a model that hands out more than journeys are worth: counts what it hands out, so that sums
  /// beyond 64 bits are known. Those of all other models are known to fit.
  void count_handed_out(const Worth& credit) noexcept { handed_out_.add(credit); }

  [[nodiscard]] std::span<const Worth> credit() const noexcept { return credit_; }
  [[nodiscard]] const Worth& unattributed() const noexcept { return unattributed_; }
  [[nodiscard]] const WorthTotal& handed_out() const noexcept { return handed_out_; }

 private:
  std::span<const CellId> cell_of_touch_;
  std::vector<Worth> credit_;
  Worth unattributed_;
  WorthTotal handed_out_;
};

}  // namespace mta

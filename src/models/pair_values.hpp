#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace mta {

/// A number for each pair of states that has one: open addressing, never shrinks.
class PairValues {
 public:
  explicit PairValues(std::size_t expected) : slots_(std::bit_ceil(2 * expected + 16)) {}

  /// The pair's number, 0 at first; valid until the next call.
  double& operator()(std::uint32_t from, std::uint32_t to) {
    const std::uint64_t pair = std::uint64_t{from} << 32 | to;
    std::size_t at = slot_of(pair);
    if (slots_[at].pair != pair) {
      if (2 * ++used_ > slots_.size()) {
        grow();
        at = slot_of(pair);
      }
      slots_[at].pair = pair;
    }
    return slots_[at].value;
  }
  [[nodiscard]] std::size_t size() const noexcept { return used_; }

 private:
  static constexpr std::uint64_t none = ~std::uint64_t{0};
  struct Slot {
    std::uint64_t pair = none;
    double value = 0;
  };

  [[nodiscard]] std::size_t slot_of(std::uint64_t pair) const noexcept {
    std::size_t at = (pair * 0x9E3779B97F4A7C15u) >> (64 - std::countr_zero(slots_.size()));
    while (slots_[at].pair != pair && slots_[at].pair != none) at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  void grow() {
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(2 * slots_.size()));
    for (const Slot& slot : old) {
      if (slot.pair != none) slots_[slot_of(slot.pair)] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace mta

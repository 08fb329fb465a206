#pragma once
#include <cmath>
#include <cstdint>

#include "mta/core/units.hpp"

namespace mta {

/// The running part of one amount: r(amount * sum / total), less what was handed out before. The
/// same integers as `apportion`, faster: a double decides wherever the fraction is provably not
/// near a half.
class Share {
 public:
  Share(Micros amount, std::uint64_t total) noexcept
      : negative_(amount.units < 0), size_(size_of(amount)), total_(total) {
    // sum <= total < 2^53 is exact in a double; two roundings then move the quotient by less than
    // 2^-52 of `size`. Beyond 2^48 units that is too near a half to tell.
    const bool exact_sums = total < (std::uint64_t{1} << 53) && size_ < (std::uint64_t{1} << 48);
    ratio_ = static_cast<double>(size_) / static_cast<double>(total);
    margin_ = exact_sums ? static_cast<double>(size_) * 0x1p-51 : 1.0;
  }

  [[nodiscard]] Micros upto(std::uint64_t sum) noexcept {
    if (size_ == 0) return {};
    const std::uint64_t reached = rounded(sum);
    const auto part = static_cast<std::int64_t>(reached - before_);
    before_ = reached;
    return {negative_ ? -part : part};
  }

 private:
  __extension__ typedef unsigned __int128 Wide;
  static std::uint64_t size_of(Micros amount) noexcept {
    const auto bits = static_cast<std::uint64_t>(amount.units);
    return amount.units < 0 ? 0 - bits : bits;
  }
  [[nodiscard]] std::uint64_t rounded(std::uint64_t sum) const noexcept {
    if (margin_ < 0.5) {
      const double quotient = static_cast<double>(static_cast<std::int64_t>(sum)) * ratio_;
      const auto floor = static_cast<std::int64_t>(quotient);
      const double fraction = quotient - static_cast<double>(floor);
      if (std::abs(fraction - 0.5) > margin_) {
        return static_cast<std::uint64_t>(floor) + (fraction > 0.5 ? 1 : 0);
      }
    }
    return static_cast<std::uint64_t>((Wide{2} * size_ * sum + total_) / (Wide{2} * total_));
  }

  bool negative_;
  std::uint64_t size_, total_, before_ = 0;
  double ratio_, margin_;
};

}  // namespace mta

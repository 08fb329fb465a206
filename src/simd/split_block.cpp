#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/split_block.cpp"
#include "simd/split_block.hpp"

#include <hwy/foreach_target.h>  // compiles this file once for each target
#include <hwy/highway.h>

#include <limits>

HWY_BEFORE_NAMESPACE();
namespace mta::simd::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

using Doubles = hn::ScalableTag<double>;
using Integers = hn::ScalableTag<std::int64_t>;
using D = hn::Vec<Doubles>;
using I = hn::Vec<Integers>;

// A double of this size has no bits below 1: adding it rounds, and leaves the integer in its last
// bits.
constexpr double rounder = 0x1.8p52;

HWY_INLINE D rounded(D rounding) { return hn::Sub(rounding, hn::Set(Doubles(), rounder)); }

HWY_INLINE I bits_of(D x) { return hn::BitCast(Integers(), x); }

/// Amounts below 2^51 as doubles.
HWY_INLINE D amounts(const std::int64_t* column) {
  const I units = hn::LoadU(Integers(), column);
  return rounded(hn::BitCast(Doubles(), hn::Add(units, bits_of(hn::Set(Doubles(), rounder)))));
}

/// Amounts that are handed out touch by touch. A running share is amount * factor, too large by
/// some 2^-50 of the amount; what lies within 2^-49 of it around a half is not told from the half.
class Handout {
 public:
  HWY_INLINE explicit Handout(D amount)
      : factor_(amount), doubt_(hn::Mul(hn::Abs(amount), hn::Set(Doubles(), 0x1p-49))) {}
  /// Per unit of weight.
  HWY_INLINE void divide_by(D total) {
    factor_ = hn::Mul(hn::Div(factor_, total), hn::Set(Doubles(), 1.0 + 0x1p-50));
  }
  /// The integers between one running share and the next.
  HWY_INLINE I upto(D share) {
    const D exact = hn::Mul(share, factor_);
    const D rounding = hn::Add(exact, hn::Set(Doubles(), rounder));
    farthest_ = hn::Max(farthest_, hn::Abs(hn::Sub(exact, rounded(rounding))));
    const I part = hn::Sub(bits_of(rounding), before_);
    before_ = bits_of(rounding);
    return part;
  }
  /// Was a share so near a half that doubles cannot tell on which side it lies? Not where even the
  /// nearest share beside a half is farther from it: |amount| * whole <= 2^48.
  HWY_INLINE hn::Mask<Doubles> in_doubt(D whole) const {
    const D half = hn::Set(Doubles(), 0.5);
    const auto near = hn::Gt(farthest_, hn::Sub(half, doubt_));
    const auto coarse = hn::Gt(hn::Mul(doubt_, whole), half);
    return hn::And(near, coarse);
  }

 private:
  D factor_, doubt_;
  D farthest_ = hn::Zero(Doubles());
  I before_ = bits_of(hn::Set(Doubles(), rounder));
};

HWY_INLINE std::uint64_t flags(hn::Mask<Doubles> mask, std::size_t journey) {
  std::uint8_t bytes[8] = {};
  hn::StoreMaskBits(Doubles(), mask, bytes);
  return std::uint64_t{bytes[0]} << journey;
}

HWY_INLINE void store(I conversions, I value, std::int64_t* part) {
  hn::StoreInterleaved2(conversions, value, Integers(), part);
}

std::uint64_t split_by_fractions(const BlockWorth& worth, const Fractions& fractions,
                                 std::size_t stride, std::int64_t* part) {
  const Doubles d;
  std::uint64_t doubtful = 0;
  for (std::size_t j = 0; j < worth.journeys; j += hn::Lanes(d)) {
    Handout conversions(amounts(worth.conversions + j)), value(amounts(worth.value + j));
    std::int64_t* out = part + 2 * j;
    for (const double upto : fractions.upto) {
      const D share = hn::Set(d, upto);
      store(conversions.upto(share), value.upto(share), out);
      out += 2 * stride;
    }
    const D whole = hn::Set(d, fractions.whole);
    doubtful |= flags(hn::Or(conversions.in_doubt(whole), value.in_doubt(whole)), j);
  }
  return doubtful;
}

/// The largest weights, and whether all are finite and >= 0 with one above 0.
struct Largest {
  D weight;
  hn::Mask<Doubles> usable;
};

HWY_INLINE Largest largest_of(const double* weight, std::size_t touches, std::size_t stride) {
  const Doubles d;
  const D zero = hn::Zero(d), huge = hn::Set(d, std::numeric_limits<double>::max());
  D largest = zero;
  auto usable = hn::Eq(zero, zero);
  for (std::size_t i = 0; i < touches; ++i) {
    const D w = hn::LoadU(d, weight + i * stride);
    usable = hn::And(usable, hn::And(hn::Ge(w, zero), hn::Le(w, huge)));
    largest = hn::Max(largest, w);
  }
  return {largest, hn::And(usable, hn::Gt(largest, zero))};
}

/// To the nearest integer, halves up.
HWY_INLINE D nearest(D x) {
  const Doubles d;
  const D even = rounded(hn::Add(x, hn::Set(d, rounder)));
  const auto low = hn::Eq(hn::Sub(x, even), hn::Set(d, 0.5));
  return hn::Add(even, hn::IfThenElseZero(low, hn::Set(d, 1.0)));
}

/// Weights become running sums of quantised weights; returns the whole sums.
HWY_INLINE D quantize(D largest, double* weight, std::size_t touches, std::size_t stride) {
  const Doubles d;
  const D one = hn::Set(d, 1.0), top = hn::Set(d, 0x1p31);
  const bool scaled = !hn::AllTrue(d, hn::Eq(largest, one));  // x / 1 is x
  D sum = hn::Zero(d);
  for (std::size_t i = 0; i < touches; ++i) {
    D w = hn::LoadU(d, weight + i * stride);
    if (scaled) w = hn::Div(w, largest);
    sum = hn::Add(sum, nearest(hn::Mul(w, top)));
    hn::StoreU(sum, d, weight + i * stride);
  }
  return sum;
}

std::uint64_t split_by_weights(const BlockWorth& worth, double* weight, std::size_t touches,
                               std::size_t stride, std::int64_t* part) {
  const Doubles d;
  std::uint64_t doubtful = 0;
  for (std::size_t j = 0; j < worth.journeys; j += hn::Lanes(d)) {
    const Largest largest = largest_of(weight + j, touches, stride);
    const D total = quantize(largest.weight, weight + j, touches, stride);
    Handout conversions(amounts(worth.conversions + j)), value(amounts(worth.value + j));
    conversions.divide_by(total);
    value.divide_by(total);
    for (std::size_t i = 0; i < touches; ++i) {
      const D sum = hn::LoadU(d, weight + j + i * stride);
      store(conversions.upto(sum), value.upto(sum), part + 2 * (j + i * stride));
    }
    const auto near = hn::Or(conversions.in_doubt(total), value.in_doubt(total));
    doubtful |= flags(hn::Or(near, hn::Not(largest.usable)), j);
  }
  return doubtful;
}

}  // namespace
}  // namespace mta::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace mta::simd {
namespace {

HWY_EXPORT(split_by_fractions);
HWY_EXPORT(split_by_weights);

std::uint64_t flags_of(std::size_t journeys) noexcept {
  return journeys == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << journeys) - 1;
}

}  // namespace

std::uint64_t split_by_fractions(const BlockWorth& worth, const Fractions& fractions,
                                 std::size_t stride, std::int64_t* part) noexcept {
  return HWY_DYNAMIC_DISPATCH(split_by_fractions)(worth, fractions, stride, part) &
         flags_of(worth.journeys);
}

std::uint64_t split_by_weights(const BlockWorth& worth, std::span<double> weight,
                               std::size_t stride, std::int64_t* part) noexcept {
  return HWY_DYNAMIC_DISPATCH(split_by_weights)(worth, weight.data(), weight.size() / stride,
                                                stride, part) &
         flags_of(worth.journeys);
}

}  // namespace mta::simd
#endif

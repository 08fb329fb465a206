#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/decay_block.cpp"
#include "simd/decay_block.hpp"

#include <hwy/foreach_target.h>  // compiles this file once for each target
#include <hwy/highway.h>

#include "core/exp2_terms.hpp"
#include "simd/split_block.hpp"

HWY_BEFORE_NAMESPACE();
namespace mta::simd::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

using Doubles = hn::ScalableTag<double>;
using Indices = hn::ScalableTag<std::int64_t>;
using D = hn::Vec<Doubles>;
using I = hn::Vec<Indices>;

/// Two vectors at a time: each step of one polynomial waits for the last, so the other fills the
/// gaps.
struct Pair {
  D a, b;
};

HWY_INLINE void next_term(Pair& sum, const Pair& t, double coefficient) {
  const D c = hn::Set(Doubles(), coefficient);
  sum = {hn::Mul(sum.a, t.a), hn::Mul(sum.b, t.b)};
  sum = {hn::Add(sum.a, c), hn::Add(sum.b, c)};
}

/// x as n + f, |f| <= 1/2: n.
HWY_INLINE D whole_of(D x) { return hn::Trunc(hn::Sub(x, hn::Set(Doubles(), 0.5))); }

HWY_INLINE D fraction_of(D x, D n) {
  return hn::Mul(hn::Sub(x, n), hn::Set(Doubles(), ln_2));
}

/// sum * 2^n, or 0 where x is too small for exp2_fixed.
HWY_INLINE D scaled(D x, D n, D sum) {
  // The last bits of 2^52 + k are k, here the exponent n + 1023 of 2^n.
  const Doubles d;
  const hn::RebindToUnsigned<Doubles> bits;
  const D shifted = hn::Add(n, hn::Set(d, 0x1p52 + 1023.0));
  const D power = hn::BitCast(d, hn::ShiftLeft<52>(hn::BitCast(bits, shifted)));
  return hn::IfThenZeroElse(hn::Lt(x, hn::Set(d, -1000.0)), hn::Mul(sum, power));
}

/// exp2_fixed, operation by operation, without fused multiply-add: the same bits.
HWY_INLINE Pair exp2_of(const Pair& x) {
  const Pair n = {whole_of(x.a), whole_of(x.b)};
  const Pair t = {fraction_of(x.a, n.a), fraction_of(x.b, n.b)};
  const D first = hn::Set(Doubles(), exp2_terms[0]);
  Pair sum = {first, first};
  for (std::size_t i = 1; i < exp2_terms.size(); ++i) next_term(sum, t, exp2_terms[i]);
  return {scaled(x.a, n.a, sum.a), scaled(x.b, n.b, sum.b)};
}

/// Where the journeys of a vector begin; beyond the last, the first again.
HWY_INLINE I begins(std::span<const std::uint64_t> begin, std::size_t j) {
  const Indices d;
  std::int64_t at[most_lanes];
  for (std::size_t lane = 0; lane < hn::Lanes(d); ++lane) {
    at[lane] = static_cast<std::int64_t>(begin[j + lane < begin.size() ? j + lane : j]);
  }
  return hn::LoadU(d, at);
}

void decay_block(const BlockAges& ages, double half_life, std::size_t stride, double* weight) {
  const Doubles d;
  const D unit = hn::Set(d, half_life);
  for (std::size_t j = 0; j < ages.begin.size(); j += hn::Lanes(d)) {
    const I begin = begins(ages.begin, j);
    double* const column = weight + j;
    D youngest = hn::GatherIndex(d, ages.age, begin);
    hn::StoreU(youngest, d, column);
    for (std::size_t i = 1; i < ages.touches; ++i) {
      const D age = hn::GatherIndex(d, ages.age + i, begin);
      youngest = hn::IfThenElse(hn::Lt(age, youngest), age, youngest);
      hn::StoreU(age, d, column + i * stride);
    }
    const auto exponent = [&](const double* age) HWY_ATTR {
      return hn::Neg(hn::Div(hn::Sub(hn::LoadU(d, age), youngest), unit));
    };
    for (std::size_t i = 0; i < ages.touches; i += 2) {
      double* const a = column + i * stride;
      double* const b = i + 1 < ages.touches ? a + stride : a;  // an odd one out goes twice
      const Pair weights = exp2_of({exponent(a), exponent(b)});
      hn::StoreU(weights.a, d, a);
      hn::StoreU(weights.b, d, b);
    }
  }
}

}  // namespace
}  // namespace mta::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace mta::simd {

HWY_EXPORT(decay_block);

void decay_block(const BlockAges& ages, double half_life, std::size_t stride,
                 double* weight) noexcept {
  HWY_DYNAMIC_DISPATCH(decay_block)(ages, half_life, stride, weight);
}

}  // namespace mta::simd
#endif

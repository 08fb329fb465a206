#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/integer_keys.cpp"
#include "simd/integer_keys.hpp"

#include <hwy/foreach_target.h>  // compiles this file once for each target
#include <hwy/highway.h>

#include "core/key_hash.hpp"

HWY_BEFORE_NAMESPACE();
namespace mta::simd::HWY_NAMESPACE {
namespace {

#if HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128
namespace hn = hwy::HWY_NAMESPACE;
using Words = hn::ScalableTag<std::uint64_t>;
using Word = hn::Vec<Words>;

/// The lower 64 bits of a product.
HWY_INLINE Word product(Word a, std::uint64_t factor) {
  const Words d;
#if HWY_TARGET <= HWY_AVX3
  return hn::Mul(a, hn::Set(d, factor));
#else
  const hn::Repartition<std::uint32_t, Words> halves;
  const auto lower = hn::BitCast(halves, hn::Set(d, factor & 0xffff'ffff));
  const auto upper = hn::BitCast(halves, hn::Set(d, factor >> 32));
  const auto lower_a = hn::BitCast(halves, a);
  const auto upper_a = hn::BitCast(halves, hn::ShiftRight<32>(a));
  const Word across = hn::Add(hn::MulEven(lower_a, upper), hn::MulEven(upper_a, lower));
  return hn::Add(hn::MulEven(lower_a, lower), hn::ShiftLeft<32>(across));
#endif
}

/// mix64 of each lane.
HWY_INLINE Word mixed(Word x) {
  x = hn::Add(x, hn::Set(Words(), mixing::step));
  x = product(hn::Xor(x, hn::ShiftRight<30>(x)), mixing::first_factor);
  x = product(hn::Xor(x, hn::ShiftRight<27>(x)), mixing::second_factor);
  return hn::Xor(x, hn::ShiftRight<31>(x));
}
#endif

void integer_keys(std::span<const std::uint64_t> identifiers, std::uint64_t* high,
                  std::uint64_t* low) {
  std::size_t i = 0;
#if HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128
  const Words d;
  const std::size_t lanes = hn::Lanes(d);
  for (; i + lanes <= identifiers.size(); i += lanes) {
    const Word upper = mixed(hn::LoadU(d, &identifiers[i]));
    hn::StoreU(upper, d, high + i);
    hn::StoreU(hn::ShiftRight<32>(mixed(upper)), d, low + i);
  }
#endif
  for (; i < identifiers.size(); ++i) {
    const PersonKey key = integer_person_key(identifiers[i]);
    high[i] = key.high;
    low[i] = key.low;
  }
}

}  // namespace
}  // namespace mta::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <cassert>

namespace mta::simd {

HWY_EXPORT(integer_keys);

void integer_keys(std::span<const std::uint64_t> identifiers, std::span<std::uint64_t> high,
                  std::span<std::uint64_t> low) noexcept {
  assert(high.size() == identifiers.size() && low.size() == identifiers.size());
  HWY_DYNAMIC_DISPATCH(integer_keys)(identifiers, high.data(), low.data());
}

}  // namespace mta::simd
#endif

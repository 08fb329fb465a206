#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simd/pair_codes.cpp"
#include "simd/pair_codes.hpp"

#include <hwy/foreach_target.h>  // compiles this file once for each target
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace mta::simd::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

void pair_codes(std::span<const std::uint32_t> code, std::uint32_t codes, std::uint32_t* pair) {
  const hn::ScalableTag<std::uint32_t> d;
  const std::size_t pairs = code.size() - 1, lanes = hn::Lanes(d);
  const auto factor = hn::Set(d, codes);
  std::size_t i = 0;
  for (; i + lanes <= pairs; i += lanes) {
    const auto from = hn::LoadU(d, code.data() + i), to = hn::LoadU(d, code.data() + i + 1);
    const auto both = hn::Add(hn::Mul(from, factor), to);
    hn::StoreU(hn::IfThenZeroElse(hn::Eq(from, to), both), d, pair + i);
  }
  for (; i < pairs; ++i) pair[i] = code[i] == code[i + 1] ? 0 : code[i] * codes + code[i + 1];
}

}  // namespace
}  // namespace mta::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <cassert>

namespace mta::simd {

HWY_EXPORT(pair_codes);

void pair_codes(std::span<const std::uint32_t> code, std::uint32_t codes,
                std::span<std::uint32_t> pair) noexcept {
  assert(code.size() == pair.size() + 1);
  HWY_DYNAMIC_DISPATCH(pair_codes)(code, codes, pair.data());
}

}  // namespace mta::simd
#endif

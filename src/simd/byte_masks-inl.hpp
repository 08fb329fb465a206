// Bytes compared 64 at a time, a bit for each: included once for every target (see Highway's
// foreach_target.h), by the kernels that index text.
#if defined(MTA_SIMD_BYTE_MASKS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef MTA_SIMD_BYTE_MASKS_INL
#undef MTA_SIMD_BYTE_MASKS_INL
#else
#define MTA_SIMD_BYTE_MASKS_INL
#endif

#include <hwy/cache_control.h>
#include <hwy/highway.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

HWY_BEFORE_NAMESPACE();
namespace mta::simd::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t word_bytes = 64;    // a bit of a word for each
constexpr std::size_t prefetched = 2048;  // ahead: a text that was just read is in a far cache

using Bytes = hn::CappedTag<std::uint8_t, word_bytes>;
using Signed = hn::RebindToSigned<Bytes>;

/// The mask of one vector, the first lane in the lowest bit.
template <class M>
HWY_INLINE std::uint64_t bits_of(M mask) {
  constexpr std::size_t most_lanes = hn::MaxLanes(Bytes());
  // A number as wide as the mask stays in a register.
  using Wide = std::conditional_t<most_lanes == 64, std::uint64_t, std::uint32_t>;
  using Word = std::conditional_t<most_lanes == 16, std::uint16_t, Wide>;
  std::uint8_t stored[8] = {};
  hn::StoreMaskBits(Bytes(), mask, stored);
  Word word;
  std::memcpy(&word, stored, sizeof word);
  return word;
}

/// Calls look(vector, at) for the vectors of each 64 bytes and then done(place, valid), where
/// `valid` has a bit for each byte that is of the text; returns the lowest byte that `look` gave
/// back as a signed number, at most 0x20. Nothing beyond the text is read; newlines are looked at
/// in its stead.
template <class Look, class Done>
HWY_INLINE int for_each_word(std::span<const char> text, Look look, Done done) {
  const Bytes d;
  const std::size_t lanes = hn::Lanes(d);
  auto lowest = hn::Set(Signed(), 0x20);
  const auto take = [&](const std::uint8_t* bytes) HWY_ATTR {
    for (std::size_t at = 0; at < word_bytes; at += lanes) {
      const auto vector = hn::LoadU(d, bytes + at);
      lowest = hn::Min(lowest, hn::BitCast(Signed(), look(vector, at)));
    }
  };
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  std::size_t at = 0;
  for (; at + word_bytes <= text.size(); at += word_bytes) {
    hwy::Prefetch(
        reinterpret_cast<const char*>(reinterpret_cast<std::uintptr_t>(bytes) + at + prefetched));
    take(bytes + at);
    done(static_cast<std::uint32_t>(at), ~std::uint64_t{0});
  }
  if (at < text.size()) {
    std::uint8_t rest[word_bytes];
    std::memset(rest, '\n', sizeof rest);
    std::memcpy(rest, bytes + at, text.size() - at);
    take(rest);
    done(static_cast<std::uint32_t>(at), (std::uint64_t{1} << (text.size() - at)) - 1);
  }
  HWY_ALIGN std::int8_t least[word_bytes];
  hn::Store(lowest, Signed(), least);
  return *std::min_element(least, least + lanes);
}

/// Takes the lowest bit off; returns its place.
HWY_INLINE std::uint32_t take_lowest(std::uint64_t& bits) {
  const auto place = static_cast<std::uint32_t>(std::countr_zero(bits));
  bits &= bits - 1;
  // Whether bits are left cannot be foreseen: without this, compilers branch on it.
  asm("" : "+r"(bits));
  return place;
}

/// Writes base + the place of each bit; returns where the next ones go. `count` are written at a
/// time, whether there are so many or not: the next ones go over what was too much.
template <std::size_t count>
HWY_INLINE std::uint32_t* put_places(std::uint64_t bits, std::uint32_t base, std::uint32_t* out) {
  std::uint32_t* const end = out + std::popcount(bits);
  for (;;) {
    for (std::size_t i = 0; i < count; ++i) out[i] = base + take_lowest(bits);
    if (out + count >= end) return end;
    out += count;
  }
}

/// The same for bits of which a word seldom has more than one; one place is written in any case.
HWY_INLINE std::uint32_t* put_few_places(std::uint64_t bits, std::uint32_t base,
                                         std::uint32_t* out) {
  std::uint32_t* const end = out + std::popcount(bits);
  // Of no bits the highest one: so there is no branch on whether there are any.
  constexpr std::uint64_t highest = std::uint64_t{1} << (word_bytes - 1);
  *out = base + static_cast<std::uint32_t>(std::countr_zero(bits | highest));
  while (++out < end) {
    bits &= bits - 1;
    *out = base + static_cast<std::uint32_t>(std::countr_zero(bits));
  }
  return end;
}

}  // namespace mta::simd::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif

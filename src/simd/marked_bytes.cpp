#include "simd/marked_bytes.hpp"

#include <algorithm>

namespace mta::simd {

bool MarkedBytes::find(std::size_t begin, std::size_t end) const noexcept {
  const std::size_t first = begin / bits, last = (end - 1) / bits;
  const std::uint64_t from = ~std::uint64_t{0} << begin % bits;
  const std::uint64_t to = ~std::uint64_t{0} >> (bits - 1 - (end - 1) % bits);
  if (first == last) return (words_[first] & from & to) != 0;
  if ((words_[first] & from) != 0 || (words_[last] & to) != 0) return true;
  return std::any_of(words_.begin() + static_cast<std::ptrdiff_t>(first) + 1,
                     words_.begin() + static_cast<std::ptrdiff_t>(last),
                     [](std::uint64_t word) { return word != 0; });
}

std::size_t MarkedBytes::find_next(std::size_t place) const noexcept {
  const std::size_t words = (size_ + bits - 1) / bits;
  std::uint64_t above = ~std::uint64_t{0} << place % bits;
  for (std::size_t word = place / bits; word < words; ++word) {
    const std::uint64_t marks = words_[word] & above;
    if (marks != 0) return word * bits + static_cast<std::size_t>(std::countr_zero(marks));
    above = ~std::uint64_t{0};
  }
  return size_;
}

}  // namespace mta::simd

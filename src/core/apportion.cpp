#include "mta/core/apportion.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>
#include <string>

#include "mta/core/error.hpp"

namespace mta {
namespace {

__extension__ typedef unsigned __int128 Wide;

constexpr std::uint64_t size_of(Micros amount) noexcept {
  const auto bits = static_cast<std::uint64_t>(amount.units);
  return amount.units < 0 ? 0 - bits : bits;
}

/// round(amount * part / total), halves up, where 2 * amount * total fits the type.
template <class Integer>
constexpr std::uint64_t share(Integer amount, Integer part, Integer total) noexcept {
  return static_cast<std::uint64_t>((2 * amount * part + total) / (2 * total));
}

template <class Integer, class Weight>
void split(Micros amount, std::uint64_t total, std::span<const Weight> weight,
           std::span<Micros> part) noexcept {
  const Integer size = size_of(amount);
  std::uint64_t sum = 0, before = 0;
  for (std::size_t i = 0; i < weight.size(); ++i) {
    sum += weight[i];
    const std::uint64_t upto = share<Integer>(size, sum, total);
    const std::uint64_t mine = upto - before;  // 2^63 for all of -2^63
    part[i] = Micros{static_cast<std::int64_t>(amount.units < 0 ? 0 - mine : mine)};
    before = upto;
  }
}

template <class Weight>
bool apportion_any(Micros amount, std::span<const Weight> weight, std::span<Micros> part) noexcept {
  assert(weight.size() == part.size());
  std::uint64_t total = 0;
  for (const Weight w : weight) total += w;
  const std::uint64_t size = size_of(amount);
  if (total == 0 || size == 0) {
    std::fill(part.begin(), part.end(), Micros{0});
    return total != 0;
  }
  if (size <= (std::numeric_limits<std::uint64_t>::max() / 4) / total) {
    split<std::uint64_t>(amount, total, weight, part);
  } else {
    split<Wide>(amount, total, weight, part);
  }
  return true;
}

double largest_of(std::span<const double> weight) {
  double largest = 0;
  for (const double w : weight) {
    if (!(w >= 0 && w <= std::numeric_limits<double>::max())) {
      throw Error(Errc::invalid_weight,
                  "a weight must be finite and >= 0, got " + std::to_string(w));
    }
    largest = std::max(largest, w);
  }
  return largest;
}

/// To nearest, halves up: for x in [0, 2^62] this is exact wherever x has a fraction at all.
std::uint64_t nearest(double x) noexcept {
  const auto floor = static_cast<std::uint64_t>(x);
  return floor + (x - static_cast<double>(floor) >= 0.5 ? 1 : 0);
}

}  // namespace

RunningSplit::RunningSplit(Micros amount, std::uint64_t sum) noexcept
    : size_(size_of(amount)), sum_(sum), negative_(amount.units < 0) {
  assert(sum != 0 || size_ == 0);
}

Micros RunningSplit::next(std::uint64_t weight) noexcept {
  assert(weight <= sum_ - passed_);
  passed_ += weight;
  if (size_ == 0) return Micros{0};
  const std::uint64_t upto = share<Wide>(size_, passed_, sum_);
  const std::uint64_t mine = upto - given_;
  given_ = upto;
  return Micros{static_cast<std::int64_t>(negative_ ? 0 - mine : mine)};
}

bool apportion(Micros amount, std::span<const std::uint32_t> weight,
               std::span<Micros> part) noexcept {
  return apportion_any(amount, weight, part);
}

bool apportion_sums(Micros amount, std::span<const std::uint64_t> weight,
                    std::span<Micros> part) noexcept {
  return apportion_any(amount, weight, part);
}

bool quantize_weights(std::span<const double> weight, std::span<std::uint32_t> quantized) {
  assert(weight.size() == quantized.size());
  const double largest = largest_of(weight);
  constexpr double top = 2147483648.0;  // 2^31
  for (std::size_t i = 0; i < weight.size(); ++i) {
    quantized[i] = largest > 0 ? static_cast<std::uint32_t>(nearest(weight[i] / largest * top)) : 0;
  }
  return largest > 0;
}

bool quantize_effects(std::span<const double> weight, std::span<std::uint64_t> quantized) {
  assert(weight.size() == quantized.size());
  const double largest = largest_of(weight);
  const std::uint64_t room = (std::uint64_t{1} << 62) / std::max<std::size_t>(weight.size(), 1);
  const auto top = static_cast<double>(std::bit_floor(room));
  for (std::size_t i = 0; i < weight.size(); ++i) {
    quantized[i] = largest > 0 ? nearest(weight[i] / largest * top) : 0;
  }
  return largest > 0;
}

}  // namespace mta

#include "mta/models/decay_weights.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>

#include "mta/core/exp2.hpp"

namespace mta {
namespace {

std::int64_t whole_microseconds(Seconds time) noexcept {
  assert(time >= Seconds{0} && time.count() < 9e12);
  return std::llround(time.count() * 1e6);
}

}  // namespace

void decay_weights(std::span<const Seconds> age, Seconds half_life,
                   std::span<double> weight) noexcept {
  assert(age.size() == weight.size() && !age.empty());
  assert(half_life > Seconds{0});
  const Seconds youngest = *std::min_element(age.begin(), age.end());
  for (std::size_t i = 0; i < age.size(); ++i) {
    weight[i] = exp2_fixed(-((age[i] - youngest) / half_life));
  }
}

void decay_weights(std::span<const Seconds> age, Seconds half_life, Seconds step,
                   std::span<double> weight) noexcept {
  assert(age.size() == weight.size() && !age.empty());
  assert(half_life > Seconds{0});
  const std::int64_t size = whole_microseconds(step);
  assert(size > 0);
  for (std::size_t i = 0; i < age.size(); ++i) {
    weight[i] = static_cast<double>(whole_microseconds(age[i]) / size);
  }
  const double least = *std::min_element(weight.begin(), weight.end());
  for (double& steps : weight) steps = exp2_fixed(-((steps - least) * step / half_life));
}

}  // namespace mta

#include "mta/models/decay_weights.hpp"

#include <algorithm>
#include <cassert>

#include "mta/core/exp2.hpp"

namespace mta {

void decay_weights(std::span<const Seconds> age, Seconds half_life,
                   std::span<double> weight) noexcept {
  assert(age.size() == weight.size() && !age.empty());
  assert(half_life > Seconds{0});
  const Seconds youngest = *std::min_element(age.begin(), age.end());
  for (std::size_t i = 0; i < age.size(); ++i) {
    weight[i] = exp2_fixed(-((age[i] - youngest) / half_life));
  }
}

}  // namespace mta

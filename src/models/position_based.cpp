#include "mta/models/position_based.hpp"

#include <algorithm>

#include "models/weight_checks.hpp"

namespace mta {

PositionBased::PositionBased(const PositionBasedOptions& options) : options_(options) {
  check_weight("position_based", "first", options.first);
  check_weight("position_based", "middle", options.middle);
  check_weight("position_based", "last", options.last);
  if (options == PositionBasedOptions{0, 0, 0}) {
    throw Error(Errc::invalid_option,
                "position_based.first, middle and last must not all be 0, got 0, 0 and 0");
  }
}

void PositionBased::describe(OptionFields& fields, PositionBasedOptions& options) {
  fields.number("first", options.first);
  fields.number("middle", options.middle);
  fields.number("last", options.last);
}

void PositionBased::weigh(const Journey& /*journey*/, std::span<double> weight) const noexcept {
  const std::size_t n = weight.size();
  if (n == 1) {
    weight[0] = 1.0;
    return;
  }
  const bool halves = n == 2 && options_.first == 0 && options_.last == 0;
  weight.front() = halves ? 1.0 : options_.first;
  weight.back() = halves ? 1.0 : options_.last;
  if (n == 2) return;
  const std::span<double> between = weight.subspan(1, n - 2);
  std::fill(between.begin(), between.end(), options_.middle / static_cast<double>(n - 2));
}

}  // namespace mta

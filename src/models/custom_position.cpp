#include "mta/models/custom_position.hpp"

#include <algorithm>
#include <string>

#include "models/weight_checks.hpp"

namespace mta {
namespace {

void check_all(const char* field, const std::vector<double>& shares) {
  for (std::size_t i = 0; i < shares.size(); ++i) {
    check_weight("custom_position", field + ('[' + std::to_string(i) + ']'), shares[i]);
  }
}

bool all_zero(std::span<const double> shares) {
  return std::all_of(shares.begin(), shares.end(), [](double share) { return share == 0; });
}

}  // namespace

CustomPosition::CustomPosition(const CustomPositionOptions& options) : options_(options) {
  check_all("front", options.front);
  check_weight("custom_position", "middle", options.middle);
  check_all("back", options.back);
  if (all_zero(options.front) && options.middle == 0 && all_zero(options.back)) {
    throw Error(Errc::invalid_option,
                "custom_position.front, middle and back must not all be 0, got 0 everywhere");
  }
}

void CustomPosition::describe(OptionFields& fields, CustomPositionOptions& options) {
  fields.numbers("front", options.front);
  fields.number("middle", options.middle);
  fields.numbers("back", options.back);
}

void CustomPosition::weigh(const Journey& /*journey*/, std::span<double> weight) const noexcept {
  const std::size_t n = weight.size(), in_front = std::min(n, options_.front.size()),
                    in_back = std::min(n, options_.back.size());
  for (std::size_t i = 0; i < in_front; ++i) weight[i] += options_.front[i];
  for (std::size_t i = 1; i <= in_back; ++i) {
    weight[n - i] += options_.back[options_.back.size() - i];
  }
  if (in_front + in_back < n) {
    const std::span<double> between = weight.subspan(in_front, n - in_front - in_back);
    std::fill(between.begin(), between.end(),
              options_.middle / static_cast<double>(between.size()));
  }
  if (all_zero(weight)) std::fill(weight.begin(), weight.end(), 1.0);
}

}  // namespace mta

#pragma once
#include <limits>
#include <string>
#include <string_view>

#include "mta/core/error.hpp"

namespace mta {

/// Of an option that is a weight. @throws Error{Errc::invalid_option} where it is no finite number
/// >= 0, naming the model, the field and the value.
inline void check_weight(std::string_view model, std::string_view field, double weight) {
  if (weight >= 0 && weight <= std::numeric_limits<double>::max()) return;  // NaN falls through
  throw Error(Errc::invalid_option, std::string(model) + '.' + std::string(field) +
                                        " must be finite and >= 0, got " + std::to_string(weight));
}

}  // namespace mta

#include "mta/core/worth_total.hpp"

#include <cstdint>
#include <limits>
#include <string>

#include "mta/core/error.hpp"

namespace mta {

void WorthTotal::add(const Worth& worth) noexcept {
  const Wide conversions = worth.conversions.units;
  const Wide value = worth.value.units;
  conversions_ += conversions;
  value_ += value;
  conversions_size_ += conversions < 0 ? -conversions : conversions;
  value_size_ += value < 0 ? -value : value;
}

void WorthTotal::merge(const WorthTotal& other) noexcept {
  conversions_ += other.conversions_;
  value_ += other.value_;
  conversions_size_ += other.conversions_size_;
  value_size_ += other.value_size_;
}

Worth WorthTotal::checked(std::string_view what) const {
  constexpr Wide largest = std::numeric_limits<std::int64_t>::max();
  if (conversions_size_ > largest || value_size_ > largest) {
    throw Error(Errc::overflow, std::string(what) + ": the sum of |" +
                                    (value_size_ > largest ? "value" : "conversions") +
                                    "| exceeds 2^63 - 1 micro-units (9,223,372,036,854.775807)");
  }
  return {Micros{static_cast<std::int64_t>(conversions_)},
          Micros{static_cast<std::int64_t>(value_)}};
}

}  // namespace mta

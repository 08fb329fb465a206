#pragma once
#include <cassert>
#include <cstdint>

#include "mta/models/markov.hpp"

namespace mta {

/// Adds the ends of all journeys to a state, and their transitions. Returns all counts that it
/// reached, or-ed: each step adds less than 2^63, so a count that passes 2^63 shows its top bit
/// before it can wrap.
[[nodiscard]] std::uint64_t count_journeys(Markov::State& state, JourneysView journeys);

/// The same for journeys that convert alone: all others are left out.
[[nodiscard]] std::uint64_t count_converting(Markov::State& state, JourneysView journeys);

/// |amount|, which is below 2^64 for any.
[[nodiscard]] inline std::uint64_t size_of(Micros amount) noexcept {
  const auto bits = static_cast<std::uint64_t>(amount.units);
  return amount.units < 0 ? 0 - bits : bits;
}

/// How many journeys one stands for: a refund's stands for none.
[[nodiscard]] inline std::uint64_t count_of(const JourneyEnd& journey) noexcept {
  assert(journey.count.units >= 0);
  return journey.outcome == Outcome::refunded ? 0 : static_cast<std::uint64_t>(journey.count.units);
}

}  // namespace mta

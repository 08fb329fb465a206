#pragma once
#include <cstdint>

#include "mta/models/markov.hpp"

namespace mta {

/// Adds the ends of all journeys to a state, and their transitions. Returns all counts that it
/// reached, or-ed: each step adds less than 2^63, so a count that passes 2^63 shows its top bit
/// before it can wrap.
[[nodiscard]] std::uint64_t count_journeys(Markov::State& state, JourneysView journeys);

}  // namespace mta

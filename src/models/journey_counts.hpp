#pragma once
#include <cstdint>
#include <span>

#include "mta/models/markov.hpp"

namespace mta {

/// Adds the ends of all journeys to a state, and their transitions. Returns all counts that it
/// reached, or-ed: each step adds less than 2^63, so a count that passes 2^63 shows its top bit
/// before it can wrap.
[[nodiscard]] std::uint64_t count_journeys(Markov::State& state, JourneysView journeys);

/// The same for journeys that convert alone: all others are left out.
[[nodiscard]] std::uint64_t count_converting(Markov::State& state, JourneysView journeys);

/// The same for a state of grams: each journey in the part that its person belongs to, or its path
/// where there are no persons.
/// @param name_hashes  of the channels, so that parts do not depend on how channels are numbered;
///                     empty: their numbers stand for them
[[nodiscard]] std::uint64_t count_grams(Markov::State& state, JourneysView journeys, Nulls nulls,
                                        std::span<const std::uint64_t> name_hashes);

}  // namespace mta

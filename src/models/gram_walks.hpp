#pragma once
#include <cstdint>
#include <span>

#include "mta/models/markov.hpp"

namespace mta {

/// Adds journeys to a state of grams, each in the part that its person belongs to, or its path
/// where there are no persons. Returns all counts that it reached, or-ed, as `count_journeys` does.
/// @param name_hashes  of the channels, so that parts do not depend on how channels are numbered;
///                     empty: their numbers stand for them
[[nodiscard]] std::uint64_t count_grams(Markov::State& state, JourneysView journeys, Nulls nulls,
                                        std::span<const std::uint64_t> name_hashes);

}  // namespace mta

#pragma once
#include <cstdint>
#include <vector>

#include "mta/identity/sightings.hpp"

namespace mta {

/// The sightings by the time they were first seen, equal times by the keys of their identifiers,
/// the smallest first.
[[nodiscard]] std::vector<std::uint32_t> sightings_by_time(const Sightings& sightings);

}  // namespace mta

#pragma once
#include <cstdint>
#include <vector>

#include "mta/identity/person_map.hpp"

namespace mta {

/// The map of components that are known. @pre identifiers rise; person[i] is the place of the
/// smallest identifier of i's person
[[nodiscard]] PersonMap make_person_map(std::vector<PersonKey> identifiers,
                                        std::vector<std::uint32_t> person);

}  // namespace mta

#pragma once
#include "mta/models/registry.hpp"

namespace mta {

/// Adds the models that are another one with options of its own: common shapes by their names, and
/// what vendors' tools compute. docs/models/presets.md says which is which, and from what source.
void add_presets(Registry& registry);

}  // namespace mta

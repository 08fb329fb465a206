#pragma once
#include <nlohmann/json.hpp>

#include "mta/pipeline/spec.hpp"

namespace mta {

/// The object `identity` (docs/identity.md).
void read_identity(const nlohmann::json& given, Spec& spec);

}  // namespace mta

#pragma once
#include <vector>

#include "mta/ingest/source.hpp"
#include "mta/pipeline/run.hpp"

namespace mta {

/// Reads the sources given and those of the spec for a run of that spec.
[[nodiscard]] Events read_sources(Run& run, const Spec& spec, std::vector<Source> given,
                                  const ReadOptions& reading);

}  // namespace mta

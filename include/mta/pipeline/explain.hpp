#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/ingest/read_options.hpp"
#include "mta/ingest/source.hpp"
#include "mta/pipeline/run.hpp"
#include "mta/pipeline/spec.hpp"
#include "mta/report/explanation.hpp"

namespace mta {

/// Opens the sources given beside those of the spec: called twice.
using SourceOpener = std::function<std::vector<Source>()>;

struct ExplainOptions {
  /// Whose person is explained, written as in RunOptions::trail_of: "email:ann@example.com".
  std::string identifier = {};
  /// Another one, to which a chain of links shall be shown; empty: none.
  std::string other = {};
  std::size_t rows = 100;  ///< so many rows are kept, the earliest
};

/// Says why a person is one: reads all sources for who was seen with whom, and then again, on one
/// thread, for the rows that show the person's identifiers together.
///
///   Promises  depends on the rows and the rules alone, but for the places of the rows
///   Errors    @throws Error: as `run`, and invalid_option where no row has the identifier
///   Cost      reading all sources twice, and the memory of their events
[[nodiscard]] MTA_EXPORT Explanation explain(const Spec& spec, const SourceOpener& open,
                                             const ExplainOptions& options,
                                             const RunOptions& run_options = {},
                                             ReadOptions reading = {});

}  // namespace mta

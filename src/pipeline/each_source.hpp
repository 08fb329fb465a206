#pragma once
#include <utility>
#include <vector>

#include "mta/ingest/source.hpp"
#include "mta/pipeline/spec.hpp"

namespace mta {

/// Calls `visit(source, schema, what its rows are)` for the sources given, then for those of the
/// spec.
template <class Visit>
void for_each_source(const Spec& spec, std::vector<Source> given, Visit visit) {
  const Schema schema = schema_of(spec);
  for (Source& source : given) visit(std::move(source), schema, RowsAre::events);
  for (const SourceSpec& source : spec.sources) {
    const Schema own = schema_of(spec, source);
    for (const std::string& file : source.files) visit(Source::file(file), own, source.rows);
  }
}

}  // namespace mta

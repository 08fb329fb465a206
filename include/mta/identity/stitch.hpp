#pragma once
#include "mta/core/export.hpp"
#include "mta/identity/person_map.hpp"
#include "mta/ingest/events.hpp"

namespace mta {

/// Events under their persons' keys, in the buckets of these; dimensions, conversions and the
/// report stay as they are.
///
///   Promises  the result depends on the events and the set of links alone. Order of input is kept
///             from source to source and inside a bucket of a source; of rows that a source gave to
///             two buckets it is not known, and those of the lower bucket come first
///   Errors    @throws Error{Errc::overflow} where a source was read in 2^24 pieces or more
///   Cost      a look at the keys in the buckets of identifiers that are not their persons' keys.
///             Where these have few rows, as after a later merge, only the pages that hold such a
///             row are written anew; else all are, and a part's old ones are freed when it is done
[[nodiscard]] MTA_EXPORT Events stitch(Events events, const PersonMap& persons);

}  // namespace mta

#pragma once
#include "mta/core/export.hpp"
#include "mta/ingest/ingest_report.hpp"
#include "mta/ingest/read_options.hpp"
#include "mta/ingest/schema.hpp"
#include "mta/ingest/source.hpp"

namespace mta {

/// Reads a link file: rows of identifiers that belong together, and are no events. What they say
/// goes to `options.persons`.
///
///   Columns   the schema's identifiers, any of which a row may lack; and a time, where the schema
///             names one or the file has one by a usual name: without one, links hold from ever
///   Promises  the same for any number of threads and any block size
///   Returns   how many rows there were, and those rejected: without any identifier, or with a time
///             that is none; the others count as events
///   Errors    @throws Error: as `read`, and invalid_option where there are no identifiers or
///   persons Cost      one pass
[[nodiscard]] MTA_EXPORT IngestReport read_links(Source source, const Schema& schema,
                                                 const ReadOptions& options);

}  // namespace mta

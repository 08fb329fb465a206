#pragma once
#include "mta/core/export.hpp"
#include "mta/ingest/events.hpp"
#include "mta/ingest/read_options.hpp"
#include "mta/ingest/schema.hpp"
#include "mta/ingest/source.hpp"

namespace mta {

/// Reads a source into `events`, whose layout must be `layout_of(schema)`.
///
///   Promises  every row is an event or a counted reject; the events are the same for any number of
///             threads and any block size
///   Errors    @throws Error: missing_column, unreadable_input, too_many_rejects, invalid_option,
///             cancelled; `events` is then to be thrown away
///   Cost      one pass; at most `threads + 2` blocks in memory beside the events
MTA_EXPORT void read(Events& events, Source source, const Schema& schema,
                     const ReadOptions& options = {});

/// The layout that a schema's dimensions and conversion ids ask for.
[[nodiscard]] MTA_EXPORT EventLayout layout_of(const Schema& schema);

}  // namespace mta

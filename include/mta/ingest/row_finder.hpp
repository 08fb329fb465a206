#pragma once
#include <cstdint>
#include <functional>
#include <string_view>

#include "mta/core/export.hpp"
#include "mta/ingest/read_options.hpp"
#include "mta/ingest/schema.hpp"
#include "mta/ingest/source.hpp"

namespace mta {

/// Told of a row: its source, the line on which it begins, and the row as it stands there.
using RowVisitor =
    std::function<void(std::string_view source, std::uint64_t line, std::string_view row)>;

/// Reads a source for the rows with identifiers to which `options.persons` gives a visitor: those
/// of them that `read`, or of links `read_links`, would take. Nothing is kept of them, and rows
/// that are rejected are not told of.
///
///   Promises  `found` gets rows in order of input, from one thread at a time; on one thread each
///             comes after RowPersons::keep of that row, in the same order
///   Errors    @throws Error: as `read` and `read_links`, but never too_many_rejects;
///   invalid_option
///             where there are no identifiers or persons
///   Cost      that of `read`
MTA_EXPORT void find_rows(Source source, const Schema& schema, RowsAre rows,
                          const ReadOptions& options, const RowVisitor& found);

}  // namespace mta

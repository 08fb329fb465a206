#pragma once
#include <memory>
#include <span>

#include "ingest/block_parser.hpp"
#include "ingest/block_reader.hpp"
#include "ingest/reject_log.hpp"
#include "mta/ingest/read_options.hpp"

namespace mta {

/// Reads all blocks, one worker a parser. Workers take turns at reading and parse side by side;
/// what they found is booked in order of input.
///
///   Memory  one block more than there are workers, and a row that is carried over
///   Errors  the first in order of input; Errc::cancelled where a stop was requested
void read_blocks(BlockReader& reader, const ByteStream& stream,
                 std::span<const std::unique_ptr<BlockParser>> parsers, RejectLog& log,
                 const ReadControl& control);

}  // namespace mta

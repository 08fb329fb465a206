#pragma once
#include <memory>

#include "ingest/byte_input.hpp"

namespace mta {

/// Reads an input on a thread of its own, some buffers ahead of whoever asks: a stream is
/// decompressed while the rows before are parsed.
///
///   Promises  the same bytes; an error of the input is thrown by the read that comes upon it, and
///             by all after it; the thread starts with the first read and ends with the object
///   Requires  an input that does not wait for others (a file, not a pipe): the end of the object
///             waits for a read that has begun
///   Memory    three buffers of 1 MiB
[[nodiscard]] std::unique_ptr<ByteInput> read_ahead(std::unique_ptr<ByteInput> input);

}  // namespace mta

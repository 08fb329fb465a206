#pragma once
#include <cstdint>
#include <string>

#include "ingest/block.hpp"
#include "ingest/byte_stream.hpp"
#include "ingest/record_scan.hpp"

namespace mta {

/// Cuts a stream into blocks of whole rows. A row that a block breaks off is carried over to the
/// next one; a row beyond `longest_row` is cut, and the rest of it left out.
///
///   Memory  the block given; it grows to hold one row, to at most longest_row + one block
class BlockReader {
 public:
  struct Sizes {
    std::size_t block, longest_row;
  };
  BlockReader(ByteStream& stream, const RecordScan& scan, Sizes sizes)
      : stream_(stream), scan_(scan), sizes_(sizes) {}

  /// Fills a block; its old content goes. False at the end of the input.
  [[nodiscard]] bool next(Block& block);

 private:
  void fill(Block& block);
  void cut(Block& block);
  void leave_out_rest(RecordEnd& record, std::uint64_t& lines);

  ByteStream& stream_;
  RecordScan scan_;
  Sizes sizes_;
  std::string carry_;
  std::uint64_t number_ = 0;
  bool ended_ = false;
};

}  // namespace mta

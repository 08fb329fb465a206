#pragma once
#include <cstdint>
#include <string_view>

#include "ingest/block.hpp"
#include "ingest/row_sink.hpp"

namespace mta {

/// Makes rows of the bytes of a block, in one format. One a worker.
class BlockParser {
 public:
  explicit BlockParser(RowSink& sink) : sink_(sink) {}
  BlockParser(const BlockParser&) = delete;
  BlockParser& operator=(const BlockParser&) = delete;
  virtual ~BlockParser();

  /// Hands every row to the sink; fills in the block's rows, lines and rejects.
  void parse(Block& block);

 protected:
  /// Returns the newlines of the block's text: whoever finds the rows has seen them.
  [[nodiscard]] virtual std::uint64_t parse_rows(Block& block) = 0;

  /// Counts one row; `reason` where it was rejected.
  void count_row() noexcept { ++block_->rows; }
  void reject_row(const char* begin, const char* end, RejectReason reason);

 private:
  RowSink& sink_;
  Block* block_ = nullptr;
  // Rejects are few: the newlines before them are counted from one to the next.
  const char* counted_ = nullptr;
  std::uint64_t lines_ = 0;  // before `counted_`
};

}  // namespace mta

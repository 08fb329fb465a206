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
  virtual void parse_rows(Block& block) = 0;

  /// Counts one row; `reason` where it was rejected.
  void count_row() noexcept { ++block_->rows; }
  void reject_row(const char* begin, const char* end, RejectReason reason);
  /// Whether all bytes of the block are ASCII and none is NUL: then all texts are valid.
  [[nodiscard]] bool is_plain() const noexcept { return is_plain_; }

 private:
  RowSink& sink_;
  Block* block_ = nullptr;
  const char* counted_ = nullptr;  // newlines before here are in block_->lines
  bool is_plain_ = false;
};

}  // namespace mta

#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "ingest/block.hpp"
#include "ingest/row_batch.hpp"
#include "ingest/row_sink.hpp"

namespace mta {

/// Makes rows of the bytes of a block, in one format. One a worker.
class BlockParser {
 public:
  /// @param slots  texts of a row
  BlockParser(RowSink& sink, std::size_t slots) : sink_(sink), batch_(slots) {}
  BlockParser(const BlockParser&) = delete;
  BlockParser& operator=(const BlockParser&) = delete;
  virtual ~BlockParser();

  /// Hands every row to the sink; fills in the block's rows, lines and rejects.
  void parse(Block& block);

 protected:
  /// Returns the newlines of the block's text: whoever finds the rows has seen them.
  [[nodiscard]] virtual std::uint64_t parse_rows(Block& block) = 0;

  /// Rows wait here to be handed on together; those that are handed on or rejected by themselves
  /// come after them.
  [[nodiscard]] RowBatch& batch() noexcept { return batch_; }
  /// Hands on the rows of the batch.
  void take_batch();
  /// The row of the batch that comes next, to be filled in before it is added.
  [[nodiscard]] RowBatch::Draft draft_row() {
    if (batch_.is_full()) take_batch();
    return batch_.draft();
  }
  /// Adds a row to the batch by the places of its texts.
  void hold_row(TextPlace row, std::span<const TextPlace> slots) {
    if (batch_.is_full()) take_batch();
    batch_.add(row, slots);
  }
  void take_row(std::string_view row, std::span<const std::string_view> slots);
  void reject_row(std::string_view row, RejectReason reason);

 private:
  void book_reject(std::string_view row, std::uint64_t number, RejectReason reason);

  RowSink& sink_;
  RowBatch batch_;
  std::vector<RowReject> rejected_;  // of the batch
  Block* block_ = nullptr;
  // Rejects are few: the newlines before them are counted from one to the next.
  const char* counted_ = nullptr;
  std::uint64_t lines_ = 0;  // before `counted_`
};

}  // namespace mta

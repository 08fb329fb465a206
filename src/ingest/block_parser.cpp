#include "ingest/block_parser.hpp"

#include <algorithm>

#include "ingest/text_check.hpp"
#include "mta/ingest/row_persons.hpp"

namespace mta {

RowPersons::~RowPersons() = default;
BlockParser::~BlockParser() = default;

void BlockParser::parse(Block& block) {
  block_ = &block;
  counted_ = block.bytes.get();
  lines_ = 0;
  batch_.clear();
  sink_.begin_block(block.number);
  if (block.cut) {
    const std::string_view text = block.text();
    reject_row(text, RejectReason::row_too_long);
    block.lines = count_newlines(text.data(), text.data() + text.size()) + block.lines_left_out;
  } else {
    block.lines = parse_rows(block);
  }
}

void BlockParser::take_batch() {
  if (batch_.size() == 0) return;
  rejected_.clear();
  sink_.add_rows(batch_, rejected_);
  for (const RowReject& reject : rejected_) {
    book_reject(batch_.row(reject.row), block_->rows + reject.row + 1, reject.reason);
  }
  block_->rows += batch_.size();
  batch_.clear();
}

void BlockParser::take_row(std::string_view row, std::span<const std::string_view> slots) {
  take_batch();
  const std::uint64_t number = ++block_->rows;
  const std::optional<RejectReason> reason = sink_.add(slots);
  if (reason) book_reject(row, number, *reason);
}

void BlockParser::reject_row(std::string_view row, RejectReason reason) {
  take_batch();
  book_reject(row, ++block_->rows, reason);
}

void BlockParser::book_reject(std::string_view row, std::uint64_t number, RejectReason reason) {
  lines_ += count_newlines(counted_, row.data());
  counted_ = row.data();
  block_->rejects.push_back({static_cast<std::uint32_t>(row.data() - block_->bytes.get()),
                             static_cast<std::uint32_t>(row.size()),
                             static_cast<std::uint32_t>(lines_), static_cast<std::uint32_t>(number),
                             reason});
}

}  // namespace mta

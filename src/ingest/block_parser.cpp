#include "ingest/block_parser.hpp"

#include <algorithm>

#include "ingest/text_check.hpp"
#include "mta/ingest/row_persons.hpp"

namespace mta {

RowSink::~RowSink() = default;
RowPersons::~RowPersons() = default;
BlockParser::~BlockParser() = default;

void BlockParser::parse(Block& block) {
  block_ = &block;
  counted_ = block.bytes.get();
  lines_ = 0;
  sink_.begin_block(block.number);
  if (block.cut) {
    const char* const end = counted_ + block.size;
    count_row();
    reject_row(counted_, end, RejectReason::row_too_long);
    block.lines = count_newlines(counted_, end) + block.lines_left_out;
  } else {
    block.lines = parse_rows(block);
  }
}

void BlockParser::reject_row(const char* begin, const char* end, RejectReason reason) {
  lines_ += count_newlines(counted_, begin);
  counted_ = begin;
  const char* const start = block_->bytes.get();
  block_->rejects.push_back(
      {static_cast<std::uint32_t>(begin - start), static_cast<std::uint32_t>(end - begin),
       static_cast<std::uint32_t>(lines_), static_cast<std::uint32_t>(block_->rows), reason});
}

}  // namespace mta

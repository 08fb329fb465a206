#include "ingest/block_reader.hpp"

#include <algorithm>
#include <cstring>

namespace mta {
namespace {

/// Makes room, keeping the content.
void reserve(Block& block, std::size_t capacity) {
  auto bytes = std::make_unique_for_overwrite<char[]>(capacity + Block::padding);
  if (block.size != 0) std::memcpy(bytes.get(), block.bytes.get(), block.size);
  block.bytes = std::move(bytes);
  block.capacity = capacity;
}

void begin(Block& block, std::uint64_t number) {
  block.size = 0;
  block.number = number;
  block.cut = false;
  block.lines_left_out = block.rows = block.lines = 0;
  block.rejects.clear();
}

}  // namespace

bool BlockReader::next(Block& block) {
  begin(block, number_);
  const std::size_t wanted = std::max(sizes_.block, carry_.size() + sizes_.block / 2);
  // A buffer that one long row has blown up is not kept.
  if (block.capacity < wanted || block.capacity / 2 > wanted) reserve(block, wanted);
  if (!carry_.empty()) std::memcpy(block.bytes.get(), carry_.data(), carry_.size());
  block.size = carry_.size();
  carry_.clear();
  fill(block);
  if (block.size == 0) return false;
  std::memset(block.bytes.get() + block.size, '\n', Block::padding);
  ++number_;
  return true;
}

void BlockReader::fill(Block& block) {
  for (;;) {
    if (!ended_) {
      const std::size_t room = block.capacity - block.size;
      const std::size_t count = stream_.read(block.bytes.get() + block.size, room);
      ended_ = count < room;
      block.size += count;
    }
    if (ended_) return;  // the last row may lack its newline
    const std::size_t whole = scan_.whole_records(block.text());
    if (whole != 0) {
      carry_.assign(block.text().substr(whole));
      block.size = whole;
      return;
    }
    if (block.size > sizes_.longest_row + 2) {  // beyond it even without a CRLF at its end
      cut(block);
      return;
    }
    reserve(block, std::min(block.capacity * 2, sizes_.longest_row + sizes_.block + 2));
  }
}

void BlockReader::cut(Block& block) {
  RecordEnd record(scan_);
  (void)record.find(block.text());  // none in here: brings the state to where the block ends
  block.cut = true;
  leave_out_rest(record, block.lines_left_out);
  block.lines_left_out += static_cast<std::uint64_t>(
      std::count(block.bytes.get() + sizes_.longest_row, block.bytes.get() + block.size, '\n'));
  block.size = sizes_.longest_row;
}

void BlockReader::leave_out_rest(RecordEnd& record, std::uint64_t& lines) {
  std::string piece(sizes_.block, '\0');
  while (!ended_) {
    const std::size_t count = stream_.read(piece.data(), piece.size());
    ended_ = count < piece.size();
    const std::string_view text(piece.data(), count);
    const std::optional<std::size_t> end = record.find(text);
    const std::string_view left_out = text.substr(0, end.value_or(count));
    lines += static_cast<std::uint64_t>(std::count(left_out.begin(), left_out.end(), '\n'));
    if (end) {
      carry_.assign(text.substr(*end));
      return;
    }
  }
}

}  // namespace mta

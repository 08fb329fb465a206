#pragma once
#include <algorithm>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/block_parser.hpp"
#include "ingest/column_plan.hpp"
#include "ingest/json_line.hpp"
#include "ingest/json_scan.hpp"
#include "ingest/json_shape.hpp"
#include "ingest/label_cache.hpp"
#include "ingest/text_check.hpp"
#include "simd/line_index.hpp"

namespace mta {

/// One JSON object a line (docs/formats/ndjson.md): all but what the rows are handed to. Lines of a
/// shape that was seen before are read by it (JsonShape), all others by JsonLine.
class NdjsonRows : public BlockParser {
 public:
  NdjsonRows(const ColumnNames& names, const ColumnPlan& plan, RowSink& sink);

  /// Whether any row so far had the key of a slot.
  [[nodiscard]] bool has_seen(std::size_t slot) const noexcept { return seen_[slot] != 0; }

 protected:
  /// What is known of a line before it is read.
  enum class Line {
    any,
    unmarked,  ///< neither a backslash nor a control character is in it
  };
  /// Fills the slots from one line, or says why not.
  [[nodiscard]] std::optional<RejectReason> fill_slots(const char* begin, const char* end,
                                                       Line known);
  /// Fills the slots from an unmarked line whose shape is known; else false.
  [[nodiscard]] bool fill_by_shape(const QuotedLine& line) noexcept {
    return shapes_.read(line, slots_);
  }
  [[nodiscard]] std::span<const std::string_view> slots() const noexcept { return slots_; }

 private:
  [[nodiscard]] std::span<const std::size_t> slots_of(std::string_view key, std::size_t place);
  [[nodiscard]] std::span<const std::size_t> slots_of(std::string_view key) noexcept;
  void check_unmapped(std::string_view key) const;

  const ColumnNames& names_;
  const ColumnPlan& plan_;
  JsonLine line_;
  JsonShapes shapes_;

  Dictionary keys_;
  LabelCache key_cache_;
  std::vector<std::vector<std::size_t>> slots_by_key_;  // by code
  struct Guess {
    std::string key;
    std::span<const std::size_t> slots;
  };
  std::vector<Guess> guesses_;  // what key stood at each place of the objects before

  std::vector<std::string_view> slots_;
  std::vector<char> filled_, seen_;  // by slot: in this row, in any row
};

template <typename Sink>
class NdjsonParser final : public NdjsonRows {
 public:
  NdjsonParser(const ColumnNames& names, const ColumnPlan& plan, std::size_t longest_row,
               Sink& sink)
      : NdjsonRows(names, plan, sink), sink_(sink), longest_row_(longest_row) {}

 private:
  std::uint64_t parse_rows(Block& block) override {
    const char* at = block.bytes.get();
    end_ = at + block.size;
    lines_ = 0;
    while (at < end_) {
      // The newline behind the text ends a last line that lacks its own.
      const auto left = static_cast<std::size_t>(end_ - at) + 1;
      const std::size_t size = std::min(left, simd::LineIndex::largest_text);
      index_.build({at, size});
      at = index_.behind_newlines().empty() ? take_long_line(at) : take_indexed(at);
    }
    return lines_ - static_cast<std::uint64_t>(at - end_);
  }

  /// Takes the lines that end within the index of `text`; returns where the next one begins.
  const char* take_indexed(const char* text) {
    std::uint32_t begin = 0;
    for (const std::uint32_t behind : index_.behind_newlines()) {
      if (text + begin >= end_) break;  // that is the newline behind the text
      std::uint32_t end = behind - 1;
      if (begin != end && text[end - 1] == '\r') --end;
      ++lines_;
      take_line({text, begin, end, &index_.quotes()});
      begin = behind;
    }
    return text + begin;
  }

  void take_line(const QuotedLine& line) {
    const char* const begin = line.text + line.begin;
    const char* const end = line.text + line.end;
    const bool is_unmarked = begin != end && !index_.escapes().any(line.begin, line.end);
    if (is_unmarked && static_cast<std::size_t>(end - begin) <= longest_row_ &&
        (index_.is_plain() || is_valid_text({begin, end})) && fill_by_shape(line)) {
      count_row();
      const std::optional<RejectReason> reason = sink_.add(slots());
      if (reason) reject_row(begin, end, *reason);
    } else {
      take_exactly(begin, end, is_unmarked ? Line::unmarked : Line::any);
    }
  }

  /// Takes a line that is longer than an index.
  const char* take_long_line(const char* begin) {
    const auto* const stop = static_cast<const char*>(
        std::memchr(begin, '\n', static_cast<std::size_t>(end_ - begin) + 1));
    ++lines_;
    take_exactly(begin, stop[-1] == '\r' ? stop - 1 : stop, Line::any);
    return stop + 1;
  }

  void take_exactly(const char* begin, const char* end, Line known) {
    if (json::skip_spaces(begin, end) == end) return;  // a blank line
    count_row();
    if (static_cast<std::size_t>(end - begin) > longest_row_) {
      reject_row(begin, begin + longest_row_, RejectReason::row_too_long);
      return;
    }
    std::optional<RejectReason> reason = fill_slots(begin, end, known);
    if (!reason) reason = sink_.add(slots());
    if (reason) reject_row(begin, end, *reason);
  }

  Sink& sink_;
  std::size_t longest_row_;
  simd::LineIndex index_;
  const char* end_ = nullptr;  // of the block
  std::uint64_t lines_ = 0;    // newlines behind us
};

/// @throws Error{Errc::missing_column} where no row had a key that the sample did not show either.
void check_pending_keys(const ColumnNames& names, const ColumnPlan& plan,
                        std::span<const std::unique_ptr<BlockParser>> parsers);

}  // namespace mta

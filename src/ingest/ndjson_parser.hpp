#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/block_parser.hpp"
#include "ingest/column_plan.hpp"
#include "ingest/json_line.hpp"
#include "ingest/json_shape.hpp"
#include "ingest/label_cache.hpp"
#include "simd/line_index.hpp"

namespace mta {

/// One JSON object a line (docs/formats/ndjson.md). Lines of a shape that was seen before are read
/// by it (JsonShapes), all others by JsonLine.
class NdjsonParser final : public BlockParser {
 public:
  NdjsonParser(const ColumnNames& names, const ColumnPlan& plan, std::size_t longest_row,
               RowSink& sink);

  /// Whether any row so far had the key of a slot.
  [[nodiscard]] bool has_seen(std::size_t slot) const noexcept { return seen_[slot] != 0; }

 private:
  /// What is known of a line before it is read.
  enum class Line {
    any,
    unmarked,  ///< neither a backslash nor a control character is in it
  };
  std::uint64_t parse_rows(Block& block) override;
  const char* take_indexed(const char* text);
  /// Bytes [first, last) of the text that begins there.
  void take_line(const char* begin, std::uint32_t first, std::uint32_t last);
  const char* take_long_line(const char* begin);
  void take_exactly(std::string_view line, Line known);
  /// Fills the slots from one line, or says why not.
  [[nodiscard]] std::optional<RejectReason> fill_slots(std::string_view line, Line known);
  [[nodiscard]] std::span<const std::size_t> slots_of(std::string_view key, std::size_t place);
  [[nodiscard]] std::span<const std::size_t> slots_of(std::string_view key) noexcept;
  void check_unmapped(std::string_view key) const;

  const ColumnNames& names_;
  const ColumnPlan& plan_;
  std::size_t longest_row_;
  simd::LineIndex index_;
  JsonLine line_;
  JsonShapes shapes_;
  const char* end_ = nullptr;  // of the block
  std::uint64_t lines_ = 0;    // newlines behind us

  Dictionary keys_;
  LabelCache key_cache_;
  std::vector<std::vector<std::size_t>> slots_by_key_;  // by code
  struct Guess {
    std::string key;
    std::span<const std::size_t> slots;
  };
  std::vector<Guess> guesses_;  // what key stood at each place of the objects before

  std::vector<std::string_view> slots_;  // of a line of no known shape
  std::vector<char> filled_, seen_;      // by slot: in this row, in any row
};

/// @throws Error{Errc::missing_column} where no row had a key that the sample did not show either.
void check_pending_keys(const ColumnNames& names, const ColumnPlan& plan,
                        std::span<const std::unique_ptr<BlockParser>> parsers);

}  // namespace mta

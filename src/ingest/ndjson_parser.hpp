#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/block_parser.hpp"
#include "ingest/column_plan.hpp"
#include "ingest/json_line.hpp"
#include "ingest/label_cache.hpp"

namespace mta {

/// One JSON object a line (docs/formats/ndjson.md).
class NdjsonParser final : public BlockParser {
 public:
  NdjsonParser(const ColumnNames& names, const ColumnPlan& plan, std::size_t longest_row,
               RowSink& sink);

  /// Whether any row so far had the key of a slot.
  [[nodiscard]] bool has_seen(std::size_t slot) const noexcept { return seen_[slot] != 0; }

 private:
  void parse_rows(Block& block) override;
  void take_line(const char* begin, const char* end);
  [[nodiscard]] std::optional<RejectReason> take_object(const char* begin, const char* end);
  [[nodiscard]] std::span<const std::size_t> slots_of(std::string_view key, std::size_t place);
  void check_unmapped(std::string_view key) const;

  const ColumnNames& names_;
  const ColumnPlan& plan_;
  std::size_t longest_row_;
  JsonLine line_;

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

/// @throws Error{Errc::missing_column} where no row had a key that the sample did not show either.
void check_pending_keys(const ColumnNames& names, const ColumnPlan& plan,
                        std::span<const std::unique_ptr<BlockParser>> parsers);

}  // namespace mta

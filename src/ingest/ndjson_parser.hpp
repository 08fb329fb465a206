#pragma once
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
#include "ingest/label_cache.hpp"

namespace mta {

/// One JSON object a line (docs/formats/ndjson.md): all but what the rows are handed to.
class NdjsonRows : public BlockParser {
 public:
  NdjsonRows(const ColumnNames& names, const ColumnPlan& plan, RowSink& sink);

  /// Whether any row so far had the key of a slot.
  [[nodiscard]] bool has_seen(std::size_t slot) const noexcept { return seen_[slot] != 0; }

 protected:
  /// Fills the slots from one line, or says why not.
  [[nodiscard]] std::optional<RejectReason> fill_slots(const char* begin, const char* end);
  [[nodiscard]] std::span<const std::string_view> slots() const noexcept { return slots_; }

 private:
  [[nodiscard]] std::span<const std::size_t> slots_of(std::string_view key, std::size_t place);
  void check_unmapped(std::string_view key) const;

  const ColumnNames& names_;
  const ColumnPlan& plan_;
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

template <typename Sink>
class NdjsonParser final : public NdjsonRows {
 public:
  NdjsonParser(const ColumnNames& names, const ColumnPlan& plan, std::size_t longest_row,
               Sink& sink)
      : NdjsonRows(names, plan, sink), sink_(sink), longest_row_(longest_row) {}

 private:
  void parse_rows(Block& block) override {
    const char* at = block.bytes.get();
    const char* const end = at + block.size;
    while (at < end) {
      const void* const found = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
      const char* const stop = found == nullptr ? end : static_cast<const char*>(found);
      if (json::skip_spaces(at, stop) != stop) take_line(at, stop);
      at = stop + 1;
    }
  }

  void take_line(const char* begin, const char* end) {
    count_row();
    if (end[-1] == '\r') --end;
    if (static_cast<std::size_t>(end - begin) > longest_row_) {
      reject_row(begin, begin + longest_row_, RejectReason::row_too_long);
      return;
    }
    std::optional<RejectReason> reason = fill_slots(begin, end);
    if (!reason) reason = sink_.add(slots());
    if (reason) reject_row(begin, end, *reason);
  }

  Sink& sink_;
  std::size_t longest_row_;
};

/// @throws Error{Errc::missing_column} where no row had a key that the sample did not show either.
void check_pending_keys(const ColumnNames& names, const ColumnPlan& plan,
                        std::span<const std::unique_ptr<BlockParser>> parsers);

}  // namespace mta

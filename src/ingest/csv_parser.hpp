#pragma once
#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "ingest/block_parser.hpp"
#include "ingest/column_plan.hpp"
#include "ingest/csv_record.hpp"
#include "ingest/text_check.hpp"

namespace mta {

struct CsvShape {
  char delimiter;
  std::size_t width;  ///< fields of the header
  std::size_t longest_row;
};

/// CSV and TSV, as RFC 4180 has it (docs/formats/csv.md). The sink's type is known here: a virtual
/// call for each row costs as much as parsing its time.
template <typename Sink>
class CsvParser final : public BlockParser {
 public:
  CsvParser(const CsvShape& shape, const ColumnPlan& plan, Sink& sink)
      : BlockParser(sink),
        sink_(sink),
        shape_(shape),
        columns_(plan.columns),
        record_(shape.delimiter, shape.width),
        slots_(columns_.size()) {
    for (const std::size_t column : columns_) reach_ = std::max(reach_, column + 1);
  }

 private:
  void parse_rows(Block& block) override {
    const char* at = block.bytes.get();
    const char* const end = at + block.size;
    record_.start(at, end);
    while (at < end) {
      const char* const begin = at;
      at = record_.split(begin);
      if (!record_.is_blank_line()) take_row(begin);
    }
  }

  void take_row(const char* begin) {
    count_row();
    if (static_cast<std::size_t>(record_.end() - begin) > shape_.longest_row) {
      reject_row(begin, begin + shape_.longest_row, RejectReason::row_too_long);
      return;
    }
    const std::optional<RejectReason> reason = take_fields();
    if (reason) reject_row(begin, record_.end(), *reason);
  }

  [[nodiscard]] std::optional<RejectReason> take_fields() {
    if (record_.status() == CsvRecord::Status::malformed) return RejectReason::malformed_row;
    if (record_.fields() > shape_.width || record_.fields() < reach_) {
      return RejectReason::wrong_width;
    }
    for (std::size_t i = 0; i < slots_.size(); ++i) slots_[i] = record_.text(columns_[i]);
    if (!is_plain() && !std::all_of(slots_.begin(), slots_.end(), is_valid_text)) {
      return RejectReason::invalid_utf8;
    }
    return sink_.add(slots_);
  }

  Sink& sink_;
  CsvShape shape_;
  std::vector<std::size_t> columns_;  // by slot
  std::size_t reach_ = 0;             // fields that a row must have
  CsvRecord record_;
  std::vector<std::string_view> slots_;
};

}  // namespace mta

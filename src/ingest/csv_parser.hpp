#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "ingest/block_parser.hpp"
#include "ingest/column_plan.hpp"
#include "ingest/csv_record.hpp"
#include "simd/stop_index.hpp"

namespace mta {

struct CsvShape {
  char delimiter;
  std::size_t width;  ///< fields of the header
  std::size_t longest_row;
};

/// CSV and TSV, as RFC 4180 has it (docs/formats/csv.md). Rows are walked over by an index of their
/// stops, those with quotes by CsvRecord; a row that is malformed, or longer than an index, is
/// split byte by byte.
class CsvParser final : public BlockParser {
 public:
  CsvParser(const CsvShape& shape, const ColumnPlan& plan, RowSink& sink);

 private:
  /// Where the batch has the places of rows from.
  enum class Places {
    of_index,  ///< rows of plain ASCII without quotes: nothing is copied
    own,
  };
  enum class Found { by_index, exactly };

  std::uint64_t parse_rows(Block& block) override;
  const char* take_indexed(const char* text);
  [[nodiscard]] Places choose_places(const char* text) const noexcept;
  const char* walk(const char* text, Places places);
  std::size_t hold_usual(const char* text, std::size_t before,
                         std::span<const std::uint32_t> newlines);
  [[nodiscard]] bool hold_indexed(const char* text, std::size_t before, TextPlace row,
                                  std::size_t fields);
  [[nodiscard]] std::size_t last_stop(std::size_t before, std::uint32_t next) const noexcept;
  [[nodiscard]] std::size_t take_quoted(const char* text, std::size_t before);
  void take_unquoted(const char* text, const std::uint32_t* behind, std::size_t fields,
                     Places places);
  const char* take_exactly(const char* begin);
  void take_record(const char* text, const char* begin, Found found);
  [[nodiscard]] std::optional<RejectReason> take_fields(const char* text, std::string_view row,
                                                        Found found);
  [[nodiscard]] bool has_width(std::size_t fields) const noexcept {
    return fields <= shape_.width && fields >= reach_;
  }
  [[nodiscard]] bool are_held_valid(const char* text) const;

  CsvShape shape_;
  std::vector<std::size_t> columns_;  // by slot
  std::size_t reach_ = 0;             // fields that a row must have
  bool is_last_mapped_ = false;       // of the header's
  simd::StopIndex index_;
  CsvRecord record_;
  std::vector<std::string_view> slots_;
  std::vector<TextPlace> held_;  // where they stand
  const char* end_ = nullptr;    // of the block
  const char* next_ = nullptr;   // behind a row with quotes
  std::uint64_t lines_ = 0;      // newlines behind us
};

}  // namespace mta

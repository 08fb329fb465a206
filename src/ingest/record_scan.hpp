#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace mta {

/// How the records of a text are delimited.
enum class RecordSyntax : std::uint8_t {
  line,         ///< every newline ends a record
  quoted_line,  ///< every newline outside quotes does (RFC 4180)
};

/// Where records end. Reader of rows and splitter of blocks must agree on this automaton: a quote
/// opens only as the first byte of a field; inside quotes two of them are one, and a single one
/// closes; whatever follows it up to the next delimiter or newline is outside quotes.
struct RecordScan {
  RecordSyntax syntax = RecordSyntax::line;
  char delimiter = ',';

  /// Length of the longest prefix of whole records, each with its newline. `text` begins a record.
  [[nodiscard]] std::size_t whole_records(std::string_view text) const noexcept;
  /// Length of the first record with its newline, or nothing where the text holds no end of it.
  [[nodiscard]] std::optional<std::size_t> first_record(std::string_view text) const noexcept;
};

/// Finds the end of one record that comes in pieces.
class RecordEnd {
 public:
  explicit RecordEnd(const RecordScan& scan) noexcept : scan_(scan) {}
  /// The place after the record's newline, or nothing: then the piece is used up.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view piece) noexcept;

 private:
  enum class State : std::uint8_t { field_begin, unquoted, quoted, quote_in_quotes };
  [[nodiscard]] State next(State state, char c) const noexcept;

  RecordScan scan_;
  State state_ = State::field_begin;
};

}  // namespace mta

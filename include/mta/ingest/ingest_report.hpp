#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"

namespace mta {

/// Why a row was rejected. A row has one reason: the first of these that holds, but a row that is too
/// long is not looked into, and a line of NDJSON that is not UTF-8 is no JSON (docs/formats/csv.md).
enum class RejectReason : std::uint8_t {
  malformed_row,    ///< quotes that never close, text after a closing quote, broken JSON, no object
  wrong_width,      ///< more fields than the header, or too few to reach a mapped column
  row_too_long,     ///< a row beyond ReadOptions::longest_row
  invalid_utf8,     ///< in a mapped field
  empty_visitor,
  invalid_time,     ///< empty, unparsable, or outside the years 0000 to 9999
  invalid_value,    ///< no decimal number
  value_not_finite, ///< NaN or infinity
  value_overflow,   ///< beyond 2^63 - 1 micro-units
  negative_count,   ///< path tables: conversions or nulls below zero
  value_without_conversions,  ///< path tables: value on a row with no conversions
};
inline constexpr std::size_t reject_reasons = 11;
/// "invalid_time": the reason as reports spell it.
[[nodiscard]] MTA_EXPORT std::string_view name_of(RejectReason reason) noexcept;

/// A rejected row, kept as an example.
struct RejectExample {
  std::string source;      ///< the name of the file, as the caller gave it
  std::uint64_t line = 0;  ///< of the row's first line, from 1, the header counted
  RejectReason reason{};
  std::string row;         ///< as it stands in the input, cut after 200 bytes
};

/// A column that was chosen for a role.
struct ColumnChoice {
  std::string role;    ///< "visitor", "time", "event", "channel", "value", ...
  std::string column;
  bool recognised = false;  ///< chosen by its usual name rather than by the schema
  friend bool operator==(const ColumnChoice&, const ColumnChoice&) = default;
};

/// What became of the rows of the input: rows == events + rejected, always.
struct MTA_EXPORT IngestReport {
  static constexpr std::size_t kept_examples = 20;

  std::uint64_t rows = 0;
  std::uint64_t events = 0;
  std::array<std::uint64_t, reject_reasons> rejected_by_reason{};
  std::vector<RejectExample> examples;  ///< the first `kept_examples` in order of input
  std::vector<ColumnChoice> columns;

  [[nodiscard]] std::uint64_t rejected() const noexcept;
  /// Adds another report's counts; its examples follow this one's, up to `kept_examples`.
  void merge(const IngestReport& other);
};

}  // namespace mta

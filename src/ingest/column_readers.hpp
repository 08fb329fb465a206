#pragma once
// The caller's columns, read row by row where they stand.
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ingest/label_cache.hpp"
#include "mta/ingest/columns.hpp"
#include "mta/ingest/time_parser.hpp"

namespace mta {

/// A label column as codes of a dictionary of ours: a name is looked at once, however often it
/// occurs.
class LabelReader {
 public:
  enum class Blanks { are_text, are_empty };

  /// @throws Error{Errc::invalid_option} where a code is out of range, naming `role`
  LabelReader(const LabelColumn& column, Dictionary& dictionary, std::string_view role,
              Blanks blanks = Blanks::are_text);

  /// The code in the dictionary, or nothing where the text is not UTF-8.
  [[nodiscard]] std::optional<std::uint32_t> code(std::size_t row);

 private:
  [[nodiscard]] std::optional<std::uint32_t> intern(std::string_view text);

  static constexpr std::uint32_t unseen = ~std::uint32_t{0}, invalid = unseen - 1;
  TextColumn texts_;
  std::optional<CodedColumn> coded_;
  std::vector<std::uint32_t> known_;  // by the caller's code
  LabelCache cache_;
  Blanks blanks_;
};

class TimeReader {
 public:
  TimeReader(const TimeColumn& column, const Schema& schema);
  /// Nothing where the time is none, or outside the years 0000 to 9999.
  [[nodiscard]] std::optional<TimePoint> time(std::size_t row);

 private:
  std::optional<EpochColumn> epochs_;
  std::int64_t scale_ = 1;
  TextColumn texts_;
  TimeParser parser_;
};

[[nodiscard]] std::size_t length_of(const LabelColumn& column) noexcept;
/// The text of a row: empty where the column is left out.
[[nodiscard]] std::string_view text_of(const LabelColumn& column, std::size_t row) noexcept;

}  // namespace mta

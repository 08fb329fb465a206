#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "simd/stop_index.hpp"

namespace mta {

/// The fields of one record, found but not yet decoded.
class CsvRecord {
 public:
  enum class Status : std::uint8_t { ok, malformed };

  CsvRecord(char delimiter, std::size_t width) : delimiter_(delimiter), fields_(width) {}

  /// Records are of a text that ends here. @pre a newline stands at `end`
  void set_end(const char* end) noexcept { end_ = end; }
  /// Splits the record at `begin`; returns where the next one begins (at the end: past it).
  const char* split(const char* begin) noexcept;

  /// A text and where the stops are in it; the record begins behind the stop of number `before`.
  struct Indexed {
    const char* text;
    const simd::StopIndex* index;
    std::size_t before;
  };
  /// Splits the record by its index; returns the number of the stop that ends it. 0: it is
  /// malformed or does not end in the index, and only `split` can say what it is.
  [[nodiscard]] std::size_t split(const Indexed& record) noexcept;

  [[nodiscard]] Status status() const noexcept { return status_; }
  /// Where it ends, its newline left out.
  [[nodiscard]] const char* end() const noexcept { return record_end_; }
  [[nodiscard]] std::size_t fields() const noexcept { return count_; }  ///< beyond the width too
  [[nodiscard]] bool is_blank_line() const noexcept { return count_ == 1 && record_end_ == begin_; }
  /// The text of field i < min(fields, width): a view of the block, or of an own buffer where
  /// quotes were doubled; valid until the next `split`.
  [[nodiscard]] std::string_view text(std::size_t i) {
    Field& field = fields_[i];
    if (field.has_doubled_quotes) undouble(field);
    return {field.begin, field.size};
  }

  /// Whether all texts asked for are views of the block.
  [[nodiscard]] bool is_of_block() const noexcept { return buffer_.empty(); }

 private:
  struct Field {
    const char* begin;
    std::uint32_t size;
    bool has_doubled_quotes;
  };
  /// The first delimiter or newline from `at` on: byte by byte, since an index has nearly all of
  /// them.
  [[nodiscard]] const char* next_stop(const char* at) const noexcept;
  const char* split_quoted(const char* open, Field& field) noexcept;
  static std::size_t find_closing(const Indexed& record, std::size_t open, Field& field) noexcept;
  void end_at(const char* newline, Field& last) noexcept;
  void undouble(Field& field);

  char delimiter_;
  std::vector<Field> fields_;
  Field beyond_{};  // where fields beyond the width go
  const char* begin_ = nullptr;
  const char* record_end_ = nullptr;
  const char* end_ = nullptr;
  std::size_t count_ = 0;
  Status status_ = Status::ok;
  std::string buffer_;
};

}  // namespace mta

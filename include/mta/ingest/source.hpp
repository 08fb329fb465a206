#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "mta/core/export.hpp"

namespace mta {

enum class SourceFormat { csv, tsv, ndjson };

/// Where bytes come from: a file, standard input or memory; gzip and zstd are undone while reading,
/// recognised by their first bytes.
///
///   Errors  @throws Error{Errc::unreadable_input} naming the source: it cannot be opened or read,
///           or its compressed stream is broken or ends early
class MTA_EXPORT Source {
 public:
  /// "-" is standard input. The format follows the name: .csv .tsv .ndjson .jsonl, before .gz .zst.
  /// @throws Error{Errc::invalid_option} for another ending, unless `format` is given.
  static Source file(const std::string& path);
  static Source file(const std::string& path, SourceFormat format);
  /// Borrows the bytes; they must outlive the source.
  static Source memory(std::string name, std::string_view bytes, SourceFormat format);

  Source(Source&&) noexcept;
  Source& operator=(Source&&) noexcept;
  ~Source();

  [[nodiscard]] const std::string& name() const noexcept;
  [[nodiscard]] SourceFormat format() const noexcept;
  /// Fills `buffer` with decompressed bytes; fewer than `size` only at the end; 0 at the end.
  [[nodiscard]] std::size_t read(char* buffer, std::size_t size);
  /// Bytes taken from the file so far, still compressed if they were.
  [[nodiscard]] std::uint64_t consumed() const noexcept;
  /// The file's size where it is known, else 0.
  [[nodiscard]] std::uint64_t size() const noexcept;

 private:
  class Impl;
  explicit Source(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace mta

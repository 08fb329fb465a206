#pragma once
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string_view>
#include <vector>

#include "mta/ingest/ingest_report.hpp"

namespace mta {

/// A row that was rejected: where it stands in its block.
struct BlockReject {
  std::uint32_t offset, size;
  std::uint32_t line;  ///< newlines of the block before it
  std::uint32_t row;   ///< its number in the block, from 1
  RejectReason reason;
};

/// A piece of the input made of whole rows, and what a parser found in it.
struct Block {
  /// Bytes behind the text that may be read; the first of them is a newline, so that the last row
  /// ends like any other.
  static constexpr std::size_t padding = 128;

  std::unique_ptr<char[]> bytes;
  std::size_t capacity = 0;  ///< without the padding
  std::size_t size = 0;
  std::uint64_t number = 0;          ///< in order of input, from 0
  bool cut = false;                  ///< it is the beginning of one row that is too long
  std::uint64_t lines_left_out = 0;  ///< newlines of that row, behind the cut

  /// Why it could not be read, or parsed: what comes before it counts first.
  std::exception_ptr failure = nullptr;

  std::uint64_t rows = 0, lines = 0;
  std::vector<BlockReject> rejects;

  [[nodiscard]] std::string_view text() const noexcept { return {bytes.get(), size}; }
  [[nodiscard]] std::string_view text(const BlockReject& reject) const noexcept {
    return text().substr(reject.offset, reject.size);
  }
};

}  // namespace mta

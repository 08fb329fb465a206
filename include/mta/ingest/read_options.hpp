#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string_view>

#include "mta/core/export.hpp"
#include "mta/ingest/ingest_report.hpp"
#include "mta/ingest/row_persons.hpp"

namespace mta {

/// Receives every rejected row whole, in order of input, with where it stood and why.
using RejectSink = std::function<void(std::string_view source, std::uint64_t line, RejectReason reason,
                                      std::string_view row)>;

/// How a long call reports and is stopped. `progress` gets bytes read of the input so far, from one
/// thread at a time.
struct ReadControl {
  std::stop_token stop = {};
  std::function<void(std::uint64_t bytes)> progress = {};
};

struct ReadOptions {
  std::size_t threads = 1;
  /// A longer row is rejected (row_too_long). At least 1 KiB.
  std::size_t longest_row = std::size_t{64} << 20;
  /// Bytes read at a time.
  std::size_t block = std::size_t{4} << 20;
  /// Errc::too_many_rejects where more rows than this share of all are rejected, once 1,000 rows
  /// or the whole input have been read. 1: never.
  double largest_rejected_share = 1.0;
  RejectSink rejects = {};
  /// Who says whom rows with identifiers are of; needed where the schema has any.
  RowPersonsMaker persons = {};
  ReadControl control = {};
};

}  // namespace mta

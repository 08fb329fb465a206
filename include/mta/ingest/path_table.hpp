#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "mta/core/dictionary.hpp"
#include "mta/core/export.hpp"
#include "mta/core/units.hpp"
#include "mta/ingest/ingest_report.hpp"
#include "mta/ingest/read_options.hpp"
#include "mta/ingest/source.hpp"

namespace mta {

/// Columns of a path table, and how a path is written.
struct PathSchema {
  std::string path = "path";
  std::string conversions = "total_conversions";
  std::string value = "total_conversion_value";  ///< optional in the input
  std::string nulls = "total_null";              ///< optional in the input
  char separator = '>';                          ///< blanks around it are trimmed
  char delimiter = 0;
};

/// Aggregated journeys: a path, how often it converted and for how much, and how often it did not.
/// Row i has touches [offsets[i], offsets[i + 1]); none where its path is blank.
struct PathTable {
  Dictionary channels;
  std::vector<std::uint64_t> offsets{0};
  std::vector<std::uint32_t> touches;  ///< codes in `channels`
  std::vector<Worth> worth;
  std::vector<Micros> nulls;
  IngestReport report;

  [[nodiscard]] std::size_t rows() const noexcept { return worth.size(); }
};

/// Reads a path table (CSV, TSV or NDJSON with the same keys). Counts may be fractional. Empty steps
/// between separators are left out. Errors and rejects as in `read`.
[[nodiscard]] MTA_EXPORT PathTable read_paths(Source source, const PathSchema& schema = {},
                                              const ReadOptions& options = {});

}  // namespace mta

#pragma once
#include <cstdint>
#include <string>

#include "ingest/block.hpp"
#include "mta/ingest/ingest_report.hpp"
#include "mta/ingest/read_options.hpp"

namespace mta {

/// Books what became of the rows of each block, in order of input: counts, examples, the caller's
/// sink and the threshold.
class RejectLog {
 public:
  /// `first_line` is the line on which the first block begins.
  RejectLog(std::string source, std::uint64_t first_line, const ReadOptions& options,
            IngestReport& report)
      : source_(std::move(source)), line_(first_line), options_(options), report_(report) {}

  /// @throws Error{Errc::too_many_rejects}; whether and where does not depend on the blocks.
  void add(const Block& block);
  void finish();

 private:
  void check(std::uint64_t rows, std::uint64_t rejected) const;
  void book(const Block& block, const BlockReject& reject);

  std::string source_;
  std::uint64_t line_;
  const ReadOptions& options_;
  IngestReport& report_;
  std::uint64_t rows_ = 0, rejected_ = 0;  // of this source alone
  std::string first_;  // what the first reject was, for the message of the threshold
};

}  // namespace mta

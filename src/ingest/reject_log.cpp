#include "ingest/reject_log.hpp"

#include <algorithm>

#include "mta/core/error.hpp"

namespace mta {
namespace {

constexpr std::uint64_t rows_before_threshold = 1'000;
constexpr std::size_t example_bytes = 200;

}  // namespace

void RejectLog::add(const Block& block) {
  // The share is looked at where it may have risen: at the row that makes a thousand, and after
  // each reject from there on.
  const std::uint64_t thousandth = rows_before_threshold - std::min(rows_, rows_before_threshold);
  bool thousandth_seen = thousandth == 0 || thousandth > block.rows;
  for (const BlockReject& reject : block.rejects) {
    if (!thousandth_seen && reject.row > thousandth) {
      check(rows_before_threshold, rejected_);
      thousandth_seen = true;
    }
    book(block, reject);
    if (rows_ + reject.row >= rows_before_threshold) check(rows_ + reject.row, rejected_);
  }
  if (!thousandth_seen) check(rows_before_threshold, rejected_);
  rows_ += block.rows;
  report_.rows += block.rows;
  report_.events += block.rows - block.rejects.size();
  line_ += block.lines;
}

void RejectLog::finish() { check(rows_, rejected_); }

void RejectLog::book(const Block& block, const BlockReject& reject) {
  const std::string_view row = block.text(reject);
  const std::uint64_t line = line_ + reject.line;
  ++rejected_;
  ++report_.rejected_by_reason[static_cast<std::size_t>(reject.reason)];
  if (first_.empty()) {
    first_ =
        "the first on line " + std::to_string(line) + ": " + std::string(name_of(reject.reason));
  }
  if (report_.examples.size() < IngestReport::kept_examples) {
    report_.examples.push_back(
        {source_, line, reject.reason, std::string(row.substr(0, example_bytes))});
  }
  if (options_.rejects) options_.rejects(source_, line, reject.reason, row);
}

void RejectLog::check(std::uint64_t rows, std::uint64_t rejected) const {
  const double share = options_.largest_rejected_share;
  if (!(static_cast<double>(rejected) > share * static_cast<double>(rows))) return;
  throw Error(Errc::too_many_rejects, source_ + ": " + std::to_string(rejected) + " of the first " +
                                          std::to_string(rows) +
                                          " rows were rejected, more than the share of " +
                                          std::to_string(share) + " that is allowed; " + first_);
}

}  // namespace mta

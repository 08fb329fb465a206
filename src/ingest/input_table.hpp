#pragma once
#include <memory>
#include <span>
#include <vector>

#include "ingest/block_parser.hpp"
#include "ingest/byte_stream.hpp"
#include "ingest/column_plan.hpp"
#include "ingest/record_scan.hpp"
#include "mta/ingest/read_options.hpp"
#include "mta/ingest/source.hpp"

namespace mta {

/// What is known of an input once its header, or a sample of its objects, has been seen.
struct InputHead {
  ColumnNames names;
  RecordScan scan;
  std::uint64_t first_line = 1;  ///< line on which the rows begin
  bool has_rows = true;          ///< false: objects, and none of them
};

/// Reads the header of a text table. @throws Error{Errc::unreadable_input} where there is none.
[[nodiscard]] InputHead read_csv_head(ByteStream& stream, char delimiter, std::size_t longest_row);
/// Collects the keys of the objects at the beginning of the input, which stay to be read.
[[nodiscard]] InputHead read_ndjson_head(ByteStream& stream);

/// The rows of one input, whatever its format.
class InputTable {
 public:
  /// A delimiter of 0 is the format's own.
  InputTable(Source& source, char delimiter, const ReadOptions& options);

  [[nodiscard]] const InputHead& head() const noexcept { return head_; }
  /// Reads all rows with one worker a sink.
  template <typename Sink>  // EventSink, MadeSink, LinkSink, PathSink, or any RowSink
  void read(const ColumnPlan& plan, std::span<const std::unique_ptr<Sink>> sinks,
            IngestReport& report);

 private:
  [[nodiscard]] std::unique_ptr<BlockParser> parser(const ColumnPlan& plan, RowSink& sink) const;

  const ReadOptions& options_;
  SourceFormat format_;
  ByteStream stream_;
  InputHead head_;
};

/// @throws Error{Errc::invalid_option} naming the option that breaks its rule.
void check_options(const ReadOptions& options);

}  // namespace mta

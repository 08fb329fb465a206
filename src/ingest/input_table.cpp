#include "ingest/input_table.hpp"

#include <string>

#include "ingest/block_reader.hpp"
#include "ingest/csv_parser.hpp"
#include "ingest/event_sink.hpp"
#include "ingest/link_sink.hpp"
#include "ingest/made_sink.hpp"
#include "ingest/ndjson_parser.hpp"
#include "ingest/ordered_read.hpp"
#include "ingest/path_sink.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

constexpr std::size_t gibibyte = std::size_t{1} << 30;

/// An option's value must lie within bounds that keep places in a block below 2^32.
void check_range(const char* name, std::size_t value, std::size_t least, std::size_t largest) {
  if (value >= least && value <= largest) return;
  throw Error(Errc::invalid_option, std::string("read options: ") + name + " must be " +
                                        std::to_string(least) + " to " + std::to_string(largest) +
                                        ", got " + std::to_string(value));
}

InputHead read_head(ByteStream& stream, SourceFormat format, char delimiter,
                    std::size_t longest_row) {
  if (format == SourceFormat::ndjson) return read_ndjson_head(stream);
  if (delimiter == 0) delimiter = format == SourceFormat::tsv ? '\t' : ',';
  if (delimiter == '"' || delimiter == '\n' || delimiter == '\r') {
    throw Error(Errc::invalid_option, "delimiter must not be a quote or a line end");
  }
  return read_csv_head(stream, delimiter, longest_row);
}

}  // namespace

void check_options(const ReadOptions& options) {
  check_range("threads", options.threads, 1, 1'024);
  check_range("longest_row", options.longest_row, 1'024, gibibyte);
  check_range("block", options.block, 16, gibibyte);
  if (!(options.largest_rejected_share >= 0.0 && options.largest_rejected_share <= 1.0)) {
    throw Error(Errc::invalid_option, "read options: largest_rejected_share must be 0 to 1, got " +
                                          std::to_string(options.largest_rejected_share));
  }
}

InputTable::InputTable(Source& source, char delimiter, const ReadOptions& options)
    : options_(options),
      format_(source.format()),
      stream_(source),
      head_(read_head(stream_, format_, delimiter, options.longest_row)) {}

template <typename Sink>
void InputTable::read(const ColumnPlan& plan, std::span<const std::unique_ptr<Sink>> sinks,
                      IngestReport& report) {
  std::vector<std::unique_ptr<BlockParser>> parsers;
  for (const auto& sink : sinks) parsers.push_back(parser(plan, *sink));
  BlockReader reader(stream_, head_.scan, {options_.block, options_.longest_row});
  RejectLog log(head_.names.source, head_.first_line, options_, report);
  read_blocks(reader, stream_, parsers, log, options_.control);
  if (format_ == SourceFormat::ndjson) check_pending_keys(head_.names, plan, parsers);
}

std::unique_ptr<BlockParser> InputTable::parser(const ColumnPlan& plan, RowSink& sink) const {
  if (format_ == SourceFormat::ndjson) {
    return std::make_unique<NdjsonParser>(head_.names, plan, options_.longest_row, sink);
  }
  const CsvShape shape{head_.scan.delimiter, head_.names.names.size(), options_.longest_row};
  return std::make_unique<CsvParser>(shape, plan, sink);
}

template void InputTable::read(const ColumnPlan&, std::span<const std::unique_ptr<EventSink>>,
                               IngestReport&);
template void InputTable::read(const ColumnPlan&, std::span<const std::unique_ptr<MadeSink>>,
                               IngestReport&);
template void InputTable::read(const ColumnPlan&, std::span<const std::unique_ptr<LinkSink>>,
                               IngestReport&);
template void InputTable::read(const ColumnPlan&, std::span<const std::unique_ptr<PathSink>>,
                               IngestReport&);
template void InputTable::read(const ColumnPlan&, std::span<const std::unique_ptr<RowSink>>,
                               IngestReport&);

}  // namespace mta

#pragma once
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/block_parser.hpp"
#include "ingest/ordered_read.hpp"
#include "mta/ingest/source.hpp"

namespace mta::test {

/// Rows as a parser hands them on, one text each: "[slot][slot]..."
class RecordingSink final : public RowSink {
 public:
  void begin_block(std::uint64_t) override {}
  std::optional<RejectReason> add(std::span<const std::string_view> slots) override {
    rows.push_back(shown(slots));
    return std::nullopt;
  }
  static std::string shown(std::span<const std::string_view> slots) {
    std::string text;
    for (const std::string_view slot : slots) text.append("[").append(slot).append("]");
    return text;
  }

  std::vector<std::string> rows;
};

/// What a text is: the rows that were handed on, and the rejects as "line reason".
struct ParsedText {
  std::vector<std::string> rows, rejects;
  std::uint64_t count = 0;
  friend bool operator==(const ParsedText&, const ParsedText&) = default;
};

inline std::string shown(std::uint64_t line, RejectReason reason) {
  return std::to_string(line) + ' ' + std::string(name_of(reason));
}

/// Parses a text in blocks of a size. `parser_of(sink)` makes the parser.
template <typename ParserOf>
ParsedText parse_in_blocks(std::string_view text, const RecordScan& scan, std::size_t block,
                           std::size_t longest_row, ParserOf parser_of) {
  ParsedText parsed;
  RecordingSink sink;
  std::vector<std::unique_ptr<BlockParser>> parsers;
  parsers.push_back(parser_of(sink));
  Source source = Source::memory("input", text, SourceFormat::csv);
  ByteStream stream(source);
  BlockReader reader(stream, scan, {block, longest_row});
  IngestReport report;
  ReadOptions options;
  options.rejects = [&](std::string_view, std::uint64_t line, RejectReason reason,
                        std::string_view) { parsed.rejects.push_back(shown(line, reason)); };
  RejectLog log("input", 1, options, report);
  read_blocks(reader, stream, parsers, log, {});
  parsed.rows = std::move(sink.rows);
  parsed.count = report.rows;
  return parsed;
}

}  // namespace mta::test

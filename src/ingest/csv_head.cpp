#include <algorithm>
#include <string>

#include "ingest/block.hpp"
#include "ingest/byte_input.hpp"
#include "ingest/csv_record.hpp"
#include "ingest/input_table.hpp"
#include "ingest/text_check.hpp"
#include "ingest/time_text.hpp"

namespace mta {
namespace {

constexpr std::size_t first_look = std::size_t{64} << 10;

bool is_line_end(char c) noexcept { return c == '\n' || c == '\r'; }

/// Leaves out blank lines before the header; returns how many.
std::uint64_t skip_blank_lines(ByteStream& stream) {
  std::uint64_t lines = 0;
  for (;;) {
    const std::string_view ahead = stream.peek(2);
    if (ahead.starts_with('\n')) {
      stream.skip(1);
    } else if (ahead == "\r\n") {
      stream.skip(2);
    } else {
      return lines;
    }
    ++lines;
  }
}

/// The header with its newline if it has one.
std::string header_record(ByteStream& stream, const RecordScan& scan, std::size_t longest_row) {
  for (std::size_t look = first_look;; look *= 2) {
    const std::string_view ahead = stream.peek(look);
    const std::optional<std::size_t> size = scan.first_record(ahead);
    if (size) return std::string(ahead.substr(0, *size));
    if (ahead.size() < look) return std::string(ahead);
    if (look > longest_row) {
      throw_unreadable(stream.name(), "its header is longer than " + std::to_string(longest_row) +
                                          " bytes: is it a text table?");
    }
  }
}

std::vector<std::string> split_header(const std::string& source, const std::string& record,
                                      char delimiter) {
  const auto widest = static_cast<std::size_t>(std::count(record.begin(), record.end(), delimiter));
  const std::string padded = record + std::string(Block::padding, '\n');
  CsvRecord fields(delimiter, widest + 1);
  fields.set_end(padded.data() + record.size());
  fields.split(padded.data());
  if (fields.status() == CsvRecord::Status::malformed) {
    throw_unreadable(source, "its header has a quote that never closes, or text after one");
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < fields.fields(); ++i) {
    names.emplace_back(trim_blanks(fields.text(i)));
    if (!is_valid_text(names.back())) throw_unreadable(source, "its header is not UTF-8");
    if (names.back().find('\r') != std::string::npos) {
      throw_unreadable(source, "its lines end in lone carriage returns; LF or CRLF is needed");
    }
  }
  return names;
}

}  // namespace

InputHead read_csv_head(ByteStream& stream, char delimiter, std::size_t longest_row) {
  InputHead head;
  head.names.source = stream.name();
  head.scan = {RecordSyntax::quoted_line, delimiter};
  head.first_line += skip_blank_lines(stream);
  const std::string record = header_record(stream, head.scan, longest_row);
  const bool is_empty = std::all_of(record.begin(), record.end(),
                                    [](char c) { return is_blank(c) || is_line_end(c); });
  if (is_empty) throw_unreadable(stream.name(), "is empty: it has no header");
  head.names.names = split_header(head.names.source, record, delimiter);
  stream.skip(record.size());
  head.first_line += count_newlines(record.data(), record.data() + record.size());
  return head;
}

}  // namespace mta

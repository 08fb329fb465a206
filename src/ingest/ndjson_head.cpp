#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "ingest/block.hpp"
#include "ingest/input_table.hpp"
#include "ingest/json_line.hpp"
#include "ingest/json_scan.hpp"
#include "ingest/json_shape.hpp"
#include "ingest/text_check.hpp"
#include "simd/line_index.hpp"

namespace mta {
namespace {

/// How much of the input is looked at for keys. Fixed, so that what is chosen depends on the rows
/// alone.
constexpr std::size_t sample_bytes = std::size_t{4} << 20;

/// The keys of objects, in order of first sight. Lines of a shape that was seen before have none
/// that are new, and nothing more is looked at in them.
class KeySample {
 public:
  explicit KeySample(InputHead& head) : head_(head) {}

  /// Takes whole lines. @pre Block::padding line ends stand behind them
  void take(std::string_view text) {
    while (!text.empty()) {
      // The newline behind the text ends a last line that lacks its own.
      index_.build({text.data(), std::min(text.size() + 1, simd::LineIndex::largest_text)});
      const std::size_t taken =
          index_.behind_newlines().empty() ? take_long(text) : take_indexed(text);
      text.remove_prefix(std::min(taken, text.size()));
    }
  }

 private:
  std::size_t take_indexed(std::string_view text) {
    const bool is_clean = index_.is_plain() && !index_.escapes().any();
    IndexedLines lines{text.data(), 0, index_.behind_newlines(), &index_.stops()};
    while (!lines.empty()) {
      rows_.clear();
      const std::size_t known = is_clean ? shapes_.read(lines, rows_) : 0;
      if (known == 0) take_other(lines.front());
      lines.drop(std::max<std::size_t>(known, 1));
    }
    return lines.begin;
  }

  void take_other(IndexedLine line) {
    if (line.begin != line.end && line.text[line.end - 1] == '\r') --line.end;
    const std::string_view text(line.text + line.begin, line.end - line.begin);
    const bool is_unmarked = !text.empty() && !index_.escapes().any(line.begin, line.end);
    if (is_unmarked && (index_.is_plain() || is_valid_text(text)) &&
        shapes_.read(line, rows_.draft())) {
      return;
    }
    take_line(text);
    if (is_unmarked && is_object_) learn(line);
  }

  /// Takes a line that is longer than an index.
  std::size_t take_long(std::string_view text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    take_line(text.substr(0, end));
    return end + 1;
  }

  void take_line(std::string_view line) {
    const char* const begin = line.data();
    const char* const end = begin + line.size();
    is_object_ = false;
    if (json::skip_spaces(begin, end) == end) return;
    head_.has_rows = true;
    is_object_ = is_valid_text(line) && line_.parse(begin, end);
    if (!is_object_) return;
    for (const JsonField& field : line_.fields()) add(field.key);
  }

  void learn(const IndexedLine& line) {
    shapes_.learn(line.text + line.begin, line.text + line.end,
                  [](std::string_view) { return std::span<const std::size_t>(); });
  }

  void add(std::string_view key) {
    if (seen_.find(key) != seen_.end()) return;
    seen_.emplace(key);
    head_.names.names.emplace_back(key);
  }

  InputHead& head_;
  simd::LineIndex index_;
  JsonShapes shapes_{0};
  RowBatch rows_{0};  // whose values are of no interest
  JsonLine line_;
  bool is_object_ = false;  // the line taken last
  std::set<std::string, std::less<>> seen_;
};

}  // namespace

InputHead read_ndjson_head(ByteStream& stream) {
  InputHead head;
  head.names.source = stream.name();
  head.scan = {RecordSyntax::line, 0};
  std::string sample(stream.peek(sample_bytes));
  if (sample.size() == sample_bytes) {
    head.names.absence = ColumnNames::Absence::pending;
    sample.resize(sample.rfind('\n') + 1);
  }
  const std::size_t size = sample.size();
  sample.append(Block::padding, '\n');
  head.has_rows = head.names.absence == ColumnNames::Absence::pending;
  KeySample(head).take({sample.data(), size});
  return head;
}

}  // namespace mta

#include <algorithm>
#include <set>
#include <string>

#include "ingest/input_table.hpp"
#include "ingest/json_line.hpp"
#include "ingest/json_scan.hpp"
#include "ingest/text_check.hpp"

namespace mta {
namespace {

/// How much of the input is looked at for keys. Fixed, so that what is chosen depends on the rows
/// alone.
constexpr std::size_t sample_bytes = std::size_t{4} << 20;

/// Keys in order of first sight.
class KeyList {
 public:
  explicit KeyList(std::vector<std::string>& names) : names_(names) {}
  void add(std::string_view key) {
    if (seen_.find(key) != seen_.end()) return;
    seen_.emplace(key);
    names_.emplace_back(key);
  }

 private:
  std::vector<std::string>& names_;
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
  sample.append(JsonLine::padding, '\n');
  head.has_rows = head.names.absence == ColumnNames::Absence::pending;
  KeyList keys(head.names.names);
  JsonLine line;
  for (std::size_t at = 0; at < size;) {
    const std::size_t end = std::min(sample.find('\n', at), size);
    const char* const begin = sample.data() + at;
    const char* const stop = sample.data() + end;
    at = end + 1;
    if (json::skip_spaces(begin, stop) == stop) continue;
    head.has_rows = true;
    if (!is_valid_text({begin, stop}) || !line.parse(begin, stop)) continue;
    for (const JsonField& field : line.fields()) keys.add(field.key);
  }
  return head;
}

}  // namespace mta

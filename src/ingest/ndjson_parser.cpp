#include "ingest/ndjson_parser.hpp"

#include <algorithm>
#include <cstring>

#include "ingest/json_scan.hpp"
#include "ingest/text_check.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

static_assert(Block::padding >= JsonLine::padding && Block::padding >= JsonShapes::padding);
constexpr std::size_t guessed_places = 64;

}  // namespace

NdjsonParser::NdjsonParser(const ColumnNames& names, const ColumnPlan& plan,
                           std::size_t longest_row, RowSink& sink)
    : BlockParser(sink, plan.slot_names.size()),
      names_(names),
      plan_(plan),
      longest_row_(longest_row),
      shapes_(plan.slot_names.size()),
      key_cache_(keys_),
      slots_(plan.slot_names.size()),
      filled_(plan.slot_names.size()),
      seen_(plan.slot_names.size()) {
  for (const std::string& name : plan.slot_names) keys_.intern(name);
  slots_by_key_.resize(keys_.size());
  for (std::size_t slot = 0; slot < plan.slot_names.size(); ++slot) {
    slots_by_key_[keys_.find(plan.slot_names[slot])].push_back(slot);
  }
}

std::uint64_t NdjsonParser::parse_rows(Block& block) {
  const char* at = block.bytes.get();
  end_ = at + block.size;
  lines_ = 0;
  while (at < end_) {
    // The newline behind the text ends a last line that lacks its own.
    const auto left = static_cast<std::size_t>(end_ - at) + 1;
    const std::size_t size = std::min(left, simd::LineIndex::largest_text);
    index_.build({at, size});
    at = index_.behind_newlines().empty() ? take_long_line(at) : take_indexed(at);
  }
  return lines_ - static_cast<std::uint64_t>(at - end_);
}

/// Takes the lines that end within the index of `text`; returns where the next one begins.
const char* NdjsonParser::take_indexed(const char* text) {
  batch().begin(text);
  std::span<const std::uint32_t> newlines = index_.behind_newlines();
  const auto size = static_cast<std::size_t>(end_ - text);
  const std::size_t last_begin = newlines.size() > 1 ? newlines[newlines.size() - 2] : 0;
  // Without what is no line but the newline behind the text.
  if (last_begin == size) newlines = newlines.first(newlines.size() - 1);
  lines_ += newlines.size();
  // Then no line needs a look of its own; nor has any a '\r' behind it, which is marked as well.
  const bool is_clean =
      index_.is_plain() && !index_.escapes().any() && longest_row_ >= simd::LineIndex::largest_text;
  IndexedLines lines{text, 0, newlines, &index_.stops()};
  while (!lines.empty()) {
    if (is_clean) {
      if (batch().is_full()) take_batch();
      lines.drop(shapes_.read(lines, batch()));
      if (batch().is_full() || lines.empty()) continue;
    }
    take_line(text, lines.begin, lines.behind.front() - 1);
    lines.drop(1);
  }
  take_batch();
  return text + lines.begin;
}

void NdjsonParser::take_line(const char* begin, std::uint32_t first, std::uint32_t last) {
  if (first != last && begin[last - 1] == '\r') --last;
  const std::string_view text(begin + first, last - first);
  const bool is_unmarked = !text.empty() && !index_.escapes().any(first, last);
  if (is_unmarked && text.size() <= longest_row_ && (index_.is_plain() || is_valid_text(text)) &&
      shapes_.read({begin, first, last, &index_.stops()}, draft_row())) {
    batch().add(TextPlace{first, last + 1});
    return;
  }
  take_exactly(text, is_unmarked ? Line::unmarked : Line::any);
}

/// Takes a line that is longer than an index.
const char* NdjsonParser::take_long_line(const char* begin) {
  const auto* const stop = static_cast<const char*>(
      std::memchr(begin, '\n', static_cast<std::size_t>(end_ - begin) + 1));
  ++lines_;
  take_exactly({begin, stop[-1] == '\r' ? stop - 1 : stop}, Line::any);
  return stop + 1;
}

void NdjsonParser::take_exactly(std::string_view line, Line known) {
  const char* const end = line.data() + line.size();
  if (json::skip_spaces(line.data(), end) == end) return;  // a blank line
  if (line.size() > longest_row_) {
    reject_row(line.substr(0, longest_row_), RejectReason::row_too_long);
    return;
  }
  const std::optional<RejectReason> reason = fill_slots(line, known);
  if (reason) {
    reject_row(line, *reason);
  } else {
    take_row(line, slots_);
  }
}

std::optional<RejectReason> NdjsonParser::fill_slots(std::string_view line, Line known) {
  const char* const begin = line.data();
  const char* const end = begin + line.size();
  if (!is_valid_text(line)) return RejectReason::invalid_utf8;
  if (!line_.parse(begin, end)) return RejectReason::malformed_row;
  std::fill(slots_.begin(), slots_.end(), std::string_view{});
  std::fill(filled_.begin(), filled_.end(), char{0});
  const std::span<const JsonField> fields = line_.fields();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    for (const std::size_t slot : slots_of(fields[i].key, i)) {
      if (filled_[slot] != 0) continue;  // of a key that is repeated, the first one counts
      if (fields[i].is_nested) return RejectReason::malformed_row;
      slots_[slot] = fields[i].text;
      filled_[slot] = seen_[slot] = 1;
    }
  }
  for (const std::string_view text : slots_) {  // "\u0000" is JSON, but no text that we take
    if (text.find('\0') != std::string_view::npos) return RejectReason::invalid_utf8;
  }
  if (known == Line::unmarked) {
    shapes_.learn(begin, end, [this](std::string_view key) { return slots_of(key); });
  }
  return std::nullopt;
}

std::span<const std::size_t> NdjsonParser::slots_of(std::string_view key) noexcept {
  const std::uint32_t code = key_cache_.find(key);
  if (code == LabelCache::unknown) return {};
  return slots_by_key_[code];
}

std::span<const std::size_t> NdjsonParser::slots_of(std::string_view key, std::size_t place) {
  if (place < guesses_.size() && guesses_[place].key == key) return guesses_[place].slots;
  const std::span<const std::size_t> slots = slots_of(key);
  if (slots.empty()) check_unmapped(key);
  if (place < guessed_places) {
    guesses_.resize(std::max(guesses_.size(), place + 1));
    guesses_[place] = {std::string(key), slots};
  }
  return slots;
}

void NdjsonParser::check_unmapped(std::string_view key) const {
  if (!plan_.watches_value || !is_usual_value_name(key)) return;
  throw Error(Errc::missing_column,
              names_.source + ": column for value: the key \"" + std::string(key) +
                  "\" first occurs late in the input, after rows were read without it: name it in "
                  "the schema");
}

void check_pending_keys(const ColumnNames& names, const ColumnPlan& plan,
                        std::span<const std::unique_ptr<BlockParser>> parsers) {
  for (std::size_t slot = 0; slot < plan.columns.size(); ++slot) {
    if (plan.columns[slot] < names.names.size() || plan.roles[slot].empty()) continue;
    const bool is_seen = std::any_of(parsers.begin(), parsers.end(), [&](const auto& parser) {
      return static_cast<const NdjsonParser&>(*parser).has_seen(slot);
    });
    if (!is_seen) {
      throw Error(Errc::missing_column, names.source + ": column for " + plan.roles[slot] + ": \"" +
                                            plan.slot_names[slot] + "\" is not there");
    }
  }
}

}  // namespace mta

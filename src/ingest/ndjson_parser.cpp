#include "ingest/ndjson_parser.hpp"

#include <algorithm>

#include "ingest/text_check.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

static_assert(Block::padding >= JsonLine::padding && Block::padding >= JsonShape::padding);
constexpr std::size_t guessed_places = 64;

}  // namespace

NdjsonRows::NdjsonRows(const ColumnNames& names, const ColumnPlan& plan, RowSink& sink)
    : BlockParser(sink),
      names_(names),
      plan_(plan),
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

std::optional<RejectReason> NdjsonRows::fill_slots(const char* begin, const char* end, Line known) {
  if (!is_valid_text({begin, end})) return RejectReason::invalid_utf8;
  if (!line_.parse(begin, end)) return RejectReason::malformed_row;
  shapes_.forget_slots();
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

std::span<const std::size_t> NdjsonRows::slots_of(std::string_view key) noexcept {
  const std::uint32_t code = key_cache_.find(key);
  if (code == LabelCache::unknown) return {};
  return slots_by_key_[code];
}

std::span<const std::size_t> NdjsonRows::slots_of(std::string_view key, std::size_t place) {
  if (place < guesses_.size() && guesses_[place].key == key) return guesses_[place].slots;
  const std::span<const std::size_t> slots = slots_of(key);
  if (slots.empty()) check_unmapped(key);
  if (place < guessed_places) {
    guesses_.resize(std::max(guesses_.size(), place + 1));
    guesses_[place] = {std::string(key), slots};
  }
  return slots;
}

void NdjsonRows::check_unmapped(std::string_view key) const {
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
      return static_cast<const NdjsonRows&>(*parser).has_seen(slot);
    });
    if (!is_seen) {
      throw Error(Errc::missing_column, names.source + ": column for " + plan.roles[slot] + ": \"" +
                                            plan.slot_names[slot] + "\" is not there");
    }
  }
}

}  // namespace mta

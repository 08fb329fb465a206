#include "ingest/json_shape.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "ingest/json_scan.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace mta {
namespace {

static_assert(JsonShapes::padding >= simd::LineLayouts::padding);

/// The place behind a value that is no string, object or array; null where there is none.
const char* skip_bare(const char* at, const char* end) noexcept {
  if (at == end) return nullptr;
  if (*at == 't') return json::skip_word(at, end, "true");
  if (*at == 'f') return json::skip_word(at, end, "false");
  if (*at == 'n') return json::skip_word(at, end, "null");
  return json::skip_number(at, end);
}

}  // namespace

/// Walks over a line and takes down the steps of its shape.
class JsonShapes::Builder {
 public:
  Builder(std::size_t slots, const SlotsOf& slots_of) : filled_(slots), slots_of_(slots_of) {}

  bool build(const char* at, const char* end) {
    begin_ = at;
    at = json::skip_spaces(at, end);
    if (at == end || *at != '{') return false;
    do {
      const char* const key = json::skip_spaces(at + 1, end);
      if (key == end || *key != '"') return false;
      const char* const key_end = json::find_string_end(key + 1, end);
      if (key_end == nullptr) return false;
      at = json::skip_spaces(key_end + 1, end);
      if (at == end || *at != ':') return false;
      at = take_value({key + 1, key_end}, json::skip_spaces(at + 1, end), end);
      if (at == nullptr) return false;
      at = json::skip_spaces(at, end);
    } while (at != end && *at == ',');
    return add_last(end);
  }

  [[nodiscard]] std::vector<Step>& path() noexcept { return path_; }

 private:
  static std::uint32_t offset_of(std::size_t slot) noexcept {
    return static_cast<std::uint32_t>(RowBatch::Draft::offset_of(slot));
  }

  /// Adds the step up to the value and with it; returns the place behind the value, or null.
  const char* take_value(std::string_view key, const char* at, const char* end) {
    const bool is_string = at != end && *at == '"';
    if (is_string) ++at;
    if (!add_step(at, is_string ? Value::string : Value::bare)) return nullptr;
    const char* const stop = is_string ? json::find_string_end(at, end) : skip_bare(at, end);
    if (stop == nullptr) return nullptr;
    path_.back().offset = offset_of(slot_of(key));
    begin_ = stop;
    return is_string ? stop + 1 : stop;
  }

  /// The first slot of a key, and further ones as copies of it; the spare slot for a key that has
  /// none, or comes again.
  std::uint32_t slot_of(std::string_view key) {
    const auto spare = static_cast<std::uint32_t>(filled_.size());
    std::uint32_t first = spare;
    for (const std::size_t wide_slot : slots_of_(key)) {
      const auto slot = static_cast<std::uint32_t>(wide_slot);
      if (filled_[slot]) continue;
      filled_[slot] = true;
      if (first == spare) {
        first = slot;
      } else {
        copies_.emplace_back(first, slot);
      }
    }
    return first;
  }

  bool add_step(const char* end, Value value) {
    const std::string_view text(begin_, end);
    if (text.size() > longest_literal) return false;
    Step& step = path_.emplace_back();
    step.literal = text;
    step.size = static_cast<std::uint32_t>(text.size());
    const std::size_t shown = std::min(text.size(), short_literal);
    std::copy_n(text.begin(), shown, step.first.begin());
    step.beyond = 0xffffu & ~((1u << shown) - 1);
    step.value = value;
    if (text.size() <= short_literal && value != Value::bare) {
      step.kind = value == Value::string ? Kind::string : Kind::end;
    }
    return true;
  }

  bool add_last(const char* end) {
    if (!add_step(end, Value::none)) return false;
    Step& last = path_.back();
    for (std::size_t slot = 0; slot < filled_.size(); ++slot) {
      if (!filled_[slot]) last.unfilled.push_back(offset_of(slot));
    }
    last.copies = copies_;
    return true;
  }

  std::vector<bool> filled_;
  const SlotsOf& slots_of_;
  const char* begin_ = nullptr;  // of the literal
  std::vector<Step> path_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> copies_;
};

/// Whether a text begins with `first`, as far as that is of the literal.
inline bool JsonShapes::Step::begins_at(const char* text) const noexcept {
#if defined(__SSE2__)
  __m128i there;
  std::memcpy(&there, text, sizeof there);
  const __m128i wanted = _mm_load_si128(reinterpret_cast<const __m128i*>(first.data()));
  const auto same = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(there, wanted)));
  return (same | beyond) == 0xffff;
#else
  return std::memcmp(text, first.data(), std::min<std::size_t>(size, short_literal)) == 0;
#endif
}

inline void JsonShapes::finish(const Step& last, RowBatch::Draft slots) noexcept {
  for (const std::uint32_t offset : last.unfilled) slots.put_at(offset, TextPlace::nothing());
  for (const auto& [from, to] : last.copies) slots.put(to, slots.get(from));
}

/// Reads a step of any kind at the begin of the rest of a line; returns the place behind its value,
/// or 0 where it is not that. @pre its first bytes stand there
std::uint32_t JsonShapes::read_step(const Step& step, const char* text, Rest rest,
                                    const simd::MarkedBytes& stops,
                                    RowBatch::Draft slots) noexcept {
  if (std::memcmp(text + rest.begin, step.literal.data(), step.size) != 0) return 0;
  const std::uint32_t begin = rest.begin + step.size;
  if (step.value == Value::none) {
    if (begin != rest.end) return 0;
    finish(step, slots);
    return begin;
  }
  std::uint32_t end = 0;
  bool is_null = false;
  if (step.value == Value::string) {
    end = static_cast<std::uint32_t>(stops.next(begin));
  } else {
    const char* const stop = skip_bare(text + begin, text + rest.end);
    if (stop == nullptr) return 0;
    end = static_cast<std::uint32_t>(stop - text);
    is_null = text[begin] == 'n';
  }
  slots.put_at(step.offset, {begin, (is_null ? begin : end) + 1});
  return end;
}

// A string ends at the next quote, a bare value where it is one no more: where all literals stand
// there, the line is what it was when it was learnt but for its values. A string that lacks its
// quote ends at the line's newline, where no literal stands. Of the choices at a place more than
// one may stand there ("x": and "x":"), but with its value, or the line's end, only one does.
[[gnu::noinline]] bool JsonShapes::read_rest(const Step* step, const char* text, Rest rest,
                                             const simd::MarkedBytes& stops,
                                             RowBatch::Draft slots) noexcept {
  while (step != nullptr) {
    const std::uint32_t behind =
        step->begins_at(text + rest.begin) ? read_step(*step, text, rest, stops, slots) : 0;
    if (behind == 0) {
      step = step->other;
    } else if (step->value == Value::none) {
      return true;
    } else {
      rest.begin = behind;
      step = step->next;
    }
  }
  return false;
}

/// The same, but quick where all is short literals and strings: only what comes behind the first
/// step that is something else is left to `read_rest`.
[[gnu::always_inline]] inline bool JsonShapes::read_row(const Step* step, const char* text,
                                                        Rest row, const simd::MarkedBytes& stops,
                                                        RowBatch::Draft slots) noexcept {
  std::size_t at = row.begin;
  for (;;) {
    while (!step->begins_at(text + at)) {
      step = step->other;
      if (step == nullptr) return false;
    }
    const std::size_t begin = at + step->size;
    if (step->kind != Kind::string) break;
    const std::uint64_t marks = stops.window(begin);
    if (marks == 0) break;
    at = begin + static_cast<unsigned>(std::countr_zero(marks));
    slots.put_at(step->offset,
                 {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at + 1)});
    step = step->next;
  }
  if (step->kind == Kind::end && at + step->size == row.end) {
    finish(*step, slots);
    return true;
  }
  return read_rest(step, text, {static_cast<std::uint32_t>(at), row.end}, stops, slots);
}

bool JsonShapes::read(const IndexedLine& line, RowBatch::Draft slots) const noexcept {
  return first_ != nullptr &&
         read_row(first_, line.text, {line.begin, line.end}, *line.stops, slots);
}

std::size_t JsonShapes::read(const IndexedLines& lines, RowBatch& batch) {
  if (first_ == nullptr) return 0;
  const IndexedLines some = lines.first(std::min(lines.behind.size(), batch.room()));
  if (asleep_ == 0) return read_laid_out(some, batch);
  std::size_t read = 0;
  std::uint32_t begin = some.begin;
  for (const std::uint32_t behind : some.behind) {
    if (!read_row(first_, some.text, {begin, behind - 1}, *some.stops, batch.draft())) break;
    batch.add(TextPlace{begin, behind});
    begin = behind;
    ++read;
  }
  asleep_ -= std::min(asleep_, read);
  return read;
}

/// The same by layouts, which are learnt on the way.
std::size_t JsonShapes::read_laid_out(IndexedLines lines, RowBatch& batch) {
  if (layouts_ == nullptr) layouts_ = std::make_unique<simd::LineLayouts>();
  const std::size_t all = lines.behind.size();
  while (!lines.empty() && asleep_ == 0) {
    const std::size_t known = layouts_->read({lines.text, lines.stops, lines.begin, lines.behind},
                                             batch.draft().places());
    batch.add_lines(lines.begin, lines.behind.first(known));
    lines.drop(known);
    credit_ = std::min(credit_ + static_cast<std::int64_t>(known), most_credit);
    if (lines.empty() || !read(lines.front(), batch.draft())) break;
    learn_layout(lines);
    batch.add(TextPlace{lines.begin, lines.behind.front()});
    lines.drop(1);
    credit_ -= cost_of_other;
    if (credit_ > 0) continue;
    credit_ = first_credit;
    asleep_ = rest;
  }
  return all - lines.behind.size();
}

/// Goes once more through the first line, which is of a known shape, and takes down its layout.
/// Only strings end at a mark: lines with other values have none.
[[gnu::noinline]] void JsonShapes::learn_layout(const IndexedLines& lines) {
  using Layouts = simd::LineLayouts;
  std::array<Layouts::Place, Layouts::most_values> varying;
  std::array<Layouts::Value, Layouts::most_values> values;
  std::size_t texts = 0, placed = 0;
  const auto place_value = [&](std::size_t offset, Layouts::Place place) {
    if (placed == values.size()) return false;
    values[placed++] = {static_cast<std::uint32_t>(offset), place};
    return true;
  };
  std::uint32_t at = lines.begin;
  const Step* step = first_;
  while (step != nullptr) {
    const std::uint32_t begin = at + step->size;
    const bool is_there =
        std::memcmp(lines.text + at, step->literal.data(), step->size) == 0 &&
        (step->value != Value::none || begin + 1 == lines.behind.front()) &&
        (step->value != Value::bare ||
         skip_bare(lines.text + begin, lines.text + lines.behind.front()) != nullptr);
    if (!is_there) {
      step = step->other;
      continue;
    }
    if (step->value == Value::none) break;
    if (step->value == Value::bare || texts == varying.size()) return;
    at = static_cast<std::uint32_t>(lines.stops->next(begin));
    const Layouts::Place place{begin - lines.begin, at + 1 - lines.begin};
    varying[texts++] = place;
    const bool is_spare = step->offset == RowBatch::Draft::offset_of(slots_);
    if (!is_spare && !place_value(step->offset, place)) return;
    step = step->next;
  }
  if (step == nullptr) return;
  for (const auto& [from, to] : step->copies) {
    const auto* const value =
        std::find_if(values.data(), values.data() + placed,
                     [&](const auto& v) { return v.offset == RowBatch::Draft::offset_of(from); });
    if (!place_value(RowBatch::Draft::offset_of(to), value->place)) return;
  }
  layouts_->learn(
      {lines.text, lines.stops, lines.begin, lines.behind},
      {std::span(varying).first(texts), std::span(values).first(placed), step->unfilled});
}

void JsonShapes::learn(const char* begin, const char* end, const SlotsOf& slots_of) {
  Builder builder(slots_, slots_of);
  if (!builder.build(begin, end)) return;
  std::span<Step> path = builder.path();
  for (Step** place = &first_; !path.empty(); path = path.subspan(1)) {
    std::size_t choices = 0;
    for (; *place != nullptr && !(*place)->is_same(path.front()); ++choices) {
      place = &(*place)->other;
    }
    if (*place == nullptr) return add(path, place, choices);
    place = &(*place)->next;
  }
}

/// Adds what is new of a shape at a place that has so many choices.
void JsonShapes::add(std::span<Step> path, Step** place, std::size_t choices) {
  if (choices == most_choices || steps_.size() + path.size() > most_steps) {
    if (++misses_ % misses_to_forget != 0) return;
    steps_.clear();
    first_ = nullptr;
    return;
  }
  for (Step& step : path) {
    *place = &steps_.emplace_back(std::move(step));
    place = &(*place)->next;
  }
}

}  // namespace mta

#include "ingest/json_shape.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include "ingest/json_scan.hpp"

namespace mta {
namespace {

constexpr std::size_t word_bytes = 8;

std::uint64_t load(const char* at) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

/// The place behind a value that is no string, object or array; null where there is none.
const char* skip_bare(const char* at, const char* end) noexcept {
  if (at == end) return nullptr;
  if (*at == 't') return json::skip_word(at, end, "true");
  if (*at == 'f') return json::skip_word(at, end, "false");
  if (*at == 'n') return json::skip_word(at, end, "null");
  return json::skip_number(at, end);
}

}  // namespace

/// Walks over a line and takes down what stands between its values.
class JsonShape::Builder {
 public:
  Builder(JsonShape& shape, std::size_t slots, const SlotsOf& slots_of)
      : shape_(shape), filled_(slots), slots_of_(slots_of) {}

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
    return add_literal(end);
  }

 private:
  /// Ends the literal before the value; returns the place behind the value, or null.
  const char* take_value(std::string_view key, const char* at, const char* end) {
    const bool is_string = at != end && *at == '"';
    if (is_string) ++at;
    if (!add_literal(at)) return nullptr;
    const char* const stop = is_string ? json::find_string_end(at, end) : skip_bare(at, end);
    if (stop == nullptr) return nullptr;
    before_ = is_string ? Value::string : Value::bare;
    slot_ = slot_of(key);
    begin_ = stop;
    return is_string ? stop + 1 : stop;
  }

  /// The first slot of a key, and further ones as copies of it; of a key that comes again none.
  std::uint32_t slot_of(std::string_view key) {
    std::uint32_t first = nowhere;
    for (const std::size_t wide_slot : slots_of_(key)) {
      const auto slot = static_cast<std::uint32_t>(wide_slot);
      if (filled_[slot]) continue;
      filled_[slot] = true;
      if (first == nowhere) {
        first = slot;
      } else {
        shape_.copies_.emplace_back(first, slot);
      }
    }
    return first;
  }

  bool add_literal(const char* end) {
    const std::string_view text(begin_, end);
    if (text.size() > longest_literal) return false;
    Literal literal{.size = static_cast<std::uint32_t>(text.size()),
                    .more = static_cast<std::uint32_t>(shape_.more_words_.size()),
                    .slot = slot_,
                    .before = before_};
    for (std::size_t i = 0; i * word_bytes < text.size(); ++i) {
      const Word word = word_of(text.substr(i * word_bytes, word_bytes));
      if (i < literal.first.size()) {
        literal.first[i] = word;
      } else {
        shape_.more_words_.push_back(word);
        ++literal.more_words;
      }
    }
    shape_.literals_.push_back(literal);
    return true;
  }

  static Word word_of(std::string_view text) {
    char bytes[word_bytes] = {}, mask[word_bytes] = {};
    std::copy(text.begin(), text.end(), bytes);
    std::fill_n(mask, text.size(), '\xff');
    return {load(bytes), load(mask)};
  }

  JsonShape& shape_;
  std::vector<bool> filled_;
  const SlotsOf& slots_of_;
  const char* begin_ = nullptr;  // of the literal
  Value before_ = Value::none;
  std::uint32_t slot_ = nowhere;
};

std::optional<JsonShape> JsonShape::of(const char* begin, const char* end, std::size_t slots,
                                       const SlotsOf& slots_of) {
  JsonShape shape;
  if (!Builder(shape, slots, slots_of).build(begin, end)) return std::nullopt;
  return shape;
}

inline bool JsonShape::stands_at(const char* at, const Literal& literal) const noexcept {
  const auto differs = [](const char* text, const Word& word) {
    return (load(text) ^ word.bytes) & word.mask;
  };
  std::uint64_t difference =
      differs(at, literal.first[0]) | differs(at + word_bytes, literal.first[1]);
  for (std::uint32_t i = 0; i < literal.more_words; ++i) {
    difference |= differs(at + (2 + i) * word_bytes, more_words_[literal.more + i]);
  }
  return difference == 0;
}

// A string ends at the next quote, a bare value where it is one no more: where all literals stand
// there, the line is what it was when it was learnt but for its values.
bool JsonShape::read(const QuotedLine& line, std::span<TextPlace> slots) const noexcept {
  const char* const text = line.text;
  const simd::MarkedBytes& quotes = *line.quotes;
  std::size_t at = line.begin;
  for (const Literal& literal : literals_) {
    std::size_t end = at, size = 0;  // of the value before the literal
    if (literal.before == Value::string) {
      end = quotes.next(at);
      size = end - at;
    } else if (literal.before == Value::bare) {
      const char* const stop = skip_bare(text + at, text + line.end);
      if (stop == nullptr) return false;
      end = static_cast<std::size_t>(stop - text);
      size = text[at] == 'n' ? 0 : end - at;
    }
    // Behind the line's last byte stands a line end, which is in no literal.
    if (end > line.end || !stands_at(text + end, literal)) return false;
    if (literal.slot != nowhere) {
      slots[literal.slot] = {static_cast<std::uint32_t>(at),
                             static_cast<std::uint32_t>(at + size + 1)};
    }
    at = end + literal.size;
  }
  for (const auto& [from, to] : copies_) slots[to] = slots[from];
  return at == line.end;
}

JsonShapes::JsonShapes(std::size_t slots) : slots_(slots) { shapes_.reserve(most_shapes); }

bool JsonShapes::read(const QuotedLine& line, std::span<TextPlace> slots) noexcept {
  if (shapes_.empty()) return false;
  if (read_as(shapes_[recent_], line, slots)) return true;
  for (std::size_t i = 0; i < shapes_.size(); ++i) {
    if (i == recent_ || !read_as(shapes_[i], line, slots)) continue;
    recent_ = i;
    return true;
  }
  return false;
}

bool JsonShapes::read_as(const JsonShape& shape, const QuotedLine& line,
                         std::span<TextPlace> slots) noexcept {
  if (filled_by_ != &shape) std::fill(slots.begin(), slots.end(), TextPlace::nothing());
  filled_by_ = shape.read(line, slots) ? &shape : nullptr;
  return filled_by_ != nullptr;
}

void JsonShapes::learn(const char* begin, const char* end, const JsonShape::SlotsOf& slots_of) {
  if (shapes_.size() == most_shapes && ++misses_ % misses_for_another != 0) return;
  std::optional<JsonShape> shape = JsonShape::of(begin, end, slots_, slots_of);
  if (!shape) return;
  filled_by_ = nullptr;
  if (shapes_.size() < most_shapes) {
    recent_ = shapes_.size();
    shapes_.push_back(std::move(*shape));
    return;
  }
  recent_ = oldest_;
  shapes_[oldest_] = std::move(*shape);
  oldest_ = (oldest_ + 1) % most_shapes;
}

}  // namespace mta

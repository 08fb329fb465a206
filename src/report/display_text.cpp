#include "report/display_text.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace mta::report {
namespace {

constexpr std::uint32_t no_code_point = 0xFFFFFFFF;

/// One character of a text: its bytes, and its code point where they are valid UTF-8.
struct Character {
  std::string_view bytes;
  std::uint32_t code_point = no_code_point;
};

std::uint32_t byte_at(std::string_view text, std::size_t i) noexcept {
  return static_cast<unsigned char>(text[i]);
}

/// The first character of a text that is not empty; a byte that begins none is one by itself.
Character first_character(std::string_view text) noexcept {
  const std::uint32_t lead = byte_at(text, 0);
  if (lead < 0x80) return {text.substr(0, 1), lead};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  const Character broken{text.substr(0, 1), no_code_point};
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return broken;
  std::uint32_t code_point = lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_at(text, i) & 0xC0) != 0x80) return broken;
    code_point = code_point << 6 | (byte_at(text, i) & 0x3F);
  }
  const bool overlong =
      (length == 3 && code_point < 0x800) || (length == 4 && code_point < 0x10000);
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (overlong || surrogate || code_point > 0x10FFFF) return broken;
  return {text.substr(0, length), code_point};
}

struct Range {
  std::uint32_t first, last;
};

bool is_in(std::span<const Range> ranges, std::uint32_t code_point) noexcept {
  for (const Range& range : ranges) {
    if (code_point >= range.first && code_point <= range.last) return true;
  }
  return false;
}

/// C0 and C1 controls, line and paragraph separators, and what turns the direction of writing.
bool is_unprintable(std::uint32_t code_point) noexcept {
  static constexpr Range unprintable[] = {{0, 0x1F},        {0x7F, 0x9F},     {0x200E, 0x200F},
                                          {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF},
                                          {0xFFF9, 0xFFFB}, {0xFFFE, 0xFFFF}};
  return is_in(unprintable, code_point);
}

std::size_t columns_of(std::uint32_t code_point) noexcept {
  static constexpr Range none[] = {
      {0x300, 0x36F}, {0x200B, 0x200D}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xE0100, 0xE01EF}};
  static constexpr Range wide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},
                                   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},
                                   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE4F},
                                   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F},
                                   {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
  return is_in(none, code_point) ? 0 : is_in(wide, code_point) ? 2 : 1;
}

std::string hexadecimal(std::uint32_t number, std::size_t digits) {
  std::string text(digits, '0');
  for (std::size_t i = digits; i-- > 0; number >>= 4) text[i] = "0123456789abcdef"[number & 0xF];
  return text;
}

std::string escape(const Character& character) {
  switch (character.code_point) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    case no_code_point:
      return "\\x" + hexadecimal(byte_at(character.bytes, 0), 2);
    default:
      break;
  }
  return character.code_point < 0x80 ? "\\x" + hexadecimal(character.code_point, 2)
                                     : "\\u" + hexadecimal(character.code_point, 4);
}

std::vector<Character> characters(std::string_view text) {
  std::vector<Character> all;
  while (!text.empty()) {
    all.push_back(first_character(text));
    text.remove_prefix(all.back().bytes.size());
  }
  return all;
}

}  // namespace

std::string visible(std::string_view text) {
  std::string shown;
  for (const Character& character : characters(text)) {
    const bool plain =
        character.code_point != no_code_point && !is_unprintable(character.code_point);
    shown += plain ? std::string(character.bytes) : escape(character);
  }
  return shown;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (const Character& character : characters(text)) width += columns_of(character.code_point);
  return width;
}

std::string shortened(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  const std::vector<Character> all = characters(text);
  const std::size_t tail_room = (columns - 1) / 3;
  const std::size_t head_room = columns - 1 - tail_room;
  std::string head;
  std::size_t used = 0;
  for (std::size_t i = 0; used + columns_of(all[i].code_point) <= head_room; ++i) {
    used += columns_of(all[i].code_point);
    head += all[i].bytes;
  }
  std::size_t tail_begin = text.size();
  used = 0;
  for (std::size_t i = all.size(); used + columns_of(all[i - 1].code_point) <= tail_room; --i) {
    used += columns_of(all[i - 1].code_point);
    tail_begin -= all[i - 1].bytes.size();
  }
  return head + "…" + std::string(text.substr(tail_begin));
}

}  // namespace mta::report

#include "mta/identity/identifier.hpp"

#include <charconv>

namespace mta {

void set_identifier_text(std::string_view kind, std::string_view text, std::string& key_text) {
  key_text.clear();
  if (kind != visitor_kind) ((key_text += '\xff') += kind) += '\xff';
  key_text += text;
}

PersonKey identifier_key(std::string_view kind, std::string_view text) {
  if (kind == visitor_kind) return person_key(text);
  std::string key_text;
  set_identifier_text(kind, text, key_text);
  return person_key(key_text);
}

std::string format_key(const PersonKey& key) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(24, '0');
  for (std::size_t i = 0; i < 16; ++i) text[i] = digits[(key.high >> (60 - 4 * i)) & 15];
  for (std::size_t i = 0; i < 8; ++i) text[16 + i] = digits[(key.low >> (28 - 4 * i)) & 15];
  return text;
}

std::optional<PersonKey> parse_key(std::string_view text) noexcept {
  PersonKey key;
  if (text.size() != 24) return std::nullopt;
  const char* const middle = text.data() + 16;
  const char* const end = text.data() + 24;
  const auto high = std::from_chars(text.data(), middle, key.high, 16);
  const auto low = std::from_chars(middle, end, key.low, 16);
  if (high.ec != std::errc{} || high.ptr != middle) return std::nullopt;
  if (low.ec != std::errc{} || low.ptr != end) return std::nullopt;
  return key;
}

}  // namespace mta

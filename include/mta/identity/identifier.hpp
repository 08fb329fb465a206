#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mta/core/export.hpp"
#include "mta/core/hash.hpp"

namespace mta {

/// What an identifier is: a cookie, a device, an e-mail address. Numbered by the `Sightings` or the
/// `IdentityRules` that it is of; between them kinds are known by name.
enum class KindId : std::uint16_t {};
[[nodiscard]] constexpr std::size_t index(KindId kind) noexcept {
  return static_cast<std::size_t>(kind);
}

/// The kind whose keys are those of the visitor column, so that both agree.
inline constexpr std::string_view visitor_kind = "visitor";

/// One identifier of somebody: its kind, and a key of kind and text.
struct Identifier {
  PersonKey key;
  KindId kind{};
  friend constexpr auto operator<=>(const Identifier&, const Identifier&) = default;
};

/// The key of an identifier: `person_key(text)` of a visitor; of all other kinds the top 96 bits of
/// XXH3-128 (seed 0) of the byte 0xFF, the kind's name, 0xFF and the text. No valid UTF-8 has the
/// byte 0xFF, so equal texts of two kinds have two keys.
[[nodiscard]] MTA_EXPORT PersonKey identifier_key(std::string_view kind, std::string_view text);
/// The bytes of which `person_key` is that key.
MTA_EXPORT void set_identifier_text(std::string_view kind, std::string_view text,
                                    std::string& key_text);

/// 24 hexadecimal digits: how a key is written where its text is not kept.
[[nodiscard]] MTA_EXPORT std::string format_key(const PersonKey& key);
/// What `format_key` wrote; nothing where the text is no such key.
[[nodiscard]] MTA_EXPORT std::optional<PersonKey> parse_key(std::string_view text) noexcept;

}  // namespace mta

#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/identity/blocked_values.hpp"
#include "mta/identity/identifier.hpp"
#include "mta/identity/normalisation.hpp"

namespace mta {

enum class IdentityLevel {
  person,   ///< who shares such an identifier is one person
  account,  ///< persons who share one stay apart, but belong to one account
};
enum class TextHash {
  none,
  sha256,  ///< the normal form is hashed; a text of 64 hexadecimal digits is taken as hashed
           ///< already
};

/// One kind of identifier.
struct IdentifierKind {
  static constexpr std::int64_t ever = std::numeric_limits<std::int64_t>::max();

  std::string name = {};
  IdentityLevel level = IdentityLevel::person;
  Normalisation normalise = Normalisation::none;
  TextHash hash = TextHash::none;
  /// So many distinct identifiers of this kind a person may have, at least 1. Nothing: any number.
  std::optional<std::uint32_t> limit = {};
  /// The limit holds for those first linked less than so many microseconds apart.
  std::int64_t within = ever;
  friend bool operator==(const IdentifierKind&, const IdentifierKind&) = default;
};

/// "ever", "day", "week" (7 days), "month" (30 days), "year" (365 days), or a duration > 0 ("36h"),
/// in microseconds; nothing where the text is none of these.
[[nodiscard]] MTA_EXPORT std::optional<std::int64_t> parse_limit_window(std::string_view text);

/// An identifier as people write it. The kind "key" takes what `format_key` writes.
struct IdentifierName {
  std::string kind;
  std::string text;
  friend bool operator==(const IdentifierName&, const IdentifierName&) = default;
};
struct IdentifierPair {
  IdentifierName a;
  IdentifierName b;
  friend bool operator==(const IdentifierPair&, const IdentifierPair&) = default;
};

/// What makes identifiers one person, and what does not.
struct IdentityOptions {
  std::vector<IdentifierKind> kinds = {
      {.name = std::string(visitor_kind)}};  ///< by priority, highest first
  BlockedValueOptions blocked = {};
  std::string country = {};                  ///< calling code of phones that carry none: "49"
  std::vector<IdentifierPair> include = {};  ///< always one person, before all else
  std::vector<IdentifierPair> exclude = {};  ///< never linked by a sighting of both
  std::vector<IdentifierName> ignore = {};   ///< link nobody
  friend bool operator==(const IdentityOptions&, const IdentityOptions&) = default;
};

/// What became of a text.
enum class IdentifierFate { taken, missing, blocked, malformed };

/// Identity options, checked, with the keys of all that they name.
///
///   Errors  @throws Error{Errc::invalid_option} naming the field, the rule and the value: no
///   kinds;
///           a kind without a name, twice, or called "key"; more than 65,000 kinds; a limit of 0 or
///           on an account; a window that is not > 0; a country that is no calling code; a pair or
///           an identifier to ignore of an unknown kind, or whose text is blocked or none of its
///           sort; a pair of one identifier with itself; a pair both included and excluded
class MTA_EXPORT IdentityRules {
 public:
  explicit IdentityRules(const IdentityOptions& options = {});

  [[nodiscard]] const IdentityOptions& options() const noexcept { return options_; }
  /// The kinds by priority: a KindId of these rules is a place in this list.
  [[nodiscard]] std::span<const IdentifierKind> kinds() const noexcept { return options_.kinds; }
  /// The place of a kind; nothing where the rules do not know it.
  [[nodiscard]] std::optional<KindId> kind(std::string_view name) const noexcept;

  /// Normalises, checks and hashes a text: `form` and `key` are set where it is taken.
  [[nodiscard]] IdentifierFate read(KindId kind, std::string_view text, std::string& form,
                                    PersonKey& key) const;

  using KeyPair = std::pair<PersonKey, PersonKey>;  ///< the smaller first
  [[nodiscard]] std::span<const KeyPair> included() const noexcept { return include_; }  ///< rising
  [[nodiscard]] std::span<const KeyPair> excluded() const noexcept { return exclude_; }  ///< rising
  [[nodiscard]] std::span<const PersonKey> ignored() const noexcept { return ignore_; }  ///< rising
  [[nodiscard]] bool ignores(const PersonKey& key) const noexcept;

 private:
  [[nodiscard]] PersonKey key_of(const char* field, const IdentifierName& name) const;
  [[nodiscard]] std::vector<KeyPair> pairs_of(const char* field,
                                              std::span<const IdentifierPair> pairs) const;

  IdentityOptions options_;
  BlockedValues blocked_;
  std::vector<KeyPair> include_, exclude_;
  std::vector<PersonKey> ignore_;
};

}  // namespace mta

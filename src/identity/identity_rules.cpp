#include "mta/identity/identity_rules.hpp"

#include <algorithm>
#include <iterator>

#include "identity/text_form.hpp"
#include "mta/core/duration.hpp"
#include "mta/core/error.hpp"
#include "mta/identity/sha256.hpp"

namespace mta {
namespace {

constexpr std::size_t most_kinds = 65'000;

[[noreturn]] void refuse(const std::string& field, const std::string& rule,
                         const std::string& value) {
  throw Error(Errc::invalid_option, "identity." + field + " must " + rule + ", got " + value);
}

std::string in_quotes(std::string_view text) { return '\'' + std::string(text) + '\''; }

void check_kind(const IdentifierKind& kind) {
  if (trimmed(kind.name).empty())
    refuse("kinds", "have names that are not blank", in_quotes(kind.name));
  if (kind.name == "key")
    refuse("kinds", "not be called 'key', which names keys", in_quotes(kind.name));
  const std::string field = "kinds." + kind.name;
  if (kind.limit && *kind.limit == 0) refuse(field + ".limit", "be at least 1", "0");
  if (kind.limit && kind.level == IdentityLevel::account) {
    refuse(field + ".limit", "be absent on an account, which makes no persons",
           std::to_string(*kind.limit));
  }
  if (kind.within <= 0) {
    refuse(field + ".within", "be > 0 microseconds", std::to_string(kind.within));
  }
}

void check_kinds(std::span<const IdentifierKind> kinds) {
  if (kinds.empty()) refuse("kinds", "hold at least one kind", "none");
  if (kinds.size() > most_kinds) {
    refuse("kinds", "hold at most 65000", std::to_string(kinds.size()));
  }
  std::vector<std::string_view> names;
  for (const IdentifierKind& kind : kinds) {
    check_kind(kind);
    names.push_back(kind.name);
  }
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end()) refuse("kinds", "have different names", in_quotes(*twice) + " twice");
}

void check_country(std::string_view country) {
  if (country.empty()) return;
  const bool digits = std::all_of(country.begin(), country.end(), is_digit);
  if (digits && country.size() <= 3 && country.front() != '0') return;
  refuse("country", "be a calling code of 1 to 3 digits, such as '49'", in_quotes(country));
}

bool is_sha256(std::string_view text) noexcept {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
         });
}

}  // namespace

std::optional<std::int64_t> parse_limit_window(std::string_view text) {
  constexpr std::int64_t day = 86'400'000'000;
  if (text == "ever") return IdentifierKind::ever;
  if (text == "day") return day;
  if (text == "week") return 7 * day;
  if (text == "month") return 30 * day;
  if (text == "year") return 365 * day;
  const std::optional<std::int64_t> duration = parse_duration(text);
  return duration && *duration > 0 ? duration : std::nullopt;
}

IdentityRules::IdentityRules(const IdentityOptions& options)
    : options_(options), blocked_(options.blocked) {
  check_kinds(options_.kinds);
  check_country(options_.country);
  include_ = pairs_of("include", options_.include);
  exclude_ = pairs_of("exclude", options_.exclude);
  for (const IdentifierName& name : options_.ignore) ignore_.push_back(key_of("ignore", name));
  std::sort(ignore_.begin(), ignore_.end());
  std::vector<KeyPair> both;
  std::set_intersection(include_.begin(), include_.end(), exclude_.begin(), exclude_.end(),
                        std::back_inserter(both));
  if (!both.empty()) {
    refuse("exclude", "not hold a pair of identity.include",
           format_key(both.front().first) + " and " + format_key(both.front().second));
  }
}

std::optional<KindId> IdentityRules::kind(std::string_view name) const noexcept {
  for (std::size_t i = 0; i < options_.kinds.size(); ++i) {
    if (options_.kinds[i].name == name) return static_cast<KindId>(i);
  }
  return std::nullopt;
}

IdentifierFate IdentityRules::read(KindId kind, std::string_view text, std::string& form,
                                   PersonKey& key) const {
  const IdentifierKind& rule = options_.kinds[index(kind)];
  if (trimmed(text).empty()) return IdentifierFate::missing;
  if (blocked_.blocks(text)) return IdentifierFate::blocked;
  if (rule.hash == TextHash::sha256 && is_sha256(trimmed(text))) {
    form = lowered(trimmed(text));
  } else if (rule.normalise == Normalisation::none) {
    form = text;
  } else {
    std::optional<std::string> normal = normalise(rule.normalise, text, options_.country);
    if (!normal) return IdentifierFate::malformed;
    form = std::move(*normal);
    if (blocked_.blocks(form)) return IdentifierFate::blocked;
  }
  if (rule.hash == TextHash::sha256 && !is_sha256(form)) form = sha256_hex(form);
  key = identifier_key(rule.name, form);
  return IdentifierFate::taken;
}

PersonKey IdentityRules::key_of(const char* field, const IdentifierName& name) const {
  if (name.kind == "key") {
    const std::optional<PersonKey> key = parse_key(name.text);
    if (!key) refuse(field, "name keys by 24 hexadecimal digits", in_quotes(name.text));
    return *key;
  }
  const std::optional<KindId> of = kind(name.kind);
  if (!of) refuse(field, "name kinds of identity.kinds", in_quotes(name.kind));
  std::string form;
  PersonKey key;
  if (read(*of, name.text, form, key) != IdentifierFate::taken) {
    refuse(field, "name identifiers that are neither blank, blocked nor malformed",
           name.kind + " " + in_quotes(name.text));
  }
  return key;
}

std::vector<IdentityRules::KeyPair> IdentityRules::pairs_of(
    const char* field, std::span<const IdentifierPair> pairs) const {
  std::vector<KeyPair> keys;
  for (const IdentifierPair& pair : pairs) {
    const PersonKey a = key_of(field, pair.a), b = key_of(field, pair.b);
    if (a == b)
      refuse(field, "pair two identifiers", pair.a.kind + " " + in_quotes(pair.a.text) + " twice");
    keys.emplace_back(std::min(a, b), std::max(a, b));
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

bool IdentityRules::ignores(const PersonKey& key) const noexcept {
  return !ignore_.empty() && std::binary_search(ignore_.begin(), ignore_.end(), key);
}

}  // namespace mta

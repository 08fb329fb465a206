#pragma once
// Sightings and persons as text, so that tests read: "3 cookie=X user=A" was seen on day 3.
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "mta/identity/identity.hpp"
#include "mta/identity/sighting_writer.hpp"

namespace mta::test {

inline constexpr std::int64_t day = 86'400'000'000;

/// Kinds in order of priority: "user", "email:2" (two ever), "email:2/week".
inline IdentityOptions kinds(const std::vector<std::string>& told) {
  IdentityOptions options;
  options.kinds.clear();
  for (const std::string& text : told) {
    IdentifierKind kind;
    const std::size_t colon = text.find(':'), slash = text.find('/');
    kind.name = text.substr(0, colon);
    if (colon != std::string::npos) {
      kind.limit = static_cast<std::uint32_t>(std::stoul(text.substr(colon + 1)));
    }
    if (slash != std::string::npos) kind.within = *parse_limit_window(text.substr(slash + 1));
    options.kinds.push_back(kind);
  }
  return options;
}

inline void see(SightingWriter& writer, const IdentityRules& rules, const std::string& row) {
  std::istringstream words(row);
  std::int64_t when = 0;
  words >> when;
  for (std::string word; words >> word;) {
    const std::size_t equals = word.find('=');
    writer.add(*rules.kind(word.substr(0, equals)), word.substr(equals + 1));
  }
  writer.finish({when * day});
}

inline Sightings sightings_of(const IdentityRules& rules, const std::vector<std::string>& rows,
                              KeepTexts texts = KeepTexts::yes) {
  Sightings sightings(texts);
  SightingWriter writer(rules, sightings);
  for (const std::string& row : rows) see(writer, rules, row);
  return sightings;
}

using Groups = std::set<std::set<std::string>>;

/// The identifiers of every person, "kind=text". Needs texts.
inline Groups groups(const Sightings& sightings, const PersonMap& persons) {
  std::map<PersonKey, std::set<std::string>> members;
  for (std::size_t i = 0; i < sightings.identifiers(); ++i) {
    const Identifier identifier = sightings.identifier(i);
    members[persons.person(identifier.key)].insert(sightings.kinds()[index(identifier.kind)] + "=" +
                                                   std::string(sightings.text(i)));
  }
  Groups groups;
  for (auto& [person, names] : members) groups.insert(names);
  return groups;
}

inline Groups persons_of(const IdentityOptions& options, const std::vector<std::string>& rows) {
  const IdentityRules rules(options);
  const Sightings sightings = sightings_of(rules, rows);
  return groups(sightings, resolve(sightings, rules).persons);
}

}  // namespace mta::test

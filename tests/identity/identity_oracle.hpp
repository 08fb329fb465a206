#pragma once
// Who is one person, the slow way: sets of texts, every rule as docs/identity.md has it.
#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "identity/told_identity.hpp"

namespace mta::test {

class IdentityOracle {
 public:
  IdentityOracle(const IdentityOptions& options, const std::vector<std::string>& rows)
      : options_(options) {
    for (const std::string& row : rows) see(row);
    for (const auto& [members, first] : sightings_) {
      if (members.size() < 2) continue;
      for (const std::string& name : members) {
        auto [at, fresh] = linked_.try_emplace(name, first);
        at->second = std::min(at->second, first);
      }
    }
    for (const IdentifierPair& pair : options.include) {
      unite(persons_, {name(pair.a), name(pair.b)});
    }
    std::vector<std::tuple<std::int64_t, std::vector<PersonKey>, std::set<std::string>>> order;
    for (const auto& [members, first] : sightings_) {
      std::vector<PersonKey> keys;
      for (const std::string& member : members) keys.push_back(key(member));
      std::sort(keys.begin(), keys.end());
      order.emplace_back(first, keys, members);
    }
    std::sort(order.begin(), order.end());
    for (const auto& [first, keys, members] : order) join(members);
  }

  [[nodiscard]] Groups persons() const { return persons_; }

 private:
  static std::string name(const IdentifierName& of) { return of.kind + "=" + of.text; }
  static std::string kind_of(const std::string& name) { return name.substr(0, name.find('=')); }
  static PersonKey key(const std::string& name) {
    return identifier_key(kind_of(name), name.substr(name.find('=') + 1));
  }

  void see(const std::string& row) {
    std::istringstream words(row);
    std::int64_t when = 0;
    words >> when;
    std::set<std::string> members;
    for (std::string word; words >> word;) members.insert(word);
    for (const std::string& member : members) unite(persons_, {member});
    auto [at, fresh] = sightings_.try_emplace(members, when);
    at->second = std::min(at->second, when);
  }

  static void unite(Groups& persons, std::set<std::string> names) {
    Groups rest;
    for (const auto& person : persons) {
      const bool meets = std::any_of(names.begin(), names.end(),
                                     [&](const auto& n) { return person.contains(n); });
      if (!meets) rest.insert(person);
    }
    for (const auto& person : persons) {
      if (!rest.contains(person)) names.insert(person.begin(), person.end());
    }
    rest.insert(names);
    persons = rest;
  }

  [[nodiscard]] std::size_t priority(const std::string& name) const {
    std::size_t place = 0;
    while (options_.kinds[place].name != kind_of(name)) ++place;
    return place;
  }

  void join(const std::set<std::string>& members) {
    std::vector<std::tuple<std::size_t, std::int64_t, PersonKey, std::string>> order;
    for (const std::string& n : members) {
      const auto linked = linked_.find(n);
      const auto never = std::numeric_limits<std::int64_t>::max();
      order.emplace_back(priority(n), linked == linked_.end() ? never : linked->second, key(n), n);
    }
    std::sort(order.begin(), order.end());
    std::vector<std::string> kept;
    for (const auto& entry : order) {
      const std::string& n = std::get<3>(entry);
      const auto is = [&](const IdentifierName& other) { return name(other) == n; };
      if (std::any_of(options_.ignore.begin(), options_.ignore.end(), is)) continue;
      if (std::none_of(kept.begin(), kept.end(), [&](auto& k) { return excluded(k, n); })) {
        kept.push_back(n);
      }
    }
    for (; kept.size() > 1; kept.pop_back()) {
      Groups tried = persons_;
      unite(tried, {kept.begin(), kept.end()});
      if (std::all_of(tried.begin(), tried.end(), [&](auto& person) { return allowed(person); })) {
        persons_ = tried;
        return;
      }
    }
  }

  [[nodiscard]] bool excluded(const std::string& a, const std::string& b) const {
    return std::any_of(options_.exclude.begin(), options_.exclude.end(), [&](const auto& pair) {
      return (name(pair.a) == a && name(pair.b) == b) || (name(pair.a) == b && name(pair.b) == a);
    });
  }

  /// Only for rules without an inclusion list, which may exceed limits on its own.
  [[nodiscard]] bool allowed(const std::set<std::string>& person) const {
    for (const IdentifierKind& kind : options_.kinds) {
      if (!kind.limit) continue;
      for (const std::string& from : person) {
        std::size_t within = 0;
        for (const std::string& other : person) {
          if (kind_of(from) != kind.name || kind_of(other) != kind.name) continue;
          const std::int64_t apart = first(other) - first(from);
          const bool near = kind.within == IdentifierKind::ever || apart < kind.within / day;
          if (apart >= 0 && near) ++within;
        }
        if (within > *kind.limit) return false;
      }
    }
    return true;
  }
  [[nodiscard]] std::int64_t first(const std::string& name) const {
    const auto at = linked_.find(name);
    return at == linked_.end() ? 0 : at->second;
  }

  const IdentityOptions& options_;
  std::map<std::set<std::string>, std::int64_t> sightings_;
  std::map<std::string, std::int64_t> linked_;
  Groups persons_;
};

}  // namespace mta::test

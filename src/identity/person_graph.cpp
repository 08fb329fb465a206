#include "mta/identity/person_graph.hpp"

#include <algorithm>
#include <tuple>

#include "identity/link_graph.hpp"
#include "identity/sighting_filter.hpp"

namespace mta {
namespace {

NamedKey named(const Sightings& sightings, std::uint32_t i) {
  const Identifier identifier = sightings.identifier(i);
  const std::string_view text = sightings.text(i);
  return {sightings.kinds()[index(identifier.kind)], identifier.key,
          text.empty() ? format_key(identifier.key) : std::string(text)};
}

/// @param identifiers  by key, rising
const NamedKey* find_key(std::span<const NamedKey> identifiers, const PersonKey& key) noexcept {
  const auto at = std::lower_bound(identifiers.begin(), identifiers.end(), key,
                                   [](const NamedKey& a, const PersonKey& k) { return a.key < k; });
  return at != identifiers.end() && at->key == key ? &*at : nullptr;
}

/// Collects what a person is made of.
class Collector {
 public:
  Collector(const Sightings& sightings, const IdentityRules& rules, const Identity& identity,
            const PersonKey& person)
      : sightings_(sightings), identity_(identity), kinds_(ranked_kinds(sightings, rules)) {
    place_.assign(sightings.identifiers(), Sightings::unknown);
    for (std::uint32_t i = 0; i < place_.size(); ++i) {
      if (is_person(i) && identity.persons.person(sightings.identifier(i).key) == person) {
        identifiers.push_back(named(sightings, i));
      }
    }
    for (const auto& [a, b] : rules.included()) {
      for (const PersonKey& key : {a, b}) {
        const bool stranger = sightings.find(key) == Sightings::unknown;
        if (stranger && identity.persons.person(key) == person) {
          identifiers.push_back({{}, key, format_key(key)});
        }
      }
    }
    const auto order = [](const NamedKey& a, const NamedKey& b) { return a.key < b.key; };
    std::sort(identifiers.begin(), identifiers.end(), order);
    identifiers.erase(std::unique(identifiers.begin(), identifiers.end()), identifiers.end());
    for (std::uint32_t p = 0; p < identifiers.size(); ++p) {
      const std::uint32_t i = sightings.find(identifiers[p].key);
      if (i != Sightings::unknown) place_[i] = p;
    }
    include(rules);
  }

  void collect() {
    auto drop = identity_.dropped.begin();
    for (std::uint32_t i = 0; i < sightings_.size(); ++i) {
      const auto begin = drop;
      while (drop != identity_.dropped.end() && drop->sighting == i) ++drop;
      add(sightings_.sighting(i), {begin, drop});
    }
    std::stable_sort(links.begin(), links.end(), [](const PersonLink& a, const PersonLink& b) {
      return std::tie(b.origin, a.first, a.identifiers) <
             std::tie(a.origin, b.first, b.identifiers);
    });
    std::sort(drops.begin(), drops.end(), [](const PersonDrop& a, const PersonDrop& b) {
      return std::tie(a.first, a.identifier.key, a.with, a.last, a.events) <
             std::tie(b.first, b.identifier.key, b.with, b.last, b.events);
    });
  }

  std::vector<NamedKey> identifiers;
  std::vector<PersonLink> links;
  std::vector<PersonDrop> drops;

 private:
  [[nodiscard]] const RankedKind& kind(std::uint32_t i) const noexcept {
    return kinds_[index(sightings_.identifier(i).kind)];
  }
  [[nodiscard]] bool is_person(std::uint32_t i) const noexcept {
    return kind(i).level == IdentityLevel::person;
  }

  void include(const IdentityRules& rules) {
    const auto place = [&](const NamedKey* of) {
      return static_cast<std::uint32_t>(of - identifiers.data());
    };
    for (const auto& [a, b] : rules.included()) {
      const NamedKey *const x = find_key(identifiers, a), *const y = find_key(identifiers, b);
      if (x == nullptr || y == nullptr) continue;
      links.push_back({{place(x), place(y)}, LinkOrigin::included, {}, {}, 0, {}});
    }
  }

  void add(const Sighting& seen, std::span<const DroppedIdentifier> dropped) {
    std::vector<std::uint32_t> kept;
    std::uint32_t best = Sightings::unknown;
    for (const std::uint32_t i : seen.identifiers) {
      if (place_[i] == Sightings::unknown || is_dropped(i, dropped)) continue;
      kept.push_back(place_[i]);
      if (best == Sightings::unknown || goes_before(i, best)) best = i;
    }
    if (kept.empty()) return;
    for (const DroppedIdentifier& drop : dropped) {
      drops.push_back({named(sightings_, drop.identifier), drop.reason, place_[best], seen.first,
                       seen.last, seen.events});
    }
    if (kept.size() < 2) return;
    std::sort(kept.begin(), kept.end());
    links.push_back({std::move(kept), LinkOrigin::seen, seen.first, seen.last, seen.events, {}});
  }

  [[nodiscard]] static bool is_dropped(std::uint32_t i,
                                       std::span<const DroppedIdentifier> dropped) {
    return std::any_of(dropped.begin(), dropped.end(),
                       [i](const DroppedIdentifier& drop) { return drop.identifier == i; });
  }
  [[nodiscard]] bool goes_before(std::uint32_t a, std::uint32_t b) const noexcept {
    return std::tuple(kind(a).priority, sightings_.identifier(a).key) <
           std::tuple(kind(b).priority, sightings_.identifier(b).key);
  }

  const Sightings& sightings_;
  const Identity& identity_;
  std::vector<RankedKind> kinds_;
  std::vector<std::uint32_t> place_;  // in `identifiers`, by number in the sightings
};

}  // namespace

PersonGraph::PersonGraph(const Sightings& sightings, const IdentityRules& rules,
                         const Identity& identity, const PersonKey& identifier)
    : person_(identity.persons.person(identifier)) {
  Collector collector(sightings, rules, identity, person_);
  collector.collect();
  identifiers_ = std::move(collector.identifiers);
  links_ = std::move(collector.links);
  drops_ = std::move(collector.drops);
  if (links_.empty()) return;
  auto parts = LinkGraph(identifiers_.size(), links_).parts();
  for (std::size_t l = 0; l < links_.size(); ++l) links_[l].parts = std::move(parts[l]);
}

const NamedKey* PersonGraph::find(const PersonKey& identifier) const noexcept {
  return find_key(identifiers_, identifier);
}

void PersonGraph::set_texts(std::span<const NamedKey> known) {
  const auto set = [known](NamedKey& identifier) {
    const NamedKey* const found = find_key(known, identifier.key);
    if (found != nullptr && identifier.text == format_key(identifier.key)) identifier = *found;
  };
  for (NamedKey& identifier : identifiers_) set(identifier);
  for (PersonDrop& drop : drops_) set(drop.identifier);
}

std::vector<std::uint32_t> PersonGraph::bridges() const {
  std::vector<std::uint32_t> bridges;
  for (std::uint32_t l = 0; l < links_.size(); ++l) {
    if (links_[l].parts.size() > 1) bridges.push_back(l);
  }
  std::stable_sort(bridges.begin(), bridges.end(), [&](std::uint32_t a, std::uint32_t b) {
    return links_[a].parts.front() < links_[b].parts.front();
  });
  return bridges;
}

std::vector<ChainStep> PersonGraph::chain(const PersonKey& from, const PersonKey& to) const {
  const NamedKey *const a = find(from), *const b = find(to);
  if (a == nullptr || b == nullptr) return {};
  return LinkGraph(identifiers_.size(), links_)
      .chain(static_cast<std::uint32_t>(a - identifiers_.data()),
             static_cast<std::uint32_t>(b - identifiers_.data()));
}

}  // namespace mta

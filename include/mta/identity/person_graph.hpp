#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/core/units.hpp"
#include "mta/identity/identity.hpp"

namespace mta {

/// An identifier as people read it.
struct NamedKey {
  std::string kind;  ///< empty where only the inclusion list names it
  PersonKey key;
  std::string text;  ///< where the sightings keep texts, else `format_key(key)`
  friend bool operator==(const NamedKey&, const NamedKey&) = default;
};

enum class LinkOrigin {
  seen,      ///< events or a link file
  included,  ///< the inclusion list; without times and events
};

/// Why identifiers of a person belong together.
struct PersonLink {
  std::vector<std::uint32_t> identifiers;  ///< places in PersonGraph::identifiers, rising
  LinkOrigin origin = LinkOrigin::seen;
  TimePoint first;
  TimePoint last;
  std::uint64_t events = 0;
  /// Into persons of how many identifiers the person would fall without this link, the largest
  /// first; one entry where it would not.
  std::vector<std::uint64_t> parts;
  friend bool operator==(const PersonLink&, const PersonLink&) = default;
};

/// What was seen with an identifier of the person, but does not link.
struct PersonDrop {
  NamedKey identifier;
  DropReason reason{};
  std::uint32_t with = 0;  ///< place in PersonGraph::identifiers: the one of highest priority
  TimePoint first;
  TimePoint last;
  std::uint64_t events = 0;
  friend bool operator==(const PersonDrop&, const PersonDrop&) = default;
};

/// A step of a chain: over a link to an identifier.
struct ChainStep {
  std::uint32_t link;
  std::uint32_t identifier;
  friend bool operator==(const ChainStep&, const ChainStep&) = default;
};

/// Why a person is one: its identifiers, what links them, and what hangs by a single link.
///
///   Promises  depends on the sightings and the rules alone, not on order
///   Requires  `identity` is of these sightings and rules, and the sightings are as they were
///   Cost      making one: a pass over all identifiers and sightings, then linear in the person's
class MTA_EXPORT PersonGraph {
 public:
  PersonGraph(const Sightings& sightings, const IdentityRules& rules, const Identity& identity,
              const PersonKey& identifier);

  [[nodiscard]] PersonKey person() const noexcept { return person_; }
  /// By key, rising; empty where the identifier was never seen.
  [[nodiscard]] std::span<const NamedKey> identifiers() const noexcept { return identifiers_; }
  /// Nothing where the person does not have that identifier.
  [[nodiscard]] const NamedKey* find(const PersonKey& identifier) const noexcept;
  /// Included ones first; then by the first time, then by identifiers.
  [[nodiscard]] std::span<const PersonLink> links() const noexcept { return links_; }
  /// By the first time, then by key.
  [[nodiscard]] std::span<const PersonDrop> drops() const noexcept { return drops_; }

  /// Gives identifiers whose texts the sightings do not keep the texts they are known by.
  /// @param known  by key, rising
  void set_texts(std::span<const NamedKey> known);

  /// The links without which the person falls apart, those that split it most evenly first: where
  /// to look for a false merge. Excluding the pair (or all pairs) of one takes it back.
  [[nodiscard]] std::vector<std::uint32_t> bridges() const;

  /// A chain of fewest links from one identifier to another; empty where they are the same, or one
  /// of them is not of this person.
  [[nodiscard]] std::vector<ChainStep> chain(const PersonKey& from, const PersonKey& to) const;

 private:
  PersonKey person_;
  std::vector<NamedKey> identifiers_;
  std::vector<PersonLink> links_;
  std::vector<PersonDrop> drops_;
};

}  // namespace mta

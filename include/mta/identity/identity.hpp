#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/identity/identity_rules.hpp"
#include "mta/identity/person_map.hpp"
#include "mta/identity/sightings.hpp"

namespace mta {

/// Why an identifier of a sighting links nobody there.
enum class DropReason : std::uint8_t {
  ignored,     ///< the rules ignore it
  excluded,    ///< the rules exclude its pair with an identifier of higher priority
  over_limit,  ///< with it, the person would have exceeded a limit
};

struct DroppedIdentifier {
  std::uint32_t sighting = 0;    ///< number in the sightings
  std::uint32_t identifier = 0;  ///< likewise
  DropReason reason{};
};

/// What is known of one kind. Drops are counted once a sighting.
struct KindReport {
  std::string kind;
  std::uint64_t identifiers = 0;  ///< distinct ones
  std::uint64_t blocked = 0;      ///< texts that were blocked values
  std::uint64_t malformed = 0;    ///< texts that could not be normalised
  std::uint64_t ignored = 0;
  std::uint64_t excluded = 0;
  std::uint64_t over_limit = 0;
  friend bool operator==(const KindReport&, const KindReport&) = default;
};

struct PersonSize {
  PersonKey person;
  std::uint64_t identifiers = 0;
  friend bool operator==(const PersonSize&, const PersonSize&) = default;
};

struct IdentityReport {
  std::uint64_t identifiers = 0;    ///< distinct ones, of all kinds and of the inclusion list
  std::uint64_t persons = 0;        ///< of which some have but one identifier
  std::uint64_t accounts = 0;       ///< groups of persons that share an account
  std::uint64_t sightings = 0;      ///< distinct ones of two or more identifiers
  std::uint64_t events = 0;         ///< that these were seen in
  std::vector<KindReport> kinds;    ///< as in the rules; then those they do not know, by name
  std::vector<PersonSize> largest;  ///< the ten persons of most identifiers, by number, then key
  friend bool operator==(const IdentityReport&, const IdentityReport&) = default;
};

/// Sightings resolved.
struct Identity {
  PersonMap persons;   ///< identifiers of level person to persons
  PersonMap accounts;  ///< persons, and identifiers of level account, to groups
  IdentityReport report;
  /// What linked nobody, by sighting; numbers are those of the sightings resolved.
  std::vector<DroppedIdentifier> dropped;

  /// The group of persons that an identifier of either level belongs to.
  [[nodiscard]] PersonKey account(const PersonKey& identifier) const noexcept {
    return accounts.person(persons.person(identifier));
  }
};

/// Who is one person. First the inclusion list; then the sightings by the time they were first
/// seen, equal times by their identifiers' keys. Of each, identifiers go that are ignored, and that
/// are excluded with one of higher priority. What is left becomes one person, unless its
/// identifiers of a kind would then exceed the kind's limit: then the identifier of lowest priority
/// (of one kind the one first linked last, then the larger key) goes, and the rest is tried again.
/// Kinds that the rules do not know have the lowest priority, by name, and no limit.
///
///   Promises  depends on the set of sightings and the rules alone, not on order
///   Errors    @throws Error{Errc::overflow} beyond 2^31 - 2 identifiers
///   Cost      without limits: one pass over the sightings, and a sort of the linked identifiers;
///             with limits, a sort of the sightings too
///   Source    docs/identity.md (Segment's identity resolution)
[[nodiscard]] MTA_EXPORT Identity resolve(const Sightings& sightings, const IdentityRules& rules);

/// Identifiers to groups: what `stitch` takes to answer by account instead of by person.
[[nodiscard]] MTA_EXPORT PersonMap account_map(const Identity& identity);

}  // namespace mta

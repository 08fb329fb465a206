#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "identity/limited_persons.hpp"
#include "identity/person_sets.hpp"
#include "identity/sighting_filter.hpp"
#include "mta/identity/identity.hpp"

namespace mta {

/// One resolution of sightings, step by step. Numbers of identifiers are those of the sightings;
/// those that only the inclusion list names come after them.
class Resolution {
 public:
  Resolution(const Sightings& sightings, const IdentityRules& rules);
  [[nodiscard]] Identity finish();

 private:
  [[nodiscard]] PersonKey key(std::uint32_t i) const noexcept;
  [[nodiscard]] std::uint32_t number(const PersonKey& key) const noexcept;
  [[nodiscard]] bool is_person(std::uint32_t i) const noexcept;
  void include_plainly();
  void join_everything();
  void join_plainly();
  void join_within_limits();
  [[nodiscard]] std::vector<LimitedPersons::Member> limited_members() const;
  void map_persons(Identity& identity);
  void map_accounts(Identity& identity);
  void report(Identity& identity);
  void report_kinds(IdentityReport& report) const;

  const Sightings& sightings_;
  const IdentityRules& rules_;
  std::vector<PersonKey> strangers_;  // identifiers that only the inclusion list names; rising
  std::vector<RankedKind> kinds_;
  std::vector<std::int64_t> first_;  // empty where nothing depends on times
  SightingFilter filter_;
  PersonSets sets_;
  std::vector<DroppedIdentifier> dropped_;
  std::vector<PersonSize> largest_;
};

}  // namespace mta

#pragma once
#include <span>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/identity/person_map.hpp"

namespace mta {

/// An identifier whose person is another than it was.
struct PersonChange {
  PersonKey identifier;
  PersonKey before;
  PersonKey after;
  friend bool operator==(const PersonChange&, const PersonChange&) = default;
};

/// All identifiers whose person differs between two maps, rising. One pass over both.
[[nodiscard]] MTA_EXPORT std::vector<PersonChange> person_changes(const PersonMap& before,
                                                                  const PersonMap& after);

/// What changes mean to events that already stand under their persons' keys.
struct PersonMoves {
  /// Old persons to new ones: `stitch` moves the events of these, and no others.
  PersonMap merged;
  /// Old persons that came apart, rising: their events do not say any more whose they were, and
  /// must be read anew.
  std::vector<PersonKey> split;
};
[[nodiscard]] MTA_EXPORT PersonMoves person_moves(std::span<const PersonChange> changes);

}  // namespace mta

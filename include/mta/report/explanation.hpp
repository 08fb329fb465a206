#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/core/units.hpp"
#include "mta/identity/person_graph.hpp"

namespace mta {

/// A row that shows identifiers together.
struct EvidenceRow {
  TimePoint time;  ///< the smallest there is, where a link has no time
  std::string source;
  std::uint64_t line = 0;
  std::vector<NamedKey> identifiers;  ///< by priority of their kinds, then by key; two or more
  friend bool operator==(const EvidenceRow&, const EvidenceRow&) = default;
};

/// Why a person is one, with the rows that say so.
struct Explanation {
  PersonGraph graph;
  /// The rows with an identifier of the person and at least one more, by time, source and line: the
  /// first of them.
  std::vector<EvidenceRow> rows;
  std::uint64_t rows_in_all = 0;

  /// Which identifiers were asked for: whose person it is, and perhaps one that may be of the same.
  PersonKey asked;
  std::optional<PersonKey> other;
};

/// An explanation as text for people: the identifiers; the links, each with what the person falls
/// into without it; what was left out, and why; the rows; and, where two identifiers were asked
/// for, the shortest chain of links between them.
[[nodiscard]] MTA_EXPORT std::string to_text(const Explanation& explanation);

}  // namespace mta

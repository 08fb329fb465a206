#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/core/units.hpp"
#include "mta/identity/identity_rules.hpp"
#include "mta/identity/sightings.hpp"

namespace mta {

/// Turns rows with identifiers into sightings: `add` each identifier of a row, then `finish` the
/// row, or `drop` it. Rules and sightings must outlive it. One writer a thread, each with sightings
/// of its own, merged afterwards.
class MTA_EXPORT SightingWriter {
 public:
  /// When a finished row reaches the sightings.
  enum class Rows {
    at_once,
    /// A few rows later, and the last ones with `flush`: their places in memory have time to come,
    /// which is most of what a row costs among millions of identifiers. Where the sightings keep
    /// texts, rows reach them at once all the same.
    late,
  };
  SightingWriter(const IdentityRules& rules, Sightings& sightings, Rows rows = Rows::at_once);

  /// A blank text is no identifier; one that is blocked or malformed is left out, and counted once
  /// the row is finished.
  IdentifierFate add(KindId kind, std::string_view text);

  /// Ends the row. The key that its event goes under: of the identifier with the highest priority
  /// that is not ignored; persons before accounts, of one kind the smallest key. Nothing where the
  /// row had none.
  std::optional<PersonKey> finish(TimePoint time);
  /// A text whose `person_key` is the key that `finish` would give; empty where it would give
  /// nothing. Valid until the next call.
  [[nodiscard]] std::string_view key_text() const noexcept { return key_text_; }
  /// Ends a row that does not count: nothing of it stays.
  void drop() noexcept;
  /// Hands on the rows that wait.
  void flush();

 private:
  struct Seen {
    KindId priority;
    PersonKey key;
  };
  struct Waiting {
    TimePoint time;
    std::vector<Identifier> row;
  };
  [[nodiscard]] bool goes_before(const Seen& a, const Seen& b) const noexcept;
  void wait(TimePoint time);

  const IdentityRules& rules_;
  Sightings& sightings_;
  std::vector<KindId> kinds_;  // of the sightings, by the rules' kinds
  std::vector<Identifier> row_;
  std::vector<std::string> forms_;                          // of `row_`, where texts are kept
  std::vector<std::pair<KindId, IdentifierFate>> refused_;  // of the row
  std::vector<Waiting> waiting_;                            // a ring; empty where rows do not wait
  std::size_t oldest_ = 0;                                  // the one that goes next
  std::optional<Seen> best_;
  std::string form_, key_text_;
};

}  // namespace mta

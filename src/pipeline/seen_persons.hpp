#pragma once
// Whom rows with several identifiers are of, while a run reads on many threads.
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "mta/identity/identity.hpp"
#include "mta/identity/sighting_writer.hpp"
#include "mta/ingest/row_persons.hpp"
#include "mta/ingest/schema.hpp"

namespace mta {

/// The key of an identifier: "email:ann@example.com" where the rules know the kind, else a
/// visitor's. @throws Error{Errc::invalid_option} where the text is no identifier of its kind
[[nodiscard]] PersonKey key_of(const std::string& identifier, const IdentityRules& rules);

/// The kinds of the identifiers that a schema names, in its order.
/// @throws Error{Errc::invalid_option} where the rules do not know a kind
[[nodiscard]] std::vector<KindId> kinds_of(const Schema& schema, const IdentityRules& rules);

/// What a run has seen of identifiers.
class SeenPersons {
 public:
  explicit SeenPersons(const IdentityOptions& options) : rules_(options) {}

  /// For the identifiers of a schema. Both must outlive what it makes.
  /// @throws Error{Errc::invalid_option} where the rules do not know a kind
  [[nodiscard]] RowPersonsMaker maker(const Schema& schema);

  [[nodiscard]] const IdentityRules& rules() const noexcept { return rules_; }
  [[nodiscard]] Sightings& sightings() noexcept { return sightings_; }
  void merge(Sightings sightings);

  /// The persons behind some identifiers, rising, each once.
  /// @throws Error{Errc::invalid_option} where a text is no identifier of its kind
  [[nodiscard]] std::vector<PersonKey> persons(std::span<const std::string> identifiers,
                                               const PersonMap& map) const;

 private:
  IdentityRules rules_;
  std::mutex mutex_;
  Sightings sightings_;
};

}  // namespace mta

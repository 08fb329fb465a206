#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/identity/identity_rules.hpp"
#include "mta/ingest/schema.hpp"
#include "mta/journeys/goal.hpp"

namespace mta {

/// A model by name, with its options as a JSON object, and perhaps with a Direct policy of its own,
/// which takes the place of every goal's.
struct ModelRequest {
  std::string name;
  std::string options = "{}";
  std::optional<DirectPolicy> direct_policy = {};
  friend bool operator==(const ModelRequest&, const ModelRequest&) = default;
};

/// "markov", "time_decay:half_life=3d", "x:weights=1;2;3,mode=fast": as on a command line. What reads
/// as a number is one; ';' separates the items of a list.
/// @throws Error{Errc::invalid_option} for a text of another form
[[nodiscard]] MTA_EXPORT ModelRequest parse_model_request(std::string_view text);

/// Files with columns of their own: a web shop's hits, a call tracker's list, rows of a CRM.
struct SourceSpec {
  std::vector<std::string> files;
  RowsAre rows = RowsAre::events;
  /// As the spec's; where the source names columns of its own, those that it does not name are
  /// recognised, and dimensions that its files lack are empty.
  Schema columns = {};
  friend bool operator==(const SourceSpec&, const SourceSpec&) = default;
};

/// How many top paths statistics have where nobody says.
inline constexpr std::size_t default_top_paths = 10;

/// A question: which columns, which goals, which models, broken down by what.
struct Spec {
  Schema columns = {};
  std::vector<SourceSpec> sources = {};   ///< files that the spec names itself
  /// What makes persons of identifiers; nothing: kinds in the order in which columns name them.
  std::optional<IdentityOptions> identity = {};
  IdentityLevel level = IdentityLevel::person;  ///< whose journeys are answered
  std::vector<Goal> goals = {};           ///< none: the event "conversion"
  /// Milestones alone: goals that are not answered, whose names models may use as stages.
  std::vector<Goal> stages = {};
  std::vector<ModelRequest> models = {};  ///< none: every built-in model that the input admits
  std::vector<std::string> by = {};       ///< none: the channel
  bool chains = false;                    ///< results hold the chains that Markov models learnt
  /// Results hold statistics of the journeys, with so many top paths; nothing: they do not.
  std::optional<std::size_t> statistics = {};
  friend bool operator==(const Spec&, const Spec&) = default;
};

/// Reads a spec (docs/formats/spec.md).
/// @throws Error{Errc::invalid_spec} naming the key, the rule and the value given; an unknown key is one
[[nodiscard]] MTA_EXPORT Spec parse_spec(std::string_view json);

/// A goal for an event of that name, with the defaults.
[[nodiscard]] MTA_EXPORT Goal goal_for_event(std::string name);

/// The spec's goals, or the default one.
[[nodiscard]] MTA_EXPORT std::vector<Goal> goals_of(const Spec& spec);

/// What a model's stage means: the goal of that name, or the stage, or else the event of that name.
[[nodiscard]] MTA_EXPORT Goal stage_of(const Spec& spec, const std::string& name);

/// The spec's schema, completed by what its goals and breakdown need: dimensions and ids of the columns
/// that they name, and the events whose value counts.
[[nodiscard]] MTA_EXPORT Schema schema_of(const Spec& spec);
/// The same of one of its sources.
[[nodiscard]] MTA_EXPORT Schema schema_of(const Spec& spec, const SourceSpec& source);

/// The spec's identity options; where it has none, those kinds that its columns name, in their order
/// and without limits, and the visitor's.
[[nodiscard]] MTA_EXPORT IdentityOptions identity_of(const Spec& spec);

}  // namespace mta

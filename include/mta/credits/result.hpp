#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/units.hpp"
#include "mta/credits/journey_statistics.hpp"
#include "mta/identity/identity.hpp"
#include "mta/ingest/ingest_report.hpp"
#include "mta/journeys/fates.hpp"
#include "mta/models/chain.hpp"
#include "mta/models/model.hpp"

namespace mta {

/// The label of worth that no touch can take.
inline constexpr std::string_view unattributed_label = "(unattributed)";
/// The label of an empty dimension.
inline constexpr std::string_view not_set_label = "(not set)";

/// A row of a ledger: one tuple of the dimensions asked for, and what it earned.
struct CreditRow {
  std::vector<std::string> key;  ///< one value for each of `Result::by`
  Worth credit;
  friend bool operator==(const CreditRow&, const CreditRow&) = default;
};

/// One model's answer for one goal.
struct ModelResult {
  std::string model;
  std::string options;  ///< a JSON object, defaults included
  /// Sorted by conversions, largest first, then by key. `(unattributed)` is a row like any other,
  /// present where its worth is not 0.
  std::vector<CreditRow> credits;
  /// What explains a fit, by channel in the order of `GoalResult::channels`; empty for rule models.
  std::vector<ChannelColumn> explained;
  std::vector<FitNumber> numbers;
  std::vector<std::string> notes;
  std::optional<Chain> chain = {};  ///< what a Markov model learnt; JourneyGraph looks at it
};

/// All models' answers for one goal. Every conserving model's credits add up to `booked`.
struct GoalResult {
  std::string goal;
  Worth booked;
  GoalCounts counts;
  std::vector<std::string> channels;  ///< seen in a journey, in byte order
  std::vector<ModelResult> models;
  std::optional<JourneyStatistics> statistics = {};  ///< where asked for
  [[nodiscard]] std::uint64_t journeys() const noexcept {
    return counts.converting_journeys + counts.null_journeys;
  }
};

/// What a run answers.
struct Result {
  IngestReport input;
  std::optional<IdentityReport> identity = {};  ///< where rows had identifiers of several kinds
  std::vector<std::string> by;  ///< the dimensions of each row's key: {"channel"} unless asked otherwise
  std::vector<GoalResult> goals;
};

}  // namespace mta

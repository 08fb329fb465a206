#pragma once
#include <string>
#include <vector>

#include "mta/credits/result.hpp"

namespace mta::report {

/// What became of the input, a line each: rows and rejects, rejects by reason, columns. Texts of
/// the input are as they stand: the caller makes them fit its format.
[[nodiscard]] std::vector<std::string> input_lines(const IngestReport& input);

/// "identity: 3,012 identifiers, 1,204 persons", and what was left out of each kind, a line each.
[[nodiscard]] std::vector<std::string> identity_lines(const IdentityReport& identity);

/// "conversions 1,838, value 11,423.50; journeys 9,506 (1,838 converting, 7,668 null); ..."
[[nodiscard]] std::string goal_summary(const GoalResult& goal);

/// "events: 9,123 in_journey, 1,838 conversion": the fates that occurred.
[[nodiscard]] std::string fates_line(const GoalResult& goal);

/// "note on markov: ...", a line each.
[[nodiscard]] std::vector<std::string> note_lines(const GoalResult& goal);

}  // namespace mta::report

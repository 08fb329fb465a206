#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/units.hpp"
#include "support/event_oracle.hpp"

namespace mta::test {

/// Credit by key: one text for each dimension asked for.
using ExpectedCredits = std::map<std::vector<std::string>, Worth>;

/// Law 1 as it reads: c_i = r(W S_i / S_n) - r(W S_(i-1) / S_n), in 128 bits; the parts are 0 where
/// all weights are.
[[nodiscard]] std::vector<std::int64_t> split_by_law(std::int64_t amount,
                                                     const std::vector<std::uint64_t>& weight);

/// The integer weights of a journey's touches, the largest 2^31, under a rule model with its
/// default options: "first", "last", "linear", "position_based" or "time_decay" (half-life 7 days).
[[nodiscard]] std::vector<std::uint64_t> weights_by_rule(std::string_view model,
                                                         const ExpectedJourney& journey);

/// The rows that a rule model's ledger must have: every tuple that a touch in a journey has, and
/// "(unattributed)" where its worth is not 0.
[[nodiscard]] ExpectedCredits expected_credits(std::string_view model,
                                               const std::vector<PlainEvent>& events,
                                               const Expected& expected,
                                               const std::vector<std::string>& by);

}  // namespace mta::test

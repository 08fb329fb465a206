#pragma once
#include "mta/credits/result.hpp"

namespace mta::test {

constexpr Micros amount(double units) { return {static_cast<std::int64_t>(units * 1e6)}; }

/// Five conversions worth 1,234.5 under three models; small enough to work every output by hand.
/// One of the conversions has no touch; a channel's name is hostile to every format.
inline Result sample_result() {
  const std::string hostile = "Display|\"x\",\nnew";
  Result result;
  result.by = {"channel"};
  result.input.rows = 1'204;
  result.input.events = 1'200;
  result.input.rejected_by_reason[static_cast<std::size_t>(RejectReason::empty_visitor)] = 1;
  result.input.rejected_by_reason[static_cast<std::size_t>(RejectReason::invalid_time)] = 3;
  result.input.columns = {{"visitor", "cookie", true}, {"time", "ts", false}};

  GoalResult goal;
  goal.goal = "purchase";
  goal.booked = {amount(5), amount(1'234.5)};
  goal.counts.events[static_cast<std::size_t>(Fate::in_journey)] = 1'100;
  goal.counts.events[static_cast<std::size_t>(Fate::conversion)] = 5;
  goal.counts.events[static_cast<std::size_t>(Fate::outside_window)] = 95;
  goal.counts.converting_journeys = 4;
  goal.counts.null_journeys = 1'000;
  goal.counts.unattributed_conversions = 1;
  goal.counts.booked.add(goal.booked);
  goal.counts.unattributed.add({amount(1), amount(34.5)});
  goal.channels = {hostile, "Search"};
  const CreditRow lost{{"(unattributed)"}, {amount(1), amount(34.5)}};
  goal.models = {
      {"linear",
       R"({"a":1})",
       {{{"Search"}, {amount(2.5), {400'000'001}}},
        {{hostile}, {amount(1.5), {799'999'999}}},
        lost},
       {},
       {},
       {}},
      {"last",
       "{}",
       {{{hostile}, {amount(3), amount(1'200)}}, lost, {{"Search"}, {amount(1), {}}}},
       {},
       {},
       {}},
      {"markov",
       R"({"order":1,"names":["x","y"]})",
       {{{hostile}, {amount(2), amount(600)}}, {{"Search"}, {amount(2), amount(600)}}, lost},
       {{"removal_effect", {0.5, 0.1}}},
       {{"probability", 0.25}},
       {"value was split by | effects"}}};
  result.goals = {goal};
  return result;
}

}  // namespace mta::test

#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <ostream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "support/made_journeys.hpp"

namespace mta::test {

/// The goal "buy", all defaults.
inline Goal buy() {
  Goal goal;
  goal.name = "buy";
  goal.events = {"buy"};
  return goal;
}

/// A stage that any of these events passes.
inline Goal stage(std::vector<std::string> events, Filter where = {}) {
  Goal goal;
  goal.name = events.front();
  goal.events = std::move(events);
  goal.where = std::move(where);
  return goal;
}

/// Events, a change to the goal "buy", and the journeys and fates that come of it, worked by hand.
struct JourneyCase {
  std::string name;
  std::string events;               ///< see plain_events
  std::function<void(Goal&)> goal;  ///< may be empty: the defaults
  std::string journeys;             ///< see journey_texts, one a line
  std::string fates;                ///< see fate_text
  std::vector<Goal> stages = {};
};

inline std::ostream& operator<<(std::ostream& out, const JourneyCase& test) {
  return out << test.name;
}

/// Lines without indentation and blank ones, sorted.
inline std::vector<std::string> sorted_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream all(text);
  for (std::string line; std::getline(all, line);) {
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin != std::string::npos) lines.push_back(line.substr(begin));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

inline const EventLayout& case_layout() {
  static const EventLayout layout{{"campaign"}, {order_id}};
  return layout;
}

inline Goal goal_of(const JourneyCase& test) {
  Goal goal = buy();
  if (test.goal) test.goal(goal);
  return goal;
}

inline Made expect_case(const JourneyCase& test) {
  const auto events = plain_events(test.events);
  Made made = made_journeys(events_of(events, case_layout()), events, goal_of(test), test.stages);
  EXPECT_EQ(journey_texts(made.journeys, events), sorted_lines(test.journeys));
  EXPECT_EQ(fate_text(made.counts.events), test.fates);
  return made;
}

}  // namespace mta::test

/// Declares the suite `suite`, which runs every case of the array `cases`.
#define MTA_JOURNEY_CASES(suite, cases)                                    \
  class suite : public testing::TestWithParam<mta::test::JourneyCase> {};  \
  TEST_P(suite, GivesTheJourneysWorkedByHand) { expect_case(GetParam()); } \
  INSTANTIATE_TEST_SUITE_P(Table, suite, testing::ValuesIn(cases),         \
                           [](const auto& test) { return test.param.name; })

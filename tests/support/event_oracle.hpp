#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "mta/core/units.hpp"
#include "mta/journeys/fates.hpp"
#include "mta/journeys/goal.hpp"
#include "mta/journeys/journeys.hpp"
#include "support/plain_event.hpp"

namespace mta::test {

/// A touch of an expected journey: which event it is, and its age when the journey ended.
struct ExpectedTouch {
  std::size_t event = 0;  ///< index in the input
  std::int64_t age = 0;   ///< microseconds
};

struct ExpectedJourney {
  std::string visitor;
  std::vector<ExpectedTouch> touches;
  Worth worth;
  Outcome outcome = Outcome::null;
  std::int64_t time = 0;
  bool own_touch = false;
  std::vector<std::uint32_t> stage = {};  ///< of each stage, as in Journey
};

/// What a goal makes of a list of events.
struct Expected {
  std::vector<Fate> fate;  ///< of each event
  std::vector<ExpectedJourney> journeys;
  Worth booked;
  Worth unattributed;
  std::uint64_t unattributed_conversions = 0;
  std::uint64_t over_refunded_orders = 0;
  std::uint64_t sessions = 0;
  std::uint64_t engaged_sessions = 0;

  [[nodiscard]] std::array<std::uint64_t, fates> fate_counts() const {
    std::array<std::uint64_t, fates> counts{};
    for (const Fate one : fate) ++counts[static_cast<std::size_t>(one)];
    return counts;
  }
};

/// Journeys and fates as the rules read (DESIGN, "Journeys"; include/mta/journeys), obvious and
/// slow: every question is answered by looking at all events again.
///
/// @param dimensions  the layout's, in its order: what content ties look at after the channel and
/// the
///                    event's name. `deduplicate_by`, if given, means PlainEvent::order
[[nodiscard]] Expected expected_journeys(const std::vector<PlainEvent>& events, const Goal& goal,
                                         const std::vector<std::string>& dimensions,
                                         std::span<const Goal> stages = {});

}  // namespace mta::test

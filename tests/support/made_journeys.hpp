#pragma once
#include <array>
#include <span>
#include <string>
#include <vector>

#include "mta/journeys/journey_builder.hpp"
#include "support/event_oracle.hpp"
#include "support/plain_input.hpp"

namespace mta::test {

/// What the library makes of events, in the oracle's terms.
struct Made {
  std::vector<ExpectedJourney> journeys;
  GoalCounts counts;
};

/// Makes a goal's journeys of all buckets, and checks what no expectation spells out: channels,
/// persons and counts.
/// @param plain  the events in their order of input
[[nodiscard]] Made made_journeys(const Events& events, const std::vector<PlainEvent>& plain,
                                 const Goal& goal, std::span<const Goal> stages = {});

/// What of a touch a text shows besides its channel and age.
enum class Detail { channels, rows, content };

/// "ann: search@2d email@1d => 20", sorted. With stages asked for, " stages 0 1 -" follows: the
/// index of the touch that holds each. Rows and content also tell " own touch".
[[nodiscard]] std::vector<std::string> journey_texts(const std::vector<ExpectedJourney>& journeys,
                                                     const std::vector<PlainEvent>& events,
                                                     Detail detail = Detail::channels);

/// "20", "-1.5": as short as it goes.
[[nodiscard]] std::string short_amount(Micros amount);

/// "in_journey 2, conversion 1": the fates that occur, in their order.
[[nodiscard]] std::string fate_text(const std::array<std::uint64_t, fates>& counts);

}  // namespace mta::test

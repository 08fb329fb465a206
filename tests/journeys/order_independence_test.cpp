// Law 2: the rows alone decide, not their order, nor how they are spread over parts and sources.
#include <gtest/gtest.h>

#include "support/made_journeys.hpp"
#include "support/random_events.hpp"

namespace mta::test {
namespace {

const EventLayout& layout() {
  static const EventLayout layout{RandomEvents::dimensions, {order_id}};
  return layout;
}

struct Answer {
  std::vector<std::string> journeys;
  std::string fates;
  Worth booked, unattributed;
  friend bool operator==(const Answer&, const Answer&) = default;
};

/// @param plain  in order of input
Answer answer_of(const Events& events, const std::vector<PlainEvent>& plain, const Goal& goal,
                 const std::vector<Goal>& stages) {
  const Made made = made_journeys(events, plain, goal, stages);
  return {journey_texts(made.journeys, plain, Detail::content), fate_text(made.counts.events),
          made.counts.booked.checked("booked"), made.counts.unattributed.checked("unattributed")};
}

using Pieces = std::vector<std::vector<PlainEvent>>;

Pieces split_in(const std::vector<PlainEvent>& plain, std::size_t count) {
  Pieces pieces(count);
  for (std::size_t i = 0; i < plain.size(); ++i) {
    pieces[i * count / plain.size()].push_back(plain[i]);
  }
  return pieces;
}

std::vector<PlainEvent> joined(const Pieces& pieces) {
  std::vector<PlainEvent> all;
  for (const auto& piece : pieces) all.insert(all.end(), piece.begin(), piece.end());
  return all;
}

Goal content_goal(RandomEvents& random) {
  Goal goal = random.goal();
  goal.ties = Ties::content;
  return goal;
}

TEST(OrderIndependence, ShuffledRowsGiveTheSameJourneysWhereTiesGoByContent) {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    RandomEvents random(seed);
    auto plain = random.events(30, 5);
    const Goal goal = content_goal(random);
    const auto stages = random.stages();
    const Answer before = answer_of(events_of(plain, layout()), plain, goal, stages);
    random.shuffle(plain);
    ASSERT_EQ(answer_of(events_of(plain, layout()), plain, goal, stages), before)
        << "seed " << seed;
  }
}

TEST(OrderIndependence, PartsOfOneInputGiveWhatOnePartGivesUnderAnyTies) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    RandomEvents random(seed);
    const auto plain = random.events(30, 5);
    const Goal goal = random.goal();
    const auto stages = random.stages();
    const Answer whole = answer_of(events_of(plain, layout()), plain, goal, stages);
    for (const std::size_t count : {2u, 5u, 30u}) {
      Events events(layout());
      for (const auto& piece : split_in(plain, count)) append_plain(events, piece);
      ASSERT_EQ(answer_of(events, plain, goal, stages), whole)
          << "seed " << seed << ", parts " << count;
    }
  }
}

TEST(OrderIndependence, MergedInputsGiveWhatOneGivesUnderAnyTies) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    RandomEvents random(seed);
    const auto plain = random.events(30, 5);
    const Goal goal = random.goal();
    const auto stages = random.stages();
    const Pieces pieces = split_in(plain, 3);
    Events events(layout());
    for (const auto& piece : pieces) events.merge(events_of(piece, layout()));
    ASSERT_EQ(answer_of(events, plain, goal, stages),
              answer_of(events_of(plain, layout()), plain, goal, stages))
        << "seed " << seed;
  }
}

TEST(OrderIndependence, InputsMergedInAnyOrderGiveTheSameJourneysWhereTiesGoByContent) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    RandomEvents random(seed);
    const auto plain = random.events(30, 5);
    const Goal goal = content_goal(random);
    const auto stages = random.stages();
    Pieces pieces = split_in(plain, 4);
    const Answer before = answer_of(events_of(plain, layout()), plain, goal, stages);
    random.shuffle(pieces);
    Events events(layout());
    for (const auto& piece : pieces) events.merge(events_of(piece, layout()));
    ASSERT_EQ(answer_of(events, joined(pieces), goal, stages), before) << "seed " << seed;
  }
}

}  // namespace
}  // namespace mta::test

#include "mta/credits/cell_numbering.hpp"

#include <gtest/gtest.h>

#include <map>

#include "mta/core/error.hpp"
#include "mta/journeys/journey_builder.hpp"
#include "support/plain_input.hpp"
#include "support/random_events.hpp"

namespace mta::test {
namespace {

using Names = std::vector<std::string>;
using Kind = CellDimension::Kind;

const EventLayout& layout() {
  static const EventLayout layout{RandomEvents::dimensions, {}};
  return layout;
}

TEST(CellDimensions, AreFoundByName) {
  const Names asked = {"device", "event", "channel", "campaign"};
  const std::vector<CellDimension> expected = {
      {Kind::dimension, 1}, {Kind::event, 0}, {Kind::channel, 0}, {Kind::dimension, 0}};
  EXPECT_EQ(cell_dimensions(asked, layout()), expected);
}

std::string message_for(const Names& names) {
  try {
    (void)cell_dimensions(names, layout());
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::invalid_option);
    return error.what();
  }
  return "accepted";
}

TEST(CellDimensions, RefuseUnknownNamesAndRepeats) {
  EXPECT_EQ(message_for({"planet"}),
            "by: no dimension is called 'planet' (there are channel, event, campaign, device)");
  EXPECT_EQ(message_for({"device", "channel", "device"}), "by: 'device' is named twice");
}

TEST(CellNumbering, OfChannelsAloneNumbersThemAsTheyAre) {
  CellNumbering cells(3);
  Journeys journeys;
  for (const std::uint32_t channel : {2u, 0u, 2u}) journeys.add_touch(ChannelId{channel}, 0);
  journeys.end({});
  const auto numbered = cells.number(journeys.view(), nullptr);
  EXPECT_EQ(std::vector<CellId>(numbered.begin(), numbered.end()),
            (std::vector<CellId>{CellId{2}, CellId{0}, CellId{2}}));
  EXPECT_EQ(cells.size(), 3u);
  EXPECT_EQ(cells.width(), 1u);
  std::vector<std::uint32_t> codes(1);
  cells.tuple(CellId{2}, codes);
  EXPECT_EQ(codes[0], 2u);
}

TEST(CellNumbering, OfChannelTwiceHasOneCellAChannel) {
  CellNumbering cells = CellNumbering::channel_twice();
  Journeys journeys;
  for (const std::uint32_t channel : {5u, 1u, 5u}) journeys.add_touch(ChannelId{channel}, 0);
  journeys.end({});
  const auto numbered = cells.number(journeys.view(), nullptr);
  EXPECT_EQ(numbered[0], numbered[2]);
  EXPECT_NE(numbered[0], numbered[1]);
  EXPECT_EQ(cells.size(), 2u);
  std::vector<std::uint32_t> codes(2);
  cells.tuple(numbered[1], codes);
  EXPECT_EQ(codes, (std::vector<std::uint32_t>{1, 1}));
}

/// Numbers the touches of every bucket, and compares each cell's texts with the event's own.
void expect_texts(const Names& by, const std::vector<PlainEvent>& plain) {
  const Events events = events_of(plain, layout());
  const Vocabulary vocabulary(events);
  const auto dimensions = cell_dimensions(by, layout());
  Goal goal;
  goal.name = "sale";
  goal.events = {"sale"};
  const JourneyBuilder builder(goal, events, vocabulary);
  BucketEvents bucket(events, vocabulary);
  CellNumbering cells(dimensions, vocabulary);
  std::map<Names, CellId> cell_of;
  std::vector<std::uint32_t> codes(by.size());
  GoalCounts counts;
  for (std::size_t b = 0; b < bucket_count; ++b) {
    bucket.load(b);
    bucket.index_event_names();
    std::vector<std::size_t> event_of_row;
    for (std::size_t i = 0; i < plain.size(); ++i) {
      if (bucket_of(person_key(plain[i].visitor)) == b) event_of_row.push_back(i);
    }
    builder.build(
        bucket,
        [&](JourneysView journeys) {
          const auto numbered = cells.number(journeys, &bucket);
          for (std::size_t t = 0; t < numbered.size(); ++t) {
            cells.tuple(numbered[t], codes);
            Names texts, expected;
            for (std::size_t d = 0; d < by.size(); ++d) {
              texts.emplace_back(text_of(dimensions[d], codes[d], vocabulary));
              expected.push_back(dimension_of(plain[event_of_row[journeys.row()[t]]], by[d]));
            }
            ASSERT_EQ(texts, expected);
            ASSERT_EQ(cell_of.emplace(texts, numbered[t]).first->second, numbered[t]);
            ASSERT_LT(index(numbered[t]), cells.size());
          }
        },
        counts);
  }
  if (by.size() > 1) {
    EXPECT_EQ(cells.size(), cell_of.size());
  }
}

TEST(CellNumbering, GivesEachTupleOfTextsACellOfItsOwn) {
  RandomEvents random(3);
  const auto plain = random.events(1'500, 150);
  for (const Names& by :
       {Names{"channel"}, Names{"event"}, Names{"device"}, Names{"channel", "campaign"},
        Names{"campaign", "channel"}, Names{"device", "event", "campaign"},
        Names{"channel", "event", "campaign", "device"}}) {
    expect_texts(by, plain);
  }
}

TEST(CellNumbering, GrowsToThousandsOfTuples) {
  std::vector<PlainEvent> plain(20'000);
  for (std::size_t i = 0; i < plain.size(); ++i) {
    plain[i].visitor = "v" + std::to_string(i % 10);
    plain[i].time = static_cast<std::int64_t>(i);
    plain[i].event = "click";
    plain[i].channel = "c" + std::to_string(i % 97);
    plain[i].dimensions["campaign"] = std::to_string(i % 101);
  }
  expect_texts({"channel", "campaign"}, plain);  // 97 * 101 tuples
}

}  // namespace
}  // namespace mta::test

#include "support/made_journeys.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "mta/core/decimal.hpp"
#include "mta/core/duration.hpp"

namespace mta::test {
namespace {

/// Which event each row of a bucket is: rows are numbered in order of input.
std::array<std::vector<std::size_t>, bucket_count> rows_by_bucket(
    const std::vector<PlainEvent>& plain) {
  std::array<std::vector<std::size_t>, bucket_count> rows;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    rows[bucket_of(person_key(plain[i].visitor))].push_back(i);
  }
  return rows;
}

/// Reads journeys back.
void take_journeys(JourneysView journeys, const std::vector<std::size_t>& event_of_row,
                   const std::vector<PlainEvent>& plain, const Vocabulary& vocabulary,
                   std::vector<ExpectedJourney>& made) {
  for (std::size_t i = 0; i < journeys.size(); ++i) {
    const JourneyEnd& end = journeys.end_of(i);
    ExpectedJourney journey{{}, {}, end.worth, end.outcome, end.time.micros};
    for (std::uint64_t t = journeys.begin_of(i); t < end.end_of_touches; ++t) {
      const std::size_t event = event_of_row.at(journeys.row()[t]);
      EXPECT_EQ(vocabulary.channels()[index(journeys.channel()[t])], plain[event].channel);
      journey.touches.push_back({event, std::llround(journeys.age()[t].count() * 1e6)});
      journey.visitor = plain[event].visitor;
    }
    const Journey seen = journeys[i];
    EXPECT_EQ(seen.own_touch, end.own_touch);
    journey.own_touch = seen.own_touch;
    journey.stage.assign(seen.stage.begin(), seen.stage.end());
    EXPECT_EQ(end.person, person_key(journey.visitor));
    const bool whole = end.outcome != Outcome::refunded;
    EXPECT_EQ(end.count, whole ? one_conversion : Micros{0});
    EXPECT_EQ(end.worth.conversions,
              end.outcome == Outcome::converted ? one_conversion : Micros{0});
    made.push_back(journey);
  }
}

std::string touch_text(const ExpectedTouch& touch, const std::vector<PlainEvent>& events,
                       Detail detail) {
  const PlainEvent& event = events[touch.event];
  std::string text = event.channel;
  if (detail == Detail::rows) text.append("#").append(std::to_string(touch.event));
  if (detail == Detail::content) {
    text.append("[").append(event.event);
    for (const auto& [name, value] : event.dimensions) text.append(",").append(value);
    text.append("]");
  }
  return text.append("@").append(format_duration(touch.age));
}

std::string stages_text(const std::vector<std::uint32_t>& stage) {
  std::string text = stage.empty() ? "" : " stages";
  for (const std::uint32_t touch : stage) {
    text.append(" ").append(touch == Journey::no_touch ? "-" : std::to_string(touch));
  }
  return text;
}

}  // namespace

Made made_journeys(const Events& events, const std::vector<PlainEvent>& plain, const Goal& goal,
                   std::span<const Goal> stages) {
  const Vocabulary vocabulary(events);
  const JourneyBuilder builder(goal, events, vocabulary, stages);
  BucketEvents bucket(events, vocabulary);
  const auto rows = rows_by_bucket(plain);
  Made made;
  for (std::size_t b = 0; b < bucket_count; ++b) {
    if (rows[b].empty() && b != 0) continue;
    bucket.load(b);
    builder.build(
        bucket,
        [&](JourneysView journeys) {
          take_journeys(journeys, rows[b], plain, vocabulary, made.journeys);
        },
        made.counts);
  }
  return made;
}

std::vector<std::string> journey_texts(const std::vector<ExpectedJourney>& journeys,
                                       const std::vector<PlainEvent>& events, Detail detail) {
  std::vector<std::string> texts;
  for (const ExpectedJourney& journey : journeys) {
    std::string text = journey.visitor;
    text.append(":");
    for (const ExpectedTouch& touch : journey.touches) {
      text.append(" ").append(touch_text(touch, events, detail));
    }
    text.append(journey.outcome == Outcome::null        ? " => null"
                : journey.outcome == Outcome::converted ? " => "
                                                        : " => refund ");
    if (journey.outcome != Outcome::null) text.append(short_amount(journey.worth.value));
    text.append(stages_text(journey.stage));
    if (detail != Detail::channels) {
      text.append(" at ").append(std::to_string(journey.time));
      if (journey.own_touch) text.append(" own touch");
    }
    texts.push_back(text);
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

std::string short_amount(Micros amount) {
  std::string text = format_micros(amount);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string fate_text(const std::array<std::uint64_t, fates>& counts) {
  std::string text;
  for (std::size_t i = 0; i < fates; ++i) {
    if (counts[i] == 0) continue;
    if (!text.empty()) text.append(", ");
    text.append(name_of(static_cast<Fate>(i))).append(" ").append(std::to_string(counts[i]));
  }
  return text;
}

}  // namespace mta::test

#pragma once
// The journeys of persons and goals without anything special, which are most: the same journeys and
// counts as PersonJourneys makes, in a tenth of the time.
#include <cstdint>
#include <vector>

#include "journeys/journey_batch.hpp"
#include "journeys/person_journeys.hpp"

namespace mta {

class PlainJourneys {
 public:
  PlainJourneys(const GoalPlan& plan, const BucketEvents& bucket, JourneyBatch& batch,
                GoalCounts& counts);

  /// Makes a person's journeys, or does nothing and returns false: where the goal has filters on
  /// dimensions, sessions, windows other than one duration, transforms, a period, orders, a limit
  /// on touches, drops what is censored or counts first conversions only; where there are stages;
  /// where two events have the same time, or a conversion is a refund.
  [[nodiscard]] bool add_person(std::size_t person);

 private:
  struct Conversion {
    std::int64_t time;
    std::uint32_t row, channel;  // channel: its number plus 1, 0 for none
    std::size_t touches;         // that came before it
    Micros value;
  };
  /// Of a null journey, as it is found from its last touch on.
  struct NullEnd {
    std::size_t end_of_touches;  // counted in the room
    std::int64_t time;
  };
  /// What stands behind a person's last conversion.
  struct Tail {
    std::size_t events;  // up to and with that conversion
    std::size_t touches, journeys;
  };
  /// Makes the journeys of a person who has one null journey of all events; does nothing and
  /// returns false for others, and for some of those.
  [[nodiscard]] bool add_one_null(std::size_t person, std::span<const BucketEvent> events);
  /// Writes the touches behind the last conversion to the end of the room, with their ages, and
  /// their null journeys to null_ends_, the last one first.
  [[nodiscard]] Tail take_tail(std::span<const BucketEvent> events, Journeys::Room room);
  /// Writes touches to time_, channel_ and row_, conversions to conversions_; false where there is
  /// a refund.
  [[nodiscard]] bool take_converting(std::span<const BucketEvent> events);
  /// Closes the tail's journeys. It stands at the end of the batch, which has room for `events`.
  void end_tail(const Tail& tail, std::size_t events, Journeys::Room room);
  /// Books all conversions; returns how many touches are in their journeys.
  std::size_t convert();
  void convert(const Conversion& conversion, std::size_t first);
  /// Adds touches [first, end), but for their ages, and room for `more`.
  Journeys::Room copy_touches(std::size_t first, std::size_t end, std::size_t more);

  const GoalPlan& plan_;
  const BucketEvents& bucket_;
  JourneyBatch& batch_;
  GoalCounts& counts_;
  bool is_plain_;
  std::int64_t gap_;
  PersonKey person_;
  std::vector<NullEnd> null_ends_;  // only grows, like the columns
  std::size_t size_ = 0;            // touches up to the last conversion
  std::vector<std::int64_t> time_;
  std::vector<ChannelId> channel_;
  std::vector<std::uint32_t> row_;
  std::vector<Conversion> conversions_;
};

}  // namespace mta

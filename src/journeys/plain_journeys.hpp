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
  /// Writes touches to the batch and their times to time_, conversions to conversions_; false where
  /// there is a refund.
  [[nodiscard]] bool take_events(std::span<const BucketEvent> events, Journeys::Room room);
  /// Books all conversions; returns how many touches are in their journeys.
  std::size_t convert();
  void convert(const Conversion& conversion, std::size_t first);
  /// Cuts touches [first, size_), which stand at the end of the batch, into null journeys.
  void end_null_journeys(std::size_t first, Seconds* age);
  Journeys::Room copy_touches(std::size_t first, std::size_t end, std::size_t more);

  const GoalPlan& plan_;
  const BucketEvents& bucket_;
  JourneyBatch& batch_;
  GoalCounts& counts_;
  bool is_plain_;
  std::int64_t gap_;
  PersonKey person_;
  std::size_t size_ = 0;  // touches of the person; the columns only grow
  std::vector<std::int64_t> time_;
  std::vector<ChannelId> channel_;
  std::vector<std::uint32_t> row_;
  std::vector<Conversion> conversions_;
};

}  // namespace mta

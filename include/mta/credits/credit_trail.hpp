#pragma once
#include <span>
#include <string>
#include <string_view>

#include "mta/core/export.hpp"
#include "mta/core/hash.hpp"
#include "mta/core/units.hpp"
#include "mta/journeys/journeys.hpp"

namespace mta {

/// Who answered, and in what terms: the same for all journeys of a goal.
struct TrailHead {
  std::string_view goal;
  std::span<const std::string> models;      ///< as reports call them
  std::span<const std::string> dimensions;  ///< all that the events have, beside event and channel
};

/// A touch, and what it earned.
struct CreditedTouch {
  TimePoint time;
  std::string_view event, channel;
  std::span<const std::string_view> dimensions;  ///< one for each of the head's; empty: not set
  std::span<const Worth> credit;                 ///< one for each of the head's models
};

/// A journey, and what its touches earned.
struct CreditedJourney {
  PersonKey person;
  Outcome outcome;
  TimePoint time;  ///< of the conversion, or of the last touch
  Worth worth;
  std::span<const CreditedTouch> touches;  ///< oldest first
};

/// Receives the credit of single touches, goal by goal: an audit of a run's tables, which add up to
/// it. Of a goal: `begin`, every journey once in the order of persons' keys, a person's by time,
/// and `end`. Models with a Direct policy of their own see other journeys: each such policy has all
/// goals again. All that it is given is valid during the call.
///
///   Promises  by channel, and in all, credit adds up to that of `Result` to the last micro-unit.
///             By another dimension too, but for fitted models that distribute channel totals: each
///             touch is rounded by itself there, so that a row may differ by a micro-unit for each
///             of its touches, and where refunds leave touches with less than nothing, the value of
///             their channel follows its conversions
class MTA_EXPORT CreditTrail {
 public:
  virtual ~CreditTrail();
  virtual void begin(const TrailHead& head) = 0;
  virtual void take(const CreditedJourney& journey) = 0;
  /// @param unattributed  what no touch earned, by model
  virtual void end(std::span<const Worth> unattributed) = 0;
};

}  // namespace mta

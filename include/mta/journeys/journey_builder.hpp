#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <span>

#include "mta/core/export.hpp"
#include "mta/ingest/events.hpp"
#include "mta/ingest/path_table.hpp"
#include "mta/journeys/bucket_events.hpp"
#include "mta/journeys/fates.hpp"
#include "mta/journeys/goal.hpp"
#include "mta/journeys/journeys.hpp"
#include "mta/journeys/vocabulary.hpp"

namespace mta {

/// Receives journeys in batches that fit a second-level cache. The view is valid during the call.
using JourneySink = std::function<void(JourneysView)>;

/// Makes one goal's journeys of a bucket's events. Shared by all threads once built.
///
/// Stages are milestones on the way to a conversion (lead created, opportunity created). Each is
/// given as a goal, of which `events` and `where` alone matter: an event that satisfies them passes
/// the stage. For a conversion at time T whose window and transforms left a path P, Journey::stage
/// says of each stage which touch holds it:
///   1. Of the person's events that pass the stage, the earliest counts whose time is at or after
///      that of P's first touch and at or before T; under AfterConversion::restart it is also later
///      than (never at) the time of the goal's conversion before this one, whether that one counts
///      or not. Duplicates and refunds are no conversions here.
///   2. The touch is the latest of P whose time is at or before that of the event. Where no event
///      counts, none holds the stage.
/// Times alone decide, so that events of the same time may stand in any order. What passes a stage
/// may be a touch, a row without a channel, another goal's conversion, or the conversion itself;
/// its value does not matter. A refunded journey has the stages of the conversion that it takes
/// back, as it has its touches; no touch of a null journey holds a stage. Stages change no journey,
/// fate or count.
///
///   Promises  every event gets exactly one fate; journeys depend on the rows alone, whatever their
///             order, unless the goal's ties say otherwise
///   Errors    construction: @throws Error{Errc::invalid_option} for a goal that `validate`
///   refuses,
///             for a stage without events, or for either (or sessions) naming a dimension or
///             conversion id that the events lack
///   Cost      construction: O(kinds), and a sort of all conversions where the goal deduplicates;
///             build: O(events), and O(journeys x touches) at worst where windows overlap; stages
///             take all persons the general way, and O(stages x (events + journeys x log events));
///             sessions, and windows with names or days, take it too
class MTA_EXPORT JourneyBuilder {
 public:
  JourneyBuilder(const Goal& goal, const Events& events, const Vocabulary& vocabulary,
                 std::span<const Goal> stages = {});
  JourneyBuilder(JourneyBuilder&&) noexcept;
  ~JourneyBuilder();

  /// Adds to `counts`; calls `sink` with every journey once.
  void build(const BucketEvents& bucket, const JourneySink& sink, GoalCounts& counts) const;
  /// The same with room to make them in, which is kept from call to call: one for each thread.
  void build(const BucketEvents& bucket, const JourneySink& sink, GoalCounts& counts,
             Journeys& room) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// The journeys of a path table, numbered by the channels' byte order (`channel_names` gets the
/// names). Of the goal, only transforms, the Direct policy and a lookback by touches apply.
MTA_EXPORT void build_journeys(const PathTable& paths, const Goal& goal, const JourneySink& sink,
                               GoalCounts& counts);
/// The channels of a path table in byte order: ChannelId is the index.
[[nodiscard]] MTA_EXPORT std::vector<std::string_view> channel_names(const PathTable& paths);

}  // namespace mta

#pragma once
#include <cstddef>
#include <functional>
#include <memory>

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
///   Promises  every event gets exactly one fate; journeys depend on the rows alone, whatever their
///             order, unless the goal's ties say otherwise
///   Errors    construction: @throws Error{Errc::invalid_option} for a goal that `validate` refuses, or
///             that names a dimension or conversion id that the events lack
///   Cost      construction: O(kinds), and a sort of all conversions where the goal deduplicates;
///             build: O(events), and O(journeys x touches) at worst where windows overlap
class MTA_EXPORT JourneyBuilder {
 public:
  JourneyBuilder(const Goal& goal, const Events& events, const Vocabulary& vocabulary);
  JourneyBuilder(JourneyBuilder&&) noexcept;
  ~JourneyBuilder();

  /// Adds to `counts`; calls `sink` with every journey once.
  void build(const BucketEvents& bucket, const JourneySink& sink, GoalCounts& counts) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// The journeys of a path table, numbered by the channels' byte order (`channel_names` gets the names).
/// Of the goal, only transforms, the Direct policy and a lookback by touches apply.
MTA_EXPORT void build_journeys(const PathTable& paths, const Goal& goal, const JourneySink& sink,
                               GoalCounts& counts);
/// The channels of a path table in byte order: ChannelId is the index.
[[nodiscard]] MTA_EXPORT std::vector<std::string_view> channel_names(const PathTable& paths);

}  // namespace mta

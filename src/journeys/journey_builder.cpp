#include "mta/journeys/journey_builder.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "journeys/plain_journeys.hpp"
#include "mta/core/error.hpp"
#include "mta/ingest/event_rows.hpp"

namespace mta {
namespace {

std::int64_t last_time(const Events& events) {
  std::int64_t last = std::numeric_limits<std::int64_t>::min();
  EventRows rows;
  for (std::size_t p = 0; p < events.parts(); ++p) {
    for (std::size_t b = 0; b < bucket_count; ++b) {
      rows.load(events.part(p).table(b), events.part(p).spilled());
      for (const EventPage& page : rows.pages()) {
        for (std::size_t i = 0; i < page.size(); ++i) last = std::max(last, page.time(i));
      }
    }
  }
  return last;
}

/// What of a goal a stage goes by.
Goal stage_of(const Goal& goal, const Goal& given) {
  if (given.events.empty()) {
    throw Error(Errc::invalid_option, "goal '" + goal.name + "': stage '" + given.name +
                                          "' must name at least one event");
  }
  Goal stage;
  stage.name = given.name;
  stage.events = given.events;
  stage.where = given.where;
  return stage;
}

}  // namespace

class JourneyBuilder::Impl {
 public:
  Impl(const Goal& given, const Events& events, const Vocabulary& vocabulary,
       std::span<const Goal> given_stages)
      : goal(given),
        rules(goal, events, vocabulary),
        windows(goal.lookback, vocabulary),
        transforms(goal, vocabulary.channels()),
        last_event_time(goal.censor == Censor::drop ? last_time(events) : 0) {
    if (makes_sessions(goal)) sessions.emplace(goal, events, vocabulary);
    for (const Goal& stage : given_stages) {
      stages.emplace_back(stage_of(goal, stage), events, vocabulary);
    }
    if (goal.deduplicate_by.empty()) return;
    const auto& ids = events.layout().conversion_ids;
    const auto at = std::find(ids.begin(), ids.end(), goal.deduplicate_by);
    if (at == ids.end()) {
      throw Error(Errc::invalid_option, "goal '" + goal.name + "': deduplicate_by names '" +
                                            goal.deduplicate_by +
                                            "', which the events do not have");
    }
    orders.emplace(events, vocabulary, rules, static_cast<std::size_t>(at - ids.begin()));
  }

  const Goal goal;
  const GoalRules rules;
  const Windows windows;
  std::optional<SessionRules> sessions;
  const PathTransforms transforms;
  const std::int64_t last_event_time;
  std::optional<OrderIndex> orders;
  std::vector<GoalRules> stages;
};

JourneyBuilder::JourneyBuilder(const Goal& goal, const Events& events, const Vocabulary& vocabulary,
                               std::span<const Goal> stages) {
  validate(goal);
  impl_ = std::make_unique<Impl>(goal, events, vocabulary, stages);
}
JourneyBuilder::JourneyBuilder(JourneyBuilder&&) noexcept = default;
JourneyBuilder::~JourneyBuilder() = default;

void JourneyBuilder::build(const BucketEvents& bucket, const JourneySink& sink,
                           GoalCounts& counts) const {
  Journeys room;
  build(bucket, sink, counts, room);
}

void JourneyBuilder::build(const BucketEvents& bucket, const JourneySink& sink, GoalCounts& counts,
                           Journeys& room) const {
  const OrderIndex* const orders = impl_->orders ? &*impl_->orders : nullptr;
  // What concerns the goal as a whole is counted once, with the first bucket.
  if (orders != nullptr && bucket.bucket() == 0)
    counts.over_refunded_orders += orders->over_refunded();
  const SessionRules* const sessions = impl_->sessions ? &*impl_->sessions : nullptr;
  const GoalPlan plan{impl_->goal,       impl_->rules, impl_->windows,         sessions,
                      impl_->transforms, orders,       impl_->last_event_time, impl_->stages};
  JourneyBatch batch(sink, room, plan.stages.size());
  PlainJourneys plain(plan, bucket, batch, counts);
  PersonJourneys general(plan, bucket, batch, counts);
  for (std::size_t person = 0; person < bucket.persons(); ++person) {
    if (!plain.add_person(person)) general.add_person(person);
  }
  batch.flush();
}

}  // namespace mta

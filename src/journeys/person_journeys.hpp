#pragma once
// One person's events to journeys of one goal: the rules of docs/architecture.md, "Journeys".
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "journeys/goal_plan.hpp"
#include "journeys/journey_batch.hpp"
#include "journeys/person_sessions.hpp"
#include "journeys/stage_touches.hpp"
#include "mta/journeys/fates.hpp"

namespace mta {

/// Makes journeys person by person, by all the rules that there are; one worker's, reused.
class PersonJourneys {
 public:
  PersonJourneys(const GoalPlan& plan, const BucketEvents& bucket, JourneyBatch& batch,
                 GoalCounts& counts)
      : plan_(plan),
        bucket_(bucket),
        batch_(batch),
        counts_(counts),
        windows_(plan.windows),
        stages_(plan.stages, bucket) {
    if (plan.sessions != nullptr) sessions_.emplace(plan, bucket);
  }

  void add_person(std::size_t person);

 private:
  /// A touch, and the time that it counts as.
  struct Touch {
    std::int64_t time;
    std::uint32_t event;  // index in events_
  };
  /// A conversion that a refund may come back to.
  struct Conversion {
    std::size_t event;                     // index in events_
    std::size_t first_touch, end_touches;  // its touches in touches_, before window and transforms
    bool is_first;                         // of those that the period admits
    std::optional<std::int64_t> after;     // when the journey before it ended, if one did
  };

  void order_events(std::size_t person);
  [[nodiscard]] std::int64_t touch_time(std::size_t event) const noexcept {
    return sessions_ ? sessions_->touch_time(event) : events_[event].time;
  }
  [[nodiscard]] PathTouch path_touch(const Touch& touch) const noexcept {
    return {plan_.rules.channel(events_[touch.event]), touch.event, touch.time};
  }
  void on_conversion(std::size_t event);
  [[nodiscard]] Conversion judge(std::size_t event);
  void on_order_refunds(const Conversion& conversion);
  void on_refunds();
  void on_null_journeys();
  void count_fates();

  /// Fills path_ with what is left of a conversion's touches; touches left out get a fate.
  void make_path(const Conversion& conversion);
  /// The part that windows, precedence and the limit on touches leave, the conversion's own last.
  void take_window(std::span<const Touch> touches, const Conversion& conversion);
  void take_highest_rank();
  [[nodiscard]] bool has_own_touch(std::size_t conversion) const noexcept;
  void transform_path();
  void mark_path(Fate fate);
  void raise(std::size_t event, Fate fate) noexcept;
  /// How a conversion or refund at `time` counts.
  [[nodiscard]] Fate standing(std::int64_t time, bool is_first, Fate counted) const noexcept;
  /// Hands out worth over path_, the conversion's, or books it as unattributed where that is empty.
  void book(const Conversion& conversion, JourneyEnd end);
  void refund(const Conversion& conversion, std::int64_t time, Micros value);
  void end_null_journey(std::size_t first_touch, std::size_t end_touches);
  void emit(const JourneyEnd& end, std::int64_t ages_until, std::span<const std::uint32_t> stage);

  const GoalPlan& plan_;
  const BucketEvents& bucket_;
  JourneyBatch& batch_;
  GoalCounts& counts_;
  Windows windows_;
  std::optional<PersonSessions> sessions_;
  StageTouches stages_;

  PersonKey person_;
  std::vector<BucketEvent> events_;
  std::vector<Role> roles_;
  std::vector<Fate> fates_;
  std::vector<Touch> touches_;
  std::vector<Conversion> conversions_;
  struct Refund {
    std::size_t event;
    std::size_t conversions_before;
  };
  std::vector<Refund> refunds_;
  std::size_t open_ = 0;  // touches_ from here on came after the last conversion
  bool any_counted_ = false;
  std::vector<PathTouch> path_, untransformed_;
  std::vector<std::uint8_t> seen_channels_;
};

}  // namespace mta

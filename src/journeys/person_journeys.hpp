#pragma once
// One person's events to journeys of one goal: the rules of docs/architecture.md, "Journeys".
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "journeys/goal_rules.hpp"
#include "journeys/journey_batch.hpp"
#include "journeys/order_index.hpp"
#include "journeys/stage_touches.hpp"
#include "journeys/transforms.hpp"
#include "mta/journeys/fates.hpp"

namespace mta {

/// What all persons' journeys of a goal share.
struct GoalPlan {
  const Goal& goal;
  const GoalRules& rules;
  const PathTransforms& transforms;
  const OrderIndex* orders;      ///< nothing where the goal does not deduplicate
  std::int64_t last_event_time;  ///< of all events of the run: where the data end
  std::span<const GoalRules> stages;
};

/// Makes journeys person by person, by all the rules that there are; one worker's, reused.
class PersonJourneys {
 public:
  PersonJourneys(const GoalPlan& plan, const BucketEvents& bucket, JourneyBatch& batch,
                 GoalCounts& counts)
      : plan_(plan),
        bucket_(bucket),
        batch_(batch),
        counts_(counts),
        stages_(plan.stages, bucket) {}

  void add_person(std::size_t person);

 private:
  /// A conversion that a refund may come back to.
  struct Conversion {
    std::size_t event;                    // index in events_
    std::size_t first_touch, end_touches; // its touches in touches_, before window and transforms
    bool is_first;                        // of those that the period admits
    std::optional<std::int64_t> after;    // when the journey before it ended, if one did
  };

  void order_events(std::size_t person);
  void order_ties(std::size_t begin, std::size_t end);
  [[nodiscard]] std::strong_ordering compare_content(const BucketEvent& a, const BucketEvent& b,
                                                     Role role) const noexcept;
  void on_conversion(std::size_t event);
  [[nodiscard]] Conversion judge(std::size_t event);
  void on_order_refunds(const Conversion& conversion);
  void on_refunds();
  void on_null_journeys();
  void count_fates();

  /// Fills path_ with what is left of a conversion's touches; touches left out get a fate.
  void make_path(const Conversion& conversion);
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
  StageTouches stages_;

  PersonKey person_;
  std::vector<BucketEvent> events_;
  std::vector<Role> roles_;
  std::vector<Fate> fates_;
  std::vector<std::uint32_t> touches_;  // indices in events_
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

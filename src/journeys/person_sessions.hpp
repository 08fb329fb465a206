#pragma once
// One person's events to sessions, and what of each session is a touch: the rules of
// docs/sessions_and_windows.md.
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "journeys/goal_plan.hpp"
#include "mta/journeys/fates.hpp"

namespace mta {

/// One worker's, reused from person to person.
///
///   Cost  O(events), and the day of the calendar of each where midnight cuts
class PersonSessions {
 public:
  /// @pre the plan makes sessions
  PersonSessions(const GoalPlan& plan, const BucketEvents& bucket)
      : plan_(plan), bucket_(bucket), midnight_(plan.sessions->midnight()) {}

  /// A person's events in order. What is no touch after all becomes Role::other, with its fate.
  struct Person {
    std::span<const BucketEvent> events;
    std::span<Role> roles;
    std::span<Fate> fates;
  };
  /// Counts the sessions, and settles which events of each are touches.
  void load(Person person, GoalCounts& counts);

  /// When an event counts as a touch: its session's start where that is the touch.
  /// @pre it is a touch of the last load
  [[nodiscard]] std::int64_t touch_time(std::size_t event) const noexcept {
    return touch_times_[event];
  }
  /// Whether a conversion's own channel may count: where its session has not given a touch before.
  [[nodiscard]] bool may_touch(std::size_t conversion) const noexcept {
    return own_touches_[conversion] != 0;
  }

 private:
  [[nodiscard]] bool cuts_before(std::size_t event);
  void begin_session() noexcept;
  void join(std::size_t event) noexcept;
  [[nodiscard]] bool cuts_id(std::size_t event) const noexcept;
  [[nodiscard]] bool cuts_campaign(std::size_t event) const noexcept;
  void end_session(std::size_t begin, std::size_t end, GoalCounts& counts);
  [[nodiscard]] bool is_engaged(std::size_t begin, std::size_t end) const noexcept;
  [[nodiscard]] bool converts(std::size_t event) const noexcept;
  void choose_touch(std::size_t begin, std::size_t end);
  [[nodiscard]] std::size_t carrier(std::size_t begin, std::size_t end) const noexcept;
  void drop_touches(std::size_t begin, std::size_t end, std::size_t kept, Fate fate);

  const GoalPlan& plan_;
  const BucketEvents& bucket_;
  std::optional<ZoneDays> midnight_;
  Person person_;
  std::uint32_t id_ = 0;                 // the session's latest own id; 0: none yet
  std::optional<std::size_t> campaign_;  // the session's latest event that has one
  std::vector<std::int64_t> touch_times_;
  std::vector<std::uint8_t> own_touches_;
};

}  // namespace mta

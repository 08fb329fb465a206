#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "mta/core/hash.hpp"
#include "mta/journeys/goal.hpp"
#include "support/plain_event.hpp"

namespace mta::test {

/// What events are to a goal, and the order that its rules give them: the oracle's first half.
class EventRoles {
 public:
  using Indices = std::vector<std::size_t>;

  EventRoles(const std::vector<PlainEvent>& events, const Goal& goal,
             const std::vector<std::string>& dimensions)
      : events_(events), goal_(goal), dimensions_(dimensions) {}

  [[nodiscard]] bool converts(std::size_t i) const {
    return contains(goal_.events, events_[i].event) && passes(goal_.where, events_[i]);
  }
  [[nodiscard]] bool is_touch(std::size_t i) const {
    const PlainEvent& event = events_[i];
    return !converts(i) && !event.channel.empty() &&
           (goal_.touch_events.empty() || contains(goal_.touch_events, event.event)) &&
           passes(goal_.touch_where, event);
  }
  [[nodiscard]] bool in_period(std::size_t i) const {
    const std::int64_t time = events_[i].time;
    return !(goal_.from && time < goal_.from->micros) && !(goal_.to && time >= goal_.to->micros);
  }
  [[nodiscard]] std::vector<std::string> labels(std::size_t i) const {
    std::vector<std::string> labels{events_[i].channel, events_[i].event};
    for (const std::string& name : dimensions_) labels.push_back(dimension_of(events_[i], name));
    return labels;
  }
  [[nodiscard]] Hash128 order_hash(std::size_t i) const {
    return events_[i].order.empty() ? Hash128{} : hash128(events_[i].order);
  }

  /// Dimensions depend on what is asked for, so that conversions look at them last.
  [[nodiscard]] auto content(std::size_t i) const {
    const PlainEvent& event = events_[i];
    const auto what = std::tuple(event.value, order_hash(i));
    const auto by = labels(i);
    const auto none = std::tuple(std::int64_t{0}, Hash128{});
    return std::tuple(event.channel, event.event, converts(i) ? what : none, by, what);
  }

  /// One person's events: by time; touches, then sales, then refunds; then by the goal's ties.
  [[nodiscard]] Indices in_order(const std::string& visitor) const {
    Indices mine;
    for (std::size_t i = 0; i < events_.size(); ++i) {
      if (events_[i].visitor == visitor) mine.push_back(i);
    }
    const auto step = [&](std::size_t i) {
      return !converts(i) ? 0 : events_[i].value >= 0 ? 1 : 2;
    };
    std::stable_sort(mine.begin(), mine.end(), [&](std::size_t a, std::size_t b) {
      const auto early = std::tuple(events_[a].time, step(a));
      const auto late = std::tuple(events_[b].time, step(b));
      if (early != late || goal_.ties == Ties::input_order) return early < late;
      return content(a) < content(b);
    });
    return mine;
  }

 protected:
  const std::vector<PlainEvent>& events_;
  const Goal& goal_;
  const std::vector<std::string>& dimensions_;

 private:
  [[nodiscard]] static bool contains(const std::vector<std::string>& values,
                                     const std::string& text) {
    return std::find(values.begin(), values.end(), text) != values.end();
  }

  [[nodiscard]] static bool passes(const Filter& filter, const PlainEvent& event) {
    for (const Condition& condition : filter) {
      const bool listed = contains(condition.values, dimension_of(event, condition.dimension));
      if (listed != (condition.match == Condition::Match::one_of)) return false;
    }
    return true;
  }
};

}  // namespace mta::test

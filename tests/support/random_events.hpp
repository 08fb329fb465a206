#pragma once
#include <string>
#include <vector>

#include "mta/journeys/goal.hpp"
#include "support/plain_input.hpp"
#include "support/synthetic_journeys.hpp"

namespace mta::test {

/// Random events and goals: few names and a coarse clock, so that everything meets everything.
class RandomEvents {
 public:
  explicit RandomEvents(std::uint64_t seed) : random_(seed) {}

  inline static const std::vector<std::string> dimensions{"campaign", "device"};

  std::vector<PlainEvent> events(std::size_t count, std::size_t visitors) {
    std::vector<PlainEvent> events;
    for (std::size_t i = 0; i < count; ++i) {
      PlainEvent event;
      event.visitor = "v" + std::to_string(random_.below(visitors));
      event.time = random_.micros(40) * 43'200'000'000;  // half days: many at the same moment
      event.event = pick({"view", "click", "click", "lead", "sale", "sale"});
      event.channel = pick({"", "search", "email", "social", "Direct", "(direct)"});
      if (event.event == "lead" || event.event == "sale") convert(event);
      for (const std::string& name : dimensions) event.dimensions[name] = pick({"", "a", "b"});
      events.push_back(event);
    }
    return events;
  }

  /// Any goal for the events above, input order as ties among them.
  Goal goal() {
    Goal goal;
    goal.name = "goal";
    goal.events =
        one_in(3) ? std::vector<std::string>{"sale", "lead"} : std::vector<std::string>{"sale"};
    if (one_in(4)) goal.where = filter();
    set_windows(goal);
    if (one_in(3)) goal.touch_events = {"click", "lead"};
    if (one_in(4)) goal.touch_where = filter();
    if (one_in(3)) goal.from = TimePoint{random_.micros(20) * half_day};
    if (one_in(3)) goal.to = TimePoint{(20 + random_.micros(20)) * half_day};
    if (one_in(3)) goal.per_person = PerPerson::first;
    while (one_in(2)) goal.transforms.push_back(transform());
    if (one_in(3)) goal.direct = DirectPolicy::ignore_if_others;
    if (one_in(2)) goal.deduplicate_by = order_id;
    return goal;
  }

  bool one_in(std::uint64_t n) { return random_.below(n) == 0; }

  std::string pick(const std::vector<std::string>& choices) {
    return choices[random_.below(choices.size())];
  }

  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[random_.below(i)]);
  }

 private:
  static constexpr std::int64_t half_day = 43'200'000'000;

  void convert(PlainEvent& event) {
    event.value = (random_.micros(4) - 1) * 3'333'333 + random_.micros(2);
    event.order = pick({"", "", "o1", "o2", "o3", "o4"});
  }

  Filter filter() {
    const std::string dimension = pick({"campaign", "device", "channel", "event"});
    const auto match = one_in(2) ? Condition::Match::one_of : Condition::Match::none_of;
    return {{dimension,
             {pick({"", "a", "search", "click", "sale"}), pick({"b", "email", "lead"})},
             match}};
  }

  void set_windows(Goal& goal) {
    goal.lookback.microseconds =
        one_in(4) ? Lookback::unlimited : (1 + random_.micros(12)) * half_day;
    if (one_in(4)) goal.lookback.touches = 1 + random_.below(3);
    if (one_in(2)) goal.after_conversion = AfterConversion::keep;
    if (one_in(3)) goal.conversion_touch = ConversionTouch::never;
    if (one_in(3)) goal.null_gap = random_.micros(6) * half_day;
    if (one_in(3)) goal.censor = Censor::drop;
    if (one_in(4)) goal.ties = Ties::input_order;
  }

  Transform transform() {
    using Kind = Transform::Kind;
    static constexpr Kind kinds[] = {Kind::collapse,
                                     Kind::first,
                                     Kind::trim,
                                     Kind::exclude,
                                     Kind::remove_if_not_all,
                                     Kind::remove_if_last_and_not_all};
    return {kinds[random_.below(6)], 1 + random_.below(3), pick({"search", "email", "Direct"})};
  }

  Random random_;
};

}  // namespace mta::test

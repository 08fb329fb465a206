#include "support/random_events.hpp"

namespace mta::test {

std::vector<PlainEvent> RandomEvents::events(std::size_t count, std::size_t visitors) {
  std::vector<PlainEvent> events;
  for (std::size_t i = 0; i < count; ++i) {
    PlainEvent event;
    event.visitor = std::string("v").append(std::to_string(random_.below(visitors)));
    event.time = half_days(40);  // many at the same moment
    event.event = pick({"view", "click", "click", "lead", "sale", "sale"});
    event.channel = pick({"", "search", "email", "social", "Direct", "(direct)"});
    if (event.event == "lead" || event.event == "sale") convert(event);
    for (const std::string& name : dimensions) event.dimensions[name] = pick({"", "a", "b"});
    events.push_back(event);
  }
  return events;
}

Goal RandomEvents::goal() {
  Goal goal;
  goal.name = "goal";
  goal.events = {"sale"};
  if (one_in(3)) goal.events.push_back("lead");
  if (one_in(4)) goal.where = filter();
  set_windows(goal);
  if (one_in(3)) goal.touch_events = {"click", "lead"};
  if (one_in(4)) goal.touch_where = filter();
  if (one_in(3)) goal.from = TimePoint{half_days(20)};
  if (one_in(3)) goal.to = TimePoint{half_days(20) + 20 * 43'200'000'000};
  if (one_in(3)) goal.per_person = PerPerson::first;
  while (one_in(2)) goal.transforms.push_back(transform());
  if (one_in(3)) goal.direct = DirectPolicy::ignore_if_others;
  if (one_in(2)) goal.deduplicate_by = order_id;
  if (one_in(3)) set_named_windows(goal.lookback);
  if (one_in(2)) set_sessions(goal);
  return goal;
}

std::vector<Goal> RandomEvents::stages() {
  std::vector<Goal> stages(below(4));
  for (Goal& stage : stages) {
    stage.name = "stage";
    stage.events = {pick({"view", "click", "lead", "lead", "sale"})};
    if (one_in(4)) stage.events.push_back(pick({"lead", "view"}));
    if (one_in(3)) stage.where = filter();
  }
  return stages;
}

/// Values below nothing, of nothing and above, repeated often; orders of several persons.
void RandomEvents::convert(PlainEvent& event) {
  event.value = (random_.micros(4) - 1) * 3'333'333 + random_.micros(2);
  event.order = pick({"", "", "o1", "o2", "o3", "o4"});
}

Filter RandomEvents::filter() {
  Condition condition;
  condition.dimension = pick({"campaign", "device", "channel", "event"});
  condition.values.push_back(pick({"", "a", "search", "click", "sale"}));
  condition.values.push_back(pick({"b", "email", "lead"}));
  condition.match = one_in(2) ? Condition::Match::one_of : Condition::Match::none_of;
  return {condition};
}

void RandomEvents::set_windows(Goal& goal) {
  goal.lookback.microseconds = one_in(4) ? Lookback::unlimited : half_days(12) + 43'200'000'000;
  if (one_in(4)) goal.lookback.touches = 1 + random_.below(3);
  if (one_in(2)) goal.after_conversion = AfterConversion::keep;
  if (one_in(3)) goal.conversion_touch = ConversionTouch::never;
  if (one_in(3)) goal.null_gap = half_days(6);
  if (one_in(3)) goal.censor = Censor::drop;
  if (one_in(4)) goal.ties = Ties::input_order;
}

void RandomEvents::set_named_windows(Lookback& lookback) {
  if (one_in(2)) lookback.days = static_cast<std::uint32_t>(below(8));
  lookback.zone = pick({"UTC", "+05:30", "-08:00"});
  const auto named = [&](const std::string& name) {
    NamedWindow window;
    window.name = name;
    if (one_in(2)) window.microseconds = half_days(8) + 43'200'000'000;
    if (one_in(3)) window.days = static_cast<std::uint32_t>(below(5));
    return window;
  };
  if (one_in(2)) lookback.by_event = {named("view"), named("click")};
  if (one_in(3)) lookback.by_channel = {named("search"), named("Direct")};
  if (one_in(2)) lookback.precedence = {{"click", "lead"}, {"view"}};
  if (one_in(4)) lookback.precedence.push_back({"sale"});
}

void RandomEvents::set_sessions(Goal& goal) {
  goal.touch = static_cast<TouchUnit>(below(3));
  if (one_in(4)) return;
  Sessions& sessions = goal.sessions.emplace();
  sessions.timeout = one_in(2) ? sessions.timeout : half_days(5) + 43'200'000'000;
  if (one_in(3)) sessions.midnight = pick({"UTC", "+05:30", "-08:00"});
  if (one_in(3)) sessions.new_campaign.push_back("channel");
  if (one_in(3)) sessions.new_campaign.push_back("campaign");
  if (one_in(4)) sessions.id = "device";
  if (one_in(3)) sessions.touches = SessionTouches::engaged;
  if (one_in(2)) sessions.engaged_after = half_days(4);
  sessions.engaged_views = 1 + below(3);
  if (one_in(2)) sessions.views = {"view", "click"};
}

Transform RandomEvents::transform() {
  using Kind = Transform::Kind;
  constexpr Kind kinds[] = {Kind::collapse,
                            Kind::first,
                            Kind::frequency,
                            Kind::trim,
                            Kind::exclude,
                            Kind::remove_if_not_all,
                            Kind::remove_if_last_and_not_all};
  Transform transform;
  transform.kind = kinds[random_.below(std::size(kinds))];
  transform.count = 1 + random_.below(3);
  transform.channel = pick({"search", "email", "Direct"});
  return transform;
}

}  // namespace mta::test

#include "journeys/person_sessions.hpp"

#include <algorithm>

namespace mta {

void PersonSessions::load(Person person, GoalCounts& counts) {
  person_ = person;
  const std::size_t size = person.events.size();
  touch_times_.resize(size);
  for (std::size_t i = 0; i < size; ++i) touch_times_[i] = person.events[i].time;
  own_touches_.assign(size, 1);
  begin_session();
  std::size_t begin = 0;
  for (std::size_t i = 0; i < size; ++i) {
    if (i > 0 && cuts_before(i)) {
      end_session(begin, i, counts);
      begin = i;
      begin_session();
    }
    join(i);
  }
  if (size > 0) end_session(begin, size, counts);
}

void PersonSessions::begin_session() noexcept {
  id_ = 0;
  campaign_.reset();
}

void PersonSessions::join(std::size_t event) noexcept {
  const SessionRules& rules = *plan_.sessions;
  const BucketEvent& now = person_.events[event];
  if (rules.looks_at_campaigns() && rules.has_campaign(bucket_, now)) campaign_ = event;
  if (!rules.looks_at_ids()) return;
  if (const std::uint32_t id = rules.id(bucket_, now); id != 0) id_ = id;
}

bool PersonSessions::cuts_before(std::size_t event) {
  const std::int64_t time = person_.events[event].time;
  const std::int64_t before = person_.events[event - 1].time;
  if (time == before) return false;
  if (time - before > plan_.sessions->options().timeout) return true;
  if (midnight_ && midnight_->day_of(time) != midnight_->day_of(before)) return true;
  return cuts_id(event) || cuts_campaign(event);
}

bool PersonSessions::cuts_id(std::size_t event) const noexcept {
  if (!plan_.sessions->looks_at_ids()) return false;
  const std::uint32_t id = plan_.sessions->id(bucket_, person_.events[event]);
  return id != 0 && id_ != 0 && id != id_;
}

bool PersonSessions::cuts_campaign(std::size_t event) const noexcept {
  const SessionRules& rules = *plan_.sessions;
  const BucketEvent& now = person_.events[event];
  if (!rules.looks_at_campaigns() || !rules.has_campaign(bucket_, now)) return false;
  return !campaign_ || !rules.same_campaign(bucket_, now, person_.events[*campaign_]);
}

void PersonSessions::end_session(std::size_t begin, std::size_t end, GoalCounts& counts) {
  const bool engaged = is_engaged(begin, end);
  ++counts.sessions;
  counts.engaged_sessions += engaged ? 1 : 0;
  if (!engaged && plan_.sessions->options().touches == SessionTouches::engaged) {
    drop_touches(begin, end, end, Fate::not_engaged);
  } else if (plan_.goal.touch != TouchUnit::event) {
    choose_touch(begin, end);
  }
}

bool PersonSessions::is_engaged(std::size_t begin, std::size_t end) const noexcept {
  const Sessions& options = plan_.sessions->options();
  const auto events = person_.events;
  if (events[end - 1].time - events[begin].time > options.engaged_after) return true;
  std::uint64_t views = 0;
  for (std::size_t i = begin; i < end; ++i) {
    if (plan_.sessions->is_view(events[i])) ++views;
    if (views >= options.engaged_views || converts(i)) return true;
  }
  return false;
}

/// Whether an event is a conversion of the goal: no refund and no duplicate.
bool PersonSessions::converts(std::size_t event) const noexcept {
  if (person_.roles[event] != Role::conversion) return false;
  const std::uint32_t row = person_.events[event].row;
  return bucket_.value(row) >= Micros{0} &&
         (plan_.orders == nullptr || !plan_.orders->is_duplicate(bucket_.bucket(), row));
}

/// What a session came by is looked for before its first conversion, unless it has no touch there:
/// what came later did not lead to that one.
void PersonSessions::choose_touch(std::size_t begin, std::size_t end) {
  std::size_t touch = end, conversion = end;
  for (std::size_t i = begin; i < end; ++i) {
    if (person_.roles[i] == Role::touch) touch = std::min(touch, i);
    if (person_.roles[i] != Role::conversion) continue;
    own_touches_[i] = touch == end ? 1 : 0;
    if (conversion == end && converts(i)) conversion = i;
  }
  if (touch == end) return;
  if (plan_.goal.touch == TouchUnit::session) {
    touch = carrier(touch, touch < conversion ? conversion : end);
    touch_times_[touch] = person_.events[begin].time;
  }
  drop_touches(begin, end, touch, Fate::of_session);
}

/// The first touch that is not Direct, or else the first. @pre the event `begin` is a touch
std::size_t PersonSessions::carrier(std::size_t begin, std::size_t end) const noexcept {
  for (std::size_t i = begin; i < end; ++i) {
    if (person_.roles[i] == Role::touch && !plan_.sessions->is_direct(person_.events[i])) return i;
  }
  return begin;
}

void PersonSessions::drop_touches(std::size_t begin, std::size_t end, std::size_t kept, Fate fate) {
  for (std::size_t i = begin; i < end; ++i) {
    if (i == kept || person_.roles[i] != Role::touch) continue;
    person_.roles[i] = Role::other;
    person_.fates[i] = fate;
  }
}

}  // namespace mta

#include "journeys/person_journeys.hpp"

#include <algorithm>

#include "journeys/event_order.hpp"

namespace mta {
namespace {

/// How much a fate says about a touch that windows overlap on: the highest stays.
int rank(Fate fate) noexcept {
  switch (fate) {
    case Fate::in_journey:
      return 5;
    case Fate::of_uncounted_conversion:
      return 4;
    case Fate::removed_by_transform:
      return 3;
    case Fate::outranked:
      return 2;
    case Fate::censored:
      return 1;
    default:
      return 0;
  }
}

}  // namespace

void PersonJourneys::add_person(std::size_t person) {
  order_events(person);
  fates_.assign(events_.size(), Fate::not_a_touch);
  touches_.clear();
  conversions_.clear();
  refunds_.clear();
  open_ = 0;
  any_counted_ = false;
  if (sessions_) sessions_->load({events_, roles_, fates_}, counts_);
  for (std::size_t i = 0; i < events_.size(); ++i) {
    if (roles_[i] == Role::touch) {
      fates_[i] = Fate::outside_window;  // until a journey takes it
      touches_.push_back({touch_time(i), static_cast<std::uint32_t>(i)});
    } else if (roles_[i] == Role::conversion) {
      on_conversion(i);
    }
  }
  on_refunds();
  on_null_journeys();
  count_fates();
}

void PersonJourneys::order_events(std::size_t person) {
  const auto events = bucket_.events_of(person);
  person_ = bucket_.person(person);
  events_.assign(events.begin(), events.end());
  EventOrder(plan_, bucket_).sort(events_);
  roles_.clear();
  for (const BucketEvent& event : events_) roles_.push_back(plan_.rules.role(bucket_, event));
}

Fate PersonJourneys::standing(std::int64_t time, bool is_first, Fate counted) const noexcept {
  const Goal& goal = plan_.goal;
  if ((goal.from && time < goal.from->micros) || (goal.to && time >= goal.to->micros)) {
    return Fate::conversion_outside_period;
  }
  if (goal.per_person == PerPerson::first && !is_first) return Fate::conversion_not_first;
  return counted;
}

void PersonJourneys::on_conversion(std::size_t i) {
  const BucketEvent& event = events_[i];
  if (plan_.orders != nullptr && plan_.orders->is_duplicate(bucket_.bucket(), event.row)) {
    fates_[i] = Fate::duplicate_conversion;
    return;
  }
  const Micros value = bucket_.value(event.row);
  if (value < Micros{0}) {
    refunds_.push_back({i, conversions_.size()});
    return;
  }
  if (conversions_.empty()) stages_.load(events_);
  const Conversion conversion = judge(i);
  make_path(conversion);
  if (fates_[i] == Fate::conversion) {
    if (path_.empty()) ++counts_.unattributed_conversions;
    book(conversion, {.worth = {one_conversion, value},
                      .count = one_conversion,
                      .outcome = Outcome::converted,
                      .time = {event.time}});
  } else {
    mark_path(Fate::of_uncounted_conversion);
  }
  conversions_.push_back(conversion);
  open_ = touches_.size();
  if (plan_.orders != nullptr) on_order_refunds(conversion);
}

/// Finds what a conversion may have of the person's touches, and gives it its fate.
PersonJourneys::Conversion PersonJourneys::judge(std::size_t i) {
  const bool restart = plan_.goal.after_conversion == AfterConversion::restart;
  Conversion conversion{i, restart ? open_ : 0, touches_.size(), !any_counted_, {}};
  if (restart && !conversions_.empty()) conversion.after = events_[conversions_.back().event].time;
  fates_[i] = standing(events_[i].time, conversion.is_first, Fate::conversion);
  if (fates_[i] == Fate::conversion) any_counted_ = true;
  if (fates_[i] == Fate::conversion_outside_period) conversion.is_first = false;
  return conversion;
}

/// Refunds of the order that the conversion is.
void PersonJourneys::on_order_refunds(const Conversion& conversion) {
  const std::uint32_t row = events_[conversion.event].row;
  for (const OrderRefund& back : plan_.orders->refunds(bucket_.bucket(), row)) {
    const Fate fate = standing(back.time, conversion.is_first, Fate::refund);
    ++counts_.events[static_cast<std::size_t>(fate)];
    if (fate == Fate::refund) refund(conversion, back.time, back.value);
  }
}

bool PersonJourneys::has_own_touch(std::size_t conversion) const noexcept {
  return plan_.goal.conversion_touch == ConversionTouch::when_channel &&
         plan_.rules.channel_number(events_[conversion]) != 0 &&
         (!sessions_ || sessions_->may_touch(conversion));
}

void PersonJourneys::make_path(const Conversion& conversion) {
  take_window(std::span(touches_).subspan(conversion.first_touch,
                                          conversion.end_touches - conversion.first_touch),
              conversion);
  if (windows_.ranks()) take_highest_rank();
  const std::uint64_t room = plan_.goal.lookback.touches;
  if (path_.size() > room) {
    path_.erase(path_.begin(), path_.end() - static_cast<std::ptrdiff_t>(room));
  }
  transform_path();
}

void PersonJourneys::take_window(std::span<const Touch> touches, const Conversion& conversion) {
  const std::int64_t end = events_[conversion.event].time;
  auto first = std::partition_point(touches.begin(), touches.end(), [&](const Touch& touch) {
    return !windows_.any_admits(touch.time, end);
  });
  const bool has_own = has_own_touch(conversion.event);
  const bool plain = windows_.are_plain();
  const std::uint64_t room = plan_.goal.lookback.touches;
  if (plain && static_cast<std::uint64_t>(touches.end() - first) > room) {
    first = touches.end() - static_cast<std::ptrdiff_t>(room);  // others would be cut off later
  }
  path_.clear();
  for (auto touch = first; touch != touches.end(); ++touch) {
    if (plain || windows_.admit(events_[touch->event].kind, touch->time, end)) {
      path_.push_back(path_touch(*touch));
    }
  }
  if (has_own) path_.push_back(path_touch({end, static_cast<std::uint32_t>(conversion.event)}));
}

/// Of the touches that precedence lists, only those of the highest rank stay.
void PersonJourneys::take_highest_rank() {
  const auto rank = [&](const PathTouch& touch) {
    return windows_.rank(events_[touch.position].kind);
  };
  std::uint32_t highest = Windows::no_rank;
  for (const PathTouch& touch : path_) highest = std::min(highest, rank(touch));
  std::erase_if(path_, [&](const PathTouch& touch) {
    if (rank(touch) == highest || rank(touch) == Windows::no_rank) return false;
    raise(touch.position, Fate::outranked);
    return true;
  });
}

void PersonJourneys::transform_path() {
  if (plan_.transforms.empty()) return;
  untransformed_ = path_;
  plan_.transforms.apply(path_, seen_channels_);
  auto kept = path_.begin();
  for (const PathTouch& touch : untransformed_) {
    if (kept != path_.end() && kept->position == touch.position) {
      ++kept;
    } else {
      raise(touch.position, Fate::removed_by_transform);
    }
  }
}

void PersonJourneys::raise(std::size_t event, Fate fate) noexcept {
  if (roles_[event] == Role::touch && rank(fate) > rank(fates_[event])) fates_[event] = fate;
}

void PersonJourneys::mark_path(Fate fate) {
  for (const PathTouch& touch : path_) raise(touch.position, fate);
}

void PersonJourneys::book(const Conversion& conversion, JourneyEnd end) {
  counts_.booked.add(end.worth);
  if (path_.empty()) {
    counts_.unattributed.add(end.worth);
    return;
  }
  if (end.outcome == Outcome::converted) ++counts_.converting_journeys;
  mark_path(Fate::in_journey);
  end.own_touch = path_.back().position == conversion.event;
  end.person = person_;
  const std::int64_t time = events_[conversion.event].time;
  emit(end, time, stages_.of_path(path_, {conversion.after, time}));
}

/// Gives a refund back over the touches that its conversion had, at the ages they had then.
void PersonJourneys::refund(const Conversion& conversion, std::int64_t time, Micros value) {
  make_path(conversion);
  book(conversion, {.worth = {Micros{0}, value}, .outcome = Outcome::refunded, .time = {time}});
}

/// Refunds that no order claims: they go to the person's latest conversion before them.
void PersonJourneys::on_refunds() {
  for (const auto& [i, conversions_before] : refunds_) {
    const BucketEvent& event = events_[i];
    if (plan_.orders != nullptr && plan_.orders->is_settled(bucket_.bucket(), event.row)) {
      fates_[i] = Fate::refund;
      --counts_.events[static_cast<std::size_t>(Fate::refund)];  // counted at its order
      continue;
    }
    const bool known = conversions_before > 0;
    const bool is_first = !known || conversions_[conversions_before - 1].is_first;
    fates_[i] = standing(event.time, is_first, Fate::refund);
    if (fates_[i] != Fate::refund) continue;
    const Micros value = bucket_.value(event.row);
    if (known) {
      refund(conversions_[conversions_before - 1], event.time, value);
    } else {
      counts_.booked.add({Micros{0}, value});
      counts_.unattributed.add({Micros{0}, value});
    }
  }
}

void PersonJourneys::on_null_journeys() {
  const auto cuts = [&](std::int64_t before, std::int64_t time) {
    const auto& gap = plan_.goal.null_gap;
    return gap ? time - before > *gap : !windows_.any_admits(before, time);
  };
  std::size_t begin = open_;
  for (std::size_t i = open_; i < touches_.size(); ++i) {
    const bool last = i + 1 == touches_.size();
    if (!last && !cuts(touches_[i].time, touches_[i + 1].time)) continue;
    end_null_journey(begin, i + 1);
    begin = i + 1;
  }
}

void PersonJourneys::end_null_journey(std::size_t first_touch, std::size_t end_touches) {
  path_.clear();
  for (std::size_t i = first_touch; i < end_touches; ++i) path_.push_back(path_touch(touches_[i]));
  const std::int64_t time = touches_[end_touches - 1].time;
  if (plan_.goal.censor == Censor::drop && windows_.any_admits(time, plan_.last_event_time)) {
    mark_path(Fate::censored);
    return;
  }
  transform_path();
  mark_path(Fate::in_journey);
  if (path_.empty()) return;
  ++counts_.null_journeys;
  emit({.count = one_conversion, .time = {time}, .person = person_}, time,
       stages_.of_null_journey());
}

void PersonJourneys::emit(const JourneyEnd& end, std::int64_t ages_until,
                          std::span<const std::uint32_t> stage) {
  for (const PathTouch& touch : path_) {
    batch_.journeys().add_touch(touch.channel, elapsed({touch.time}, {ages_until}),
                                events_[touch.position].row);
  }
  batch_.end(end, stage);
}

void PersonJourneys::count_fates() {
  for (const Fate fate : fates_) ++counts_.events[static_cast<std::size_t>(fate)];
}

}  // namespace mta

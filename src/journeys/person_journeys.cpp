#include "journeys/person_journeys.hpp"

#include <algorithm>

namespace mta {
namespace {

/// How much a fate says about a touch that windows overlap on: the highest stays.
int rank(Fate fate) noexcept {
  switch (fate) {
    case Fate::in_journey:
      return 4;
    case Fate::of_uncounted_conversion:
      return 3;
    case Fate::removed_by_transform:
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
  for (std::size_t i = 0; i < events_.size(); ++i) {
    if (roles_[i] == Role::touch) {
      fates_[i] = Fate::outside_window;  // until a journey takes it
      touches_.push_back(static_cast<std::uint32_t>(i));
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
  for (std::size_t begin = 0; begin + 1 < events_.size();) {
    std::size_t end = begin + 1;
    while (end < events_.size() && events_[end].time == events_[begin].time) ++end;
    if (end - begin > 1) order_ties(begin, end);
    begin = end;
  }
  roles_.clear();
  for (const BucketEvent& event : events_) roles_.push_back(plan_.rules.role(bucket_, event));
}

/// Touches before conversions, and these before refunds; then by content or as they came.
void PersonJourneys::order_ties(std::size_t begin, std::size_t end) {
  const auto step = [&](const BucketEvent& event) {
    if (plan_.rules.role(bucket_, event) != Role::conversion) return 0;
    return bucket_.value(event.row) < Micros{0} ? 2 : 1;
  };
  const auto before = [&](const BucketEvent& a, const BucketEvent& b) {
    const int step_of_a = step(a);
    if (const int step_of_b = step(b); step_of_a != step_of_b) return step_of_a < step_of_b;
    if (plan_.goal.ties == Ties::content) {
      const auto order = compare_content(a, b, step_of_a == 0 ? Role::touch : Role::conversion);
      if (order != 0) return order < 0;
    }
    return a.row < b.row;
  };
  std::sort(events_.begin() + static_cast<std::ptrdiff_t>(begin),
            events_.begin() + static_cast<std::ptrdiff_t>(end), before);
}

/// Dimensions are those that the run was asked for. Conversions therefore look at them last: what is
/// asked for must not decide which of two conversions gets the touches. Touches look at them first:
/// whether their value is read depends on the other goals.
std::strong_ordering PersonJourneys::compare_content(const BucketEvent& a, const BucketEvent& b,
                                                     Role role) const noexcept {
  if (a.kind != b.kind) return a.kind <=> b.kind;
  const auto dimensions = bucket_.compare_dimensions(a.row, b.row);
  if (role == Role::touch && dimensions != 0) return dimensions;
  const auto conversions = bucket_.compare_conversions(a.row, b.row);
  return conversions != 0 ? conversions : dimensions;
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

void PersonJourneys::make_path(const Conversion& conversion) {
  const Lookback& lookback = plan_.goal.lookback;
  const BucketEvent& event = events_[conversion.event];
  const bool own_touch = plan_.goal.conversion_touch == ConversionTouch::when_channel &&
                         plan_.rules.channel_number(event) != 0;
  const auto begin = touches_.begin() + static_cast<std::ptrdiff_t>(conversion.first_touch);
  const auto end = touches_.begin() + static_cast<std::ptrdiff_t>(conversion.end_touches);
  // Differences of event times fit 64 bits; a time less any lookback may not.
  auto first = std::partition_point(begin, end, [&](std::uint32_t touch) {
    return event.time - events_[touch].time > lookback.microseconds;
  });
  const std::uint64_t room = lookback.touches - (own_touch ? 1 : 0);
  if (static_cast<std::uint64_t>(end - first) > room) first = end - static_cast<std::ptrdiff_t>(room);
  path_.clear();
  for (auto touch = first; touch != end; ++touch) {
    path_.push_back({plan_.rules.channel(events_[*touch]), *touch});
  }
  if (own_touch) {
    path_.push_back({plan_.rules.channel(event), static_cast<std::uint32_t>(conversion.event)});
  }
  transform_path();
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
  emit(end, time, stages_.of_path(path_, events_, {conversion.after, time}));
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
  const Lookback& lookback = plan_.goal.lookback;
  const std::int64_t gap = plan_.goal.null_gap.value_or(lookback.microseconds);
  std::size_t begin = open_;
  for (std::size_t i = open_; i < touches_.size(); ++i) {
    const bool last = i + 1 == touches_.size();
    if (!last && events_[touches_[i + 1]].time - events_[touches_[i]].time <= gap) continue;
    end_null_journey(begin, i + 1);
    begin = i + 1;
  }
}

void PersonJourneys::end_null_journey(std::size_t first_touch, std::size_t end_touches) {
  const Lookback& lookback = plan_.goal.lookback;
  path_.clear();
  for (std::size_t i = first_touch; i < end_touches; ++i) {
    path_.push_back({plan_.rules.channel(events_[touches_[i]]), touches_[i]});
  }
  const std::int64_t time = events_[touches_[end_touches - 1]].time;
  const bool open = lookback.microseconds == Lookback::unlimited ||
                    plan_.last_event_time - time <= lookback.microseconds;
  if (plan_.goal.censor == Censor::drop && open) {
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
    const BucketEvent& event = events_[touch.position];
    batch_.journeys().add_touch(touch.channel, elapsed({event.time}, {ages_until}), event.row);
  }
  batch_.end(end, stage);
}

void PersonJourneys::count_fates() {
  for (const Fate fate : fates_) ++counts_.events[static_cast<std::size_t>(fate)];
}

}  // namespace mta

#include "journeys/plain_journeys.hpp"

#include <algorithm>
#include <limits>

namespace mta {
namespace {

bool is_plain(const GoalPlan& plan) {
  const Goal& goal = plan.goal;
  return plan.rules.are_by_kind() && plan.transforms.empty() && plan.orders == nullptr &&
         !goal.from && !goal.to && goal.per_person == PerPerson::all &&
         goal.censor == Censor::keep &&
         goal.lookback.touches == std::numeric_limits<std::uint64_t>::max();
}

}  // namespace

PlainJourneys::PlainJourneys(const GoalPlan& plan, const BucketEvents& bucket, JourneyBatch& batch,
                             GoalCounts& counts)
    : plan_(plan),
      bucket_(bucket),
      batch_(batch),
      counts_(counts),
      is_plain_(is_plain(plan)),
      gap_(plan.goal.null_gap.value_or(plan.goal.lookback.microseconds)) {}

bool PlainJourneys::add_person(std::size_t person) {
  if (!is_plain_ || bucket_.has_ties(person)) return false;
  const auto events = bucket_.events_of(person);
  if (!take_events(events)) return false;
  person_ = bucket_.person(person);
  std::size_t in_journey = 0, open = 0;
  if (!conversions_.empty()) {
    in_journey = convert();
    open = conversions_.back().touches;
  }
  if (open < size_) end_null_journeys(open);
  in_journey += size_ - open;
  const auto count = [this](Fate fate, std::size_t more) {
    counts_.events[static_cast<std::size_t>(fate)] += more;
  };
  count(Fate::in_journey, in_journey);
  count(Fate::outside_window, size_ - in_journey);
  count(Fate::conversion, conversions_.size());
  count(Fate::not_a_touch, events.size() - size_ - conversions_.size());
  return true;
}

bool PlainJourneys::take_events(std::span<const BucketEvent> events) {
  if (time_.size() < events.size()) {
    time_.resize(events.size());
    channel_.resize(events.size());
    row_.resize(events.size());
  }
  conversions_.clear();
  std::size_t size = 0;
  for (const BucketEvent& event : events) {
    const Role role = plan_.rules.role_of_kind(event.kind);
    const std::uint32_t channel = plan_.rules.channel_number(event);
    time_[size] = event.time;  // where it is no touch, the next one takes its place
    channel_[size] = ChannelId{channel - 1};
    row_[size] = event.row;
    size += role == Role::touch ? 1 : 0;
    if (role != Role::conversion) continue;
    const Micros value = bucket_.value(event.row);
    if (value < Micros{0}) return false;
    conversions_.push_back({event.time, event.row, channel, size, value});
  }
  size_ = size;
  return true;
}

/// Windows move on from conversion to conversion, and so does the first touch inside.
std::size_t PlainJourneys::convert() {
  const bool restart = plan_.goal.after_conversion == AfterConversion::restart;
  const std::int64_t lookback = plan_.goal.lookback.microseconds;
  std::size_t first = 0, taken_until = 0, taken = 0;
  for (const Conversion& conversion : conversions_) {
    if (restart) first = taken_until;
    while (first < conversion.touches && conversion.time - time_[first] > lookback) ++first;
    taken += conversion.touches - std::max(first, std::min(taken_until, conversion.touches));
    taken_until = conversion.touches;
    convert(conversion, first);
  }
  return taken;
}

void PlainJourneys::convert(const Conversion& conversion, std::size_t first) {
  const bool own_touch =
      plan_.goal.conversion_touch == ConversionTouch::when_channel && conversion.channel != 0;
  const Worth worth{one_conversion, conversion.value};
  counts_.booked.add(worth);
  if (first == conversion.touches && !own_touch) {
    counts_.unattributed.add(worth);
    ++counts_.unattributed_conversions;
    return;
  }
  const Journeys::Room last =
      copy_touches(first, conversion.touches, own_touch ? 1 : 0, conversion.time);
  if (own_touch) {
    *last.channel = ChannelId{conversion.channel - 1};
    *last.age = Seconds{0};
    *last.row = conversion.row;
  }
  ++counts_.converting_journeys;
  batch_.end({0, worth, one_conversion, Outcome::converted, {conversion.time}, person_});
}

/// Adds touches [first, end) and room for `more`; returns that room.
Journeys::Room PlainJourneys::copy_touches(std::size_t first, std::size_t end, std::size_t more,
                                           std::int64_t time) {
  const std::size_t count = end - first;
  const Journeys::Room room = batch_.journeys().add_touches(count + more);
  for (std::size_t i = 0; i < count; ++i) room.channel[i] = channel_[first + i];
  for (std::size_t i = 0; i < count; ++i) room.age[i] = elapsed({time_[first + i]}, {time});
  for (std::size_t i = 0; i < count; ++i) room.row[i] = row_[first + i];
  return {room.channel + count, room.age + count, room.row + count};
}

void PlainJourneys::end_null_journeys(std::size_t first) {
  for (std::size_t i = first; i < size_; ++i) {
    if (i + 1 < size_ && time_[i + 1] - time_[i] <= gap_) continue;
    (void)copy_touches(first, i + 1, 0, time_[i]);
    ++counts_.null_journeys;
    batch_.end({0, {}, one_conversion, Outcome::null, {time_[i]}, person_});
    first = i + 1;
  }
}

}  // namespace mta

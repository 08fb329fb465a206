#include "journeys/plain_journeys.hpp"

#include <algorithm>
#include <limits>

namespace mta {
namespace {

bool is_plain(const GoalPlan& plan) {
  const Goal& goal = plan.goal;
  return plan.rules.are_by_kind() && plan.windows.are_plain() && plan.sessions == nullptr &&
         plan.transforms.empty() && plan.orders == nullptr && plan.stages.empty() && !goal.from &&
         !goal.to && goal.per_person == PerPerson::all && goal.censor == Censor::keep &&
         goal.lookback.touches == std::numeric_limits<std::uint64_t>::max();
}

void set_ages(std::span<const std::int64_t> times, std::int64_t end, Seconds* age) noexcept {
  for (std::size_t i = 0; i < times.size(); ++i) age[i] = elapsed({times[i]}, {end});
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
  Journeys& journeys = batch_.journeys();
  const Journeys::Room room = journeys.add_touches(events.size());
  if (!take_events(events, room)) {
    journeys.drop_touches(events.size());
    return false;
  }
  person_ = bucket_.person(person);
  std::size_t in_journey = size_;
  if (conversions_.empty()) {
    journeys.drop_touches(events.size() - size_);
    end_null_journeys(0, room.age);
  } else {
    channel_.assign(room.channel, room.channel + size_);
    row_.assign(room.row, room.row + size_);
    journeys.drop_touches(events.size());
    in_journey = convert();
    const std::size_t open = conversions_.back().touches;
    in_journey += size_ - open;
    if (open < size_) end_null_journeys(open, copy_touches(open, size_, 0).age);
  }
  batch_.flush_if_full();
  const auto count = [this](Fate fate, std::size_t more) {
    counts_.events[static_cast<std::size_t>(fate)] += more;
  };
  count(Fate::in_journey, in_journey);
  count(Fate::outside_window, size_ - in_journey);
  count(Fate::conversion, conversions_.size());
  count(Fate::not_a_touch, events.size() - size_ - conversions_.size());
  return true;
}

bool PlainJourneys::take_events(std::span<const BucketEvent> events, Journeys::Room room) {
  if (time_.size() < events.size()) time_.resize(events.size());
  conversions_.clear();
  std::int64_t* const times = time_.data();
  const GoalRules::KindRules* const kinds = plan_.rules.kinds().data();
  std::size_t size = 0;
  for (const BucketEvent& event : events) {
    const GoalRules::KindRules kind = kinds[event.kind];
    times[size] = event.time;  // where it is no touch, the next one takes its place
    room.channel[size] = ChannelId{kind.channel - 1};
    room.row[size] = event.row;
    size += kind.role == Role::touch ? 1 : 0;
    if (kind.role != Role::conversion) continue;
    const Micros value = bucket_.value(event.row);
    if (value < Micros{0}) return false;
    conversions_.push_back({event.time, event.row, kind.channel, size, value});
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
  const std::size_t count = conversion.touches - first;
  const Journeys::Room room = copy_touches(first, conversion.touches, own_touch ? 1 : 0);
  set_ages({time_.data() + first, count}, conversion.time, room.age);
  if (own_touch) {
    room.channel[count] = ChannelId{conversion.channel - 1};
    room.age[count] = Seconds{0};
    room.row[count] = conversion.row;
  }
  ++counts_.converting_journeys;
  batch_.end({.worth = worth,
              .count = one_conversion,
              .outcome = Outcome::converted,
              .own_touch = own_touch,
              .time = {conversion.time},
              .person = person_});
}

/// Adds touches [first, end), but for their ages, and room for `more`.
Journeys::Room PlainJourneys::copy_touches(std::size_t first, std::size_t end, std::size_t more) {
  const Journeys::Room room = batch_.journeys().add_touches(end - first + more);
  std::copy(channel_.begin() + static_cast<std::ptrdiff_t>(first),
            channel_.begin() + static_cast<std::ptrdiff_t>(end), room.channel);
  std::copy(row_.begin() + static_cast<std::ptrdiff_t>(first),
            row_.begin() + static_cast<std::ptrdiff_t>(end), room.row);
  return room;
}

void PlainJourneys::end_null_journeys(std::size_t first, Seconds* age) {
  const std::size_t before = batch_.journeys().touches() - size_;
  const std::int64_t* const times = time_.data();
  std::size_t begin = first;
  for (std::size_t i = first; i < size_; ++i) {
    if (i + 1 < size_ && times[i + 1] - times[i] <= gap_) continue;
    set_ages({times + begin, i + 1 - begin}, times[i], age + (begin - first));
    batch_.journeys().end_at(before + i + 1,
                             {.count = one_conversion, .time = {times[i]}, .person = person_});
    ++counts_.null_journeys;
    begin = i + 1;
  }
}

}  // namespace mta

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
      gap_(plan.goal.null_gap.value_or(plan.goal.lookback.microseconds)),
      null_ends_(64) {}

bool PlainJourneys::add_person(std::size_t person) {
  if (!is_plain_ || bucket_.has_ties(person)) return false;
  const auto events = bucket_.events_of(person);
  if (add_one_null(person, events)) return true;
  Journeys& journeys = batch_.journeys();
  const Journeys::Room room = journeys.add_touches(events.size());
  const Tail tail = take_tail(events, room);
  if (tail.events != 0 && !take_converting(events.first(tail.events))) {
    journeys.drop_touches(events.size());
    return false;
  }
  person_ = bucket_.person(person);
  end_tail(tail, events.size(), room);
  std::size_t touches = tail.touches, in_journey = tail.touches, conversions = 0;
  if (tail.events != 0) {
    touches += size_;
    in_journey += convert();
    conversions = conversions_.size();
  }
  batch_.flush_if_full();
  const auto count = [this](Fate fate, std::size_t more) {
    counts_.events[static_cast<std::size_t>(fate)] += more;
  };
  count(Fate::in_journey, in_journey);
  count(Fate::outside_window, touches - in_journey);
  count(Fate::conversion, conversions);
  count(Fate::not_a_touch, events.size() - touches - conversions);
  return true;
}

// Most persons are done with here, so it asks for little: all events are touches, and no gap can be
// between them.
bool PlainJourneys::add_one_null(std::size_t person, std::span<const BucketEvent> events) {
  const std::int64_t end = events.back().time;
  if (end - events.front().time > gap_) return false;
  const GoalRules::KindRules* const kinds = plan_.rules.kinds().data();
  const Journeys::Room room = batch_.journeys().add_touches(events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    const BucketEvent& event = events[i];
    const GoalRules::KindRules kind = kinds[event.kind];
    if (kind.role != Role::touch) {
      batch_.journeys().drop_touches(events.size());
      return false;
    }
    room.channel[i] = ChannelId{kind.channel - 1};
    room.age[i] = elapsed({event.time}, {end});
    room.row[i] = event.row;
  }
  batch_.end({.count = one_conversion, .time = {end}, .person = bucket_.person(person)});
  ++counts_.null_journeys;
  counts_.events[static_cast<std::size_t>(Fate::in_journey)] += events.size();
  return true;
}

// From the last touch to the first: what an age is counted back from is known when it is needed.
PlainJourneys::Tail PlainJourneys::take_tail(std::span<const BucketEvent> events,
                                             Journeys::Room room) {
  NullEnd* ends = null_ends_.data();
  std::size_t most_ends = null_ends_.size();
  const GoalRules::KindRules* const kinds = plan_.rules.kinds().data();
  std::size_t at = events.size(), journeys = 0, i = events.size();
  std::int64_t next = 0, end = 0;
  for (; i > 0; --i) {
    const BucketEvent& event = events[i - 1];
    const GoalRules::KindRules kind = kinds[event.kind];
    if (kind.role == Role::conversion) break;
    const bool is_touch = kind.role == Role::touch;
    const bool ends_one = is_touch && (journeys == 0 || next - event.time > gap_);
    end = ends_one ? event.time : end;
    next = is_touch ? event.time : next;
    if (journeys == most_ends) {
      null_ends_.resize(most_ends *= 2);
      ends = null_ends_.data();
    }
    ends[journeys] = {at, event.time};
    journeys += ends_one ? 1 : 0;
    room.channel[at - 1] =
        ChannelId{kind.channel - 1};  // of no touch: the next one takes its place
    room.age[at - 1] = elapsed({event.time}, {end});
    room.row[at - 1] = event.row;
    at -= is_touch ? 1 : 0;
  }
  return {i, events.size() - at, journeys};
}

bool PlainJourneys::take_converting(std::span<const BucketEvent> events) {
  if (time_.size() < events.size()) {
    time_.resize(events.size());
    channel_.resize(events.size());
    row_.resize(events.size());
  }
  conversions_.clear();
  const GoalRules::KindRules* const kinds = plan_.rules.kinds().data();
  std::size_t size = 0;
  for (const BucketEvent& event : events) {
    const GoalRules::KindRules kind = kinds[event.kind];
    time_[size] = event.time;  // where it is no touch, the next one takes its place
    channel_[size] = ChannelId{kind.channel - 1};
    row_[size] = event.row;
    size += kind.role == Role::touch ? 1 : 0;
    if (kind.role != Role::conversion) continue;
    const Micros value = bucket_.value(event.row);
    if (value < Micros{0}) return false;
    conversions_.push_back({event.time, event.row, kind.channel, size, value});
  }
  size_ = size;
  return true;
}

void PlainJourneys::end_tail(const Tail& tail, std::size_t events, Journeys::Room room) {
  const std::size_t unused = events - tail.touches;
  if (unused != 0) {
    std::copy_n(room.channel + unused, tail.touches, room.channel);
    std::copy_n(room.age + unused, tail.touches, room.age);
    std::copy_n(room.row + unused, tail.touches, room.row);
    batch_.journeys().drop_touches(unused);
  }
  const std::size_t before = batch_.journeys().touches() - tail.touches;
  for (std::size_t j = tail.journeys; j > 0; --j) {
    const NullEnd& end = null_ends_[j - 1];
    batch_.journeys().end_at(before + end.end_of_touches - unused,
                             {.count = one_conversion, .time = {end.time}, .person = person_});
  }
  counts_.null_journeys += tail.journeys;
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

Journeys::Room PlainJourneys::copy_touches(std::size_t first, std::size_t end, std::size_t more) {
  const Journeys::Room room = batch_.journeys().add_touches(end - first + more);
  std::copy(channel_.begin() + static_cast<std::ptrdiff_t>(first),
            channel_.begin() + static_cast<std::ptrdiff_t>(end), room.channel);
  std::copy(row_.begin() + static_cast<std::ptrdiff_t>(first),
            row_.begin() + static_cast<std::ptrdiff_t>(end), room.row);
  return room;
}

}  // namespace mta

#include "pipeline/trail_pass.hpp"

#include <algorithm>
#include <cmath>

#include "mta/credits/cell_numbering.hpp"

namespace mta {
namespace {

std::uint64_t above_zero(Micros amount) noexcept {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(amount.units, 0));
}

std::uint64_t nulls_of(const JourneyEnd& end) noexcept {
  return end.outcome == Outcome::null ? static_cast<std::uint64_t>(end.count.units) : 0;
}

RunningSplit split_of(Micros total, std::uint64_t sum) noexcept {
  return {sum == 0 ? Micros{0} : total, sum};
}

}  // namespace

ChannelSplit::ChannelSplit(const Worth& total, const ChannelWeights& weights)
    : conversions_by_(weights.conversions != 0 ? By::conversions : By::nulls),
      value_by_(weights.value_usable && weights.value != 0 ? By::value : conversions_by_),
      conversions_(split_of(total.conversions,
                            conversions_by_ == By::nulls ? weights.nulls : weights.conversions)),
      value_(split_of(total.value, value_by_ == By::value   ? weights.value
                                   : value_by_ == By::nulls ? weights.nulls
                                                            : weights.conversions)) {
  const bool nowhere = conversions_by_ == By::nulls && weights.nulls == 0;
  if (nowhere) unattributed_.conversions = total.conversions;
  if (nowhere && value_by_ != By::value) unattributed_.value = total.value;
}

Worth ChannelSplit::next(const Worth& earned, std::uint64_t nulls) noexcept {
  const auto weight = [&](By by) {
    return by == By::nulls   ? nulls
           : by == By::value ? above_zero(earned.value)
                             : above_zero(earned.conversions);
  };
  return {conversions_.next(weight(conversions_by_)), value_.next(weight(value_by_))};
}

TrailPass::TrailPass(const CreditingModels& models)
    : models_(models), weights_(models.models.size()), unattributed_(models.models.size()) {
  for (std::size_t m = 0; m < models.models.size(); ++m) {
    if (!is_apportioned(m)) continue;
    weights_[m].resize(models.fits[*models.fit_of[m]].credit.size());
    needs_weights_ = true;
  }
}

CreditSink TrailPass::touch_sink(JourneysView journeys) {
  const std::size_t touches = journeys.channel().size();
  while (cells_.size() < touches)
    cells_.push_back(CellId{static_cast<std::uint32_t>(cells_.size())});
  CreditSink sink(touches);
  sink.begin_batch(std::span(cells_).first(touches), touches);
  return sink;
}

void TrailPass::weigh(JourneysView journeys) {
  for (std::size_t m = 0; m < weights_.size(); ++m) {
    if (weights_[m].empty()) continue;
    CreditSink sink = touch_sink(journeys);
    credit_by_effect(models_.fits[*models_.fit_of[m]], journeys, sink);
    for (std::size_t i = 0; i < journeys.size(); ++i) {
      const JourneyEnd& end = journeys.end_of(i);
      for (std::uint64_t t = journeys.begin_of(i); t < end.end_of_touches; ++t) {
        ChannelWeights& sum = weights_[m][index(journeys.channel()[t])];
        const Worth& earned = sink.credit()[t];
        sum.conversions += above_zero(earned.conversions);
        sum.value += above_zero(earned.value);
        sum.value_usable = sum.value_usable && earned.value.units >= 0;
        sum.nulls += nulls_of(end);
      }
    }
  }
}

void TrailPass::end_weighing() {
  splits_.resize(weights_.size());
  for (std::size_t m = 0; m < weights_.size(); ++m) {
    if (weights_[m].empty()) continue;
    const FittedCredit& fit = models_.fits[*models_.fit_of[m]];
    unattributed_[m] += fit.unattributed;
    for (std::size_t c = 0; c < weights_[m].size(); ++c) {
      unattributed_[m] += splits_[m].emplace_back(fit.credit[c], weights_[m][c]).unattributed();
    }
  }
}

void TrailPass::begin_bucket(const BucketEvents& bucket) {
  time_of_row_.resize(bucket.size());
  for (std::size_t person = 0; person < bucket.persons(); ++person) {
    for (const BucketEvent& event : bucket.events_of(person))
      time_of_row_[event.row] = {event.time};
  }
}

/// A touch that stands for a session has the session's time, not its event's: its age knows. Ages
/// are rounded from whole microseconds, and so find them again. Those of a refunded journey count
/// from the sale, which it does not know.
TimePoint TrailPass::time_of(const JourneyEnd& end, Seconds age, std::uint32_t row) const {
  if (end.outcome == Outcome::refunded) return time_of_row_[row];
  return {end.time.micros - std::llround(age.count() * 1e6)};
}

void TrailPass::add_touches(JourneysView journeys) {
  for (std::size_t i = 0; i < journeys.size(); ++i) {
    const JourneyEnd& end = journeys.end_of(i);
    taken_.push_back({end, touches_.size()});
    for (std::uint64_t t = journeys.begin_of(i); t < end.end_of_touches; ++t) {
      const std::uint32_t row = journeys.row()[t];
      touches_.push_back({time_of(end, journeys.age()[t], row), journeys.channel()[t], row});
    }
    taken_.back().end.end_of_touches = touches_.size();
  }
}

void TrailPass::take(JourneysView given, const BucketEvents& bucket) {
  event_of_touch_.clear();
  for (const std::uint32_t row : given.row()) event_of_touch_.push_back(bucket.event_name(row));
  const JourneysView journeys = given.with_events(event_of_touch_);
  const std::size_t first = touches_.size(), width = models_.models.size();
  add_touches(journeys);
  credit_.resize(touches_.size() * width);
  worth_.assign(journeys);
  for (std::size_t m = 0; m < width; ++m) {
    CreditSink sink = touch_sink(journeys);
    if (models_.fit_of[m]) {
      credit_by_effect(models_.fits[*models_.fit_of[m]], journeys, sink);
    } else {
      models_.models[m].credit(worth_, sink);
    }
    if (!is_apportioned(m)) unattributed_[m] += sink.unattributed();
    const auto earned = sink.credit().subspan(journeys.size() == 0 ? 0 : journeys.begin_of(0));
    for (std::size_t t = first; t < touches_.size(); ++t)
      credit_[t * width + m] = earned[t - first];
  }
}

/// What its touches earn of their channels' totals takes the place of what they earned of their own
/// conversion.
void TrailPass::apportion(const Taken& journey) {
  const std::size_t width = models_.models.size();
  for (std::size_t t = journey.begin_of_touches; t < journey.end.end_of_touches; ++t) {
    for (std::size_t m = 0; m < width; ++m) {
      if (weights_[m].empty()) continue;
      Worth& credit = credit_[t * width + m];
      credit = splits_[m][index(touches_[t].channel)].next(credit, nulls_of(journey.end));
    }
  }
}

void TrailPass::hand_over(const BucketEvents& bucket, const Vocabulary& vocabulary,
                          std::span<const PersonKey> persons, CreditTrail& trail) {
  std::stable_sort(taken_.begin(), taken_.end(), [](const Taken& a, const Taken& b) {
    return a.end.person != b.end.person ? a.end.person < b.end.person : a.end.time < b.end.time;
  });
  const std::size_t width = models_.models.size(), dimensions = bucket.dimensions();
  std::vector<CreditedTouch> touches;
  std::vector<std::string_view> names;
  for (const Taken& journey : taken_) {
    apportion(journey);
    const JourneyEnd& end = journey.end;
    if (!persons.empty() && !std::binary_search(persons.begin(), persons.end(), end.person))
      continue;
    touches.clear();
    names.clear();
    for (std::size_t t = journey.begin_of_touches; t < end.end_of_touches; ++t) {
      for (std::size_t d = 0; d < dimensions; ++d) {
        names.push_back(text_of({CellDimension::Kind::dimension, d},
                                bucket.dimension(d, touches_[t].row), vocabulary));
      }
    }
    for (std::size_t t = journey.begin_of_touches; t < end.end_of_touches; ++t) {
      const std::size_t at = t - journey.begin_of_touches;
      touches.push_back(
          {touches_[t].time,
           text_of({CellDimension::Kind::event, 0}, bucket.event_name(touches_[t].row), vocabulary),
           vocabulary.channels()[index(touches_[t].channel)],
           std::span(names).subspan(at * dimensions, dimensions),
           std::span(credit_).subspan(t * width, width)});
    }
    trail.take({end.person, end.outcome, end.time, end.worth, touches});
  }
  taken_.clear();
  touches_.clear();
  credit_.clear();
}

}  // namespace mta

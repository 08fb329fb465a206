#include "pipeline/goal_workers.hpp"

#include <utility>

#include "mta/models/credit.hpp"

namespace mta {

FirstPass::FirstPass(std::span<const AnyModel> models, CellNumbering cells, std::size_t channels)
    : models_(models), cells_(std::move(cells)), channels_(channels), sinks_(models.size()) {
  channels_seen_.mark(std::span<const ChannelId>(), channels);
  for (const AnyModel& model : models) {
    states_.push_back(model.start(channels));
    has_rules_ = has_rules_ || states_.back() == nullptr;
    asks_events_ = asks_events_ || model.info().needs_events;
  }
}

JourneysView FirstPass::with_events(JourneysView journeys, const BucketEvents* bucket) {
  if (!asks_events_ || bucket == nullptr) return journeys;
  event_of_touch_.clear();
  for (const std::uint32_t row : journeys.row()) event_of_touch_.push_back(bucket->event_name(row));
  return journeys.with_events(event_of_touch_);
}

void FirstPass::take(JourneysView given, const BucketEvents* bucket) {
  const JourneysView journeys = with_events(given, bucket);
  const auto cells = cells_.number(journeys, bucket);
  if (journeys.size() == 0) return;
  const std::uint64_t first = journeys.begin_of(0);
  cells_seen_.mark(cells.subspan(first, journeys.touches()), cells_.size());
  channels_seen_.mark(journeys.channel().subspan(first, journeys.touches()), channels_);
  if (statistics) statistics->add(journeys);
  if (has_rules_) worth_.assign(journeys);
  for (std::size_t m = 0; m < models_.size(); ++m) {
    if (states_[m] != nullptr) {
      models_[m].accumulate(*states_[m], journeys);
    } else {
      sinks_[m].begin_batch(cells, cells_.size());
      models_[m].credit(worth_, sinks_[m]);
    }
  }
}

SecondPass::SecondPass(std::span<const FittedCredit> fits, CellNumbering cells)
    : fits_(fits), cells_(std::move(cells)), sinks_(fits.size()) {}

void SecondPass::take(JourneysView journeys, const BucketEvents* bucket) {
  const auto cells = cells_.number(journeys, bucket);
  in_converting_.resize(cells_.size());
  null_counts_.resize(cells_.size());
  for (std::size_t i = 0; i < journeys.size(); ++i) {
    const JourneyEnd& end = journeys.end_of(i);
    for (std::uint64_t touch = journeys.begin_of(i); touch < end.end_of_touches; ++touch) {
      if (end.outcome == Outcome::null) {
        null_counts_[index(cells[touch])] += static_cast<std::uint64_t>(end.count.units);
      } else {
        in_converting_[index(cells[touch])] = 1;
      }
    }
  }
  for (std::size_t f = 0; f < fits_.size(); ++f) {
    sinks_[f].begin_batch(cells, cells_.size());
    credit_by_effect(fits_[f], journeys, sinks_[f]);
  }
}

void SecondPass::add_to(TouchShares& shares, std::size_t fit) const {
  shares.converting.add(cells_, in_converting_, sinks_[fit]);
  Ledger::Tuple tuple(cells_.width());
  for (std::size_t cell = 0; cell < null_counts_.size(); ++cell) {
    if (null_counts_[cell] == 0) continue;
    cells_.tuple(CellId{static_cast<std::uint32_t>(cell)}, tuple);
    shares.null_touches[tuple] += null_counts_[cell];
  }
}

}  // namespace mta

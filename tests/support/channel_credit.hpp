#pragma once
#include <map>
#include <string>
#include <vector>

#include "mta/models/any_model.hpp"
#include "support/journeys_from.hpp"

namespace mta::test {

/// One cell a channel, for every touch of the owner.
inline std::vector<CellId> cells_by_channel(JourneysView journeys) {
  std::vector<CellId> cells;
  for (const ChannelId channel : journeys.channel())
    cells.push_back(static_cast<CellId>(index(channel)));
  return cells;
}

/// One cell a touch.
inline std::vector<CellId> cells_by_touch(JourneysView journeys) {
  std::vector<CellId> cells(journeys.channel().size());
  for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = static_cast<CellId>(i);
  return cells;
}

struct Credits {
  std::vector<Worth> by_cell;
  Worth unattributed;
  friend bool operator==(const Credits&, const Credits&) = default;
};

inline Worth total(const Credits& credits) {
  Worth sum = credits.unattributed;
  for (const Worth& worth : credits.by_cell) sum += worth;
  return sum;
}

inline Worth booked(JourneysView journeys) {
  Worth sum;
  for (std::size_t i = 0; i < journeys.size(); ++i) sum += journeys[i].worth;
  return sum;
}

/// Credit of any model by cell: of a fitted one each journey over its own touches.
inline Credits credits_of(const AnyModel& model, JourneysView journeys,
                          const std::vector<CellId>& cells, std::size_t cell_count,
                          std::size_t channels) {
  CreditSink sink;
  sink.begin_batch(cells, cell_count);
  if (model.info().kind == ModelKind::rule) {
    model.credit(journeys, sink);
  } else {
    const auto state = model.start(channels);
    model.accumulate(*state, journeys);
    credit_by_effect(model.finish(*state), journeys, sink);
  }
  return {{sink.credit().begin(), sink.credit().end()}, sink.unattributed()};
}

/// Channel totals of any model: of a fitted one those of the fit.
inline Credits channel_credits(const AnyModel& model, JourneysView journeys, std::size_t channels) {
  if (model.info().kind == ModelKind::rule) {
    return credits_of(model, journeys, cells_by_channel(journeys), channels, channels);
  }
  const auto state = model.start(channels);
  model.accumulate(*state, journeys);
  const FittedCredit fit = model.finish(*state);
  return {fit.credit, fit.unattributed};
}

/// The same by name.
inline std::map<std::string, Worth> named_credits(const AnyModel& model,
                                                  const NamedJourneys& named) {
  const Credits credits = channel_credits(model, named.journeys.view(), named.names.size());
  std::map<std::string, Worth> by_name;
  for (std::size_t c = 0; c < named.names.size(); ++c) by_name[named.names[c]] = credits.by_cell[c];
  return by_name;
}

inline double units(Micros amount) { return static_cast<double>(amount.units) / 1e6; }

}  // namespace mta::test

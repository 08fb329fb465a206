#pragma once
#include <map>
#include <string>
#include <vector>

#include "mta/models/any_model.hpp"
#include "support/journeys_from.hpp"
#include "support/model_context.hpp"

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

inline FittedCredit fit_of(const AnyModel& model, JourneysView journeys, std::size_t channels) {
  const auto state = model.start(channels);
  model.accumulate(*state, journeys);
  return model.finish(*state);
}

/// Credit of any model by cell: of a fitted one each journey over its own touches.
inline Credits credits_of(const AnyModel& model, JourneysView journeys,
                          const std::vector<CellId>& cells, std::size_t cell_count,
                          const ModelContext& context) {
  const AnyModel bound = model.bind(context);
  CreditSink sink;
  sink.begin_batch(cells, cell_count);
  if (model.info().kind == ModelKind::rule) {
    bound.credit(DressedJourneys(journeys, context).view(), sink);
  } else {
    credit_by_effect(fit_of(bound, journeys, context.channels.size()), journeys, sink);
  }
  return {{sink.credit().begin(), sink.credit().end()}, sink.unattributed()};
}
/// The same where channels are numbers alone.
inline Credits credits_of(const AnyModel& model, JourneysView journeys,
                          const std::vector<CellId>& cells, std::size_t cell_count,
                          std::size_t channels) {
  return credits_of(model, journeys, cells, cell_count, MadeContext(channels).context());
}

/// Channel totals of any model: of a fitted one those of the fit.
inline Credits channel_credits(const AnyModel& model, JourneysView journeys,
                               const ModelContext& context) {
  const std::size_t channels = context.channels.size();
  if (model.info().kind == ModelKind::rule) {
    return credits_of(model, journeys, cells_by_channel(journeys), channels, context);
  }
  const FittedCredit fit = fit_of(model.bind(context), journeys, channels);
  return {fit.credit, fit.unattributed};
}
inline Credits channel_credits(const AnyModel& model, JourneysView journeys, std::size_t channels) {
  return channel_credits(model, journeys, MadeContext(channels).context());
}

inline constexpr const char* unattributed_name = "(unattributed)";

/// The same by name; what nobody earns has a name too where it is not nothing.
inline std::map<std::string, Worth> named_credits(const AnyModel& model, const NamedJourneys& named,
                                                  Seconds lookback = days(30)) {
  const WrittenContext written(named, lookback);
  const Credits credits = channel_credits(model, named.view(), written.context());
  std::map<std::string, Worth> by_name;
  for (std::size_t c = 0; c < named.names.size(); ++c) by_name[named.names[c]] = credits.by_cell[c];
  if (credits.unattributed != Worth{}) by_name[unattributed_name] = credits.unattributed;
  return by_name;
}

inline double units(Micros amount) { return static_cast<double>(amount.units) / 1e6; }

}  // namespace mta::test

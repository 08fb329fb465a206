#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/models/credit_sink.hpp"
#include "mta/models/model.hpp"

namespace mta {

/// Room that splitting needs, reused from journey to journey.
struct SplitScratch {
  std::vector<double> weight;
  std::vector<std::uint32_t> quantized;
  std::vector<Micros> part;
};

/// Splits a journey's worth over weights by law 1 and adds the parts to the sink.
/// @throws Error{Errc::invalid_weight}
MTA_EXPORT void split_worth(const Worth& worth, std::span<const double> weight, std::size_t first_touch,
                            SplitScratch& scratch, CreditSink& sink);

/// Credits every journey that has worth under a rule model. The sink's batch must be these journeys'.
template <RuleModel M>
void credit(const M& model, JourneysView journeys, CreditSink& sink) {
  SplitScratch scratch;
  for (std::size_t i = 0; i < journeys.size(); ++i) {
    const Journey journey = journeys[i];
    if (journey.worth == Worth{}) continue;
    scratch.weight.assign(journey.channel.size(), 0.0);
    model.weigh(journey, scratch.weight);
    split_worth(journey.worth, scratch.weight, journeys.begin_of(i), scratch, sink);
  }
}

/// Credits every journey that has worth over its own touches, in proportion to the effect of their
/// channels: the second pass of fitted models.
MTA_EXPORT void credit_by_effect(const FittedCredit& fit, JourneysView journeys, CreditSink& sink);

}  // namespace mta

#pragma once
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

#include "mta/core/units.hpp"

namespace mta {

enum class ModelKind {
  rule,    ///< weighs the touches of one journey at a time
  fitted,  ///< learns from all journeys before it credits any
};

/// What the weights of a rule model depend on.
enum class WeightsBy {
  journey,  ///< anything about the journey
  touches,  ///< its number of touches alone: they are computed once for each number
};

/// What a model promises about itself.
struct ModelInfo {
  std::string_view name;  ///< as in specs and on the command line; of static storage
  ModelKind kind = ModelKind::rule;
  bool conserves = true;                      ///< credits add up to the worth of the journeys
  bool needs_times = false;                   ///< weighs by age: cannot run over paths
  std::uint32_t state_version = 0;            ///< of the bytes of a fitted model's state
  WeightsBy weights_by = WeightsBy::journey;  ///< of a rule model
  bool needs_events = false;                  ///< looks at Journey::event
};

/// What a model may know of the journeys that it is going to see, all of one goal. Borrowed: a
/// model that is bound keeps what it needs.
struct ModelContext {
  std::span<const std::string_view> channels = {};  ///< by ChannelId, in byte order
  std::span<const std::string_view> events = {};    ///< by code of Journey::event, in byte order
  std::span<const std::string> stages = {};         ///< by index in Journey::stage
  Seconds lookback{std::numeric_limits<double>::infinity()};  ///< of the goal; infinite: unlimited
};

}  // namespace mta

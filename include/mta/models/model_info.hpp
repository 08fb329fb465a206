#pragma once
#include <cstdint>
#include <string_view>

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
  std::string_view name;  ///< as in specs and on the command line
  ModelKind kind = ModelKind::rule;
  bool conserves = true;                      ///< credits add up to the worth of the journeys
  bool needs_times = false;                   ///< weighs by age: cannot run over paths
  std::uint32_t state_version = 0;            ///< of the bytes of a fitted model's state
  WeightsBy weights_by = WeightsBy::journey;  ///< of a rule model
};

}  // namespace mta

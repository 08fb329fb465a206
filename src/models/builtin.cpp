#include "mta/models/first_touch.hpp"
#include "mta/models/last_touch.hpp"
#include "mta/models/linear.hpp"
#include "mta/models/markov.hpp"
#include "mta/models/position_based.hpp"
#include "mta/models/registry.hpp"
#include "mta/models/time_decay.hpp"

namespace mta {

const Registry& builtin_models() {
  static const Registry models = [] {
    Registry registry;
    registry.add<FirstTouch>();
    registry.add<LastTouch>();
    registry.add<Linear>();
    registry.add<Markov>();
    registry.add<PositionBased>();
    registry.add<TimeDecay>();
    return registry;
  }();
  return models;
}

}  // namespace mta

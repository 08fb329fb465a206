#include "models/presets.hpp"
#include "mta/models/channel_pick.hpp"
#include "mta/models/custom_position.hpp"
#include "mta/models/first_touch.hpp"
#include "mta/models/last_touch.hpp"
#include "mta/models/leave_one_out.hpp"
#include "mta/models/linear.hpp"
#include "mta/models/markov.hpp"
#include "mta/models/milestones.hpp"
#include "mta/models/ordered_shapley.hpp"
#include "mta/models/participation.hpp"
#include "mta/models/position_based.hpp"
#include "mta/models/registry.hpp"
#include "mta/models/same_touch.hpp"
#include "mta/models/shao_li.hpp"
#include "mta/models/shapley.hpp"
#include "mta/models/time_decay.hpp"
#include "mta/models/weighted.hpp"

namespace mta {

const Registry& builtin_models() {
  static const Registry models = [] {
    Registry registry;
    registry.add<CustomPosition>();
    registry.add<FirstNonDirect>();
    registry.add<FirstPaid>();
    registry.add<FirstTouch>();
    registry.add<LastNonDirect>();
    registry.add<LastPaid>();
    registry.add<LastTouch>();
    registry.add<LeaveOneOut>();
    registry.add<Linear>();
    registry.add<LinearPaid>();
    registry.add<Markov>();
    registry.add<Milestones>();
    registry.add<OrderedShapley>();
    registry.add<Participation>();
    registry.add<PositionBased>();
    registry.add<SameTouch>();
    registry.add<ShaoLi>();
    registry.add<Shapley>();
    registry.add<TimeDecay>();
    registry.add<Weighted>();
    add_presets(registry);
    return registry;
  }();
  return models;
}

}  // namespace mta

#pragma once
#include "mta/core/export.hpp"
#include "mta/models/path_model.hpp"

namespace mta {

/// Shao and Li's simple probabilistic model of second order: a channel earns by the conversion rate
/// of journeys that have it, and half of what each pair with another adds to both.
/// docs/models/shao_li.md
class MTA_EXPORT ShaoLi : public PathModel<PathKey::channels> {
 public:
  static constexpr ModelInfo info{.name = "shao_li", .kind = ModelKind::fitted, .state_version = 1};

  using PathModel::PathModel;

  /// Cost  O(sum of squared sizes of distinct sets)
  [[nodiscard]] FittedCredit finish(const State& state) const;
};
static_assert(FittedModel<ShaoLi>);

}  // namespace mta

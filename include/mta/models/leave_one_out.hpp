#pragma once
#include "mta/core/export.hpp"
#include "mta/models/path_model.hpp"

namespace mta {

/// Leave one out ("fractribution"): a touch earns by how much the conversion rate of its exact path
/// falls where that touch is left out; never below 0; where nothing falls, the last touch earns
/// all. docs/models/leave_one_out.md
class MTA_EXPORT LeaveOneOut : public PathModel<PathKey::touches> {
 public:
  static constexpr ModelInfo info{
      .name = "leave_one_out", .kind = ModelKind::fitted, .state_version = 1};

  using PathModel::PathModel;

  /// Cost  for each distinct converting path of n touches O(n) times n, or times the distinct paths
  /// of
  ///       n - 1 touches where these are fewer
  [[nodiscard]] FittedCredit finish(const State& state) const;
};
static_assert(FittedModel<LeaveOneOut>);

}  // namespace mta

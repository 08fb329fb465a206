#pragma once
#include <cstddef>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/models/path_model.hpp"

namespace mta {

/// What a channel earned as the first touch, the second, and so on.
struct OrderedShapleyFit : FittedCredit {
  std::size_t positions = 0;        ///< touches of the longest converting path
  std::vector<double> conversions;  ///< entry c * positions + p: channel c as touch p
  std::vector<double> value;
};

/// Ordered Shapley value (Zhao et al. 2018): a path's worth, shared equally by its distinct
/// channels, and by each channel's touches among its positions. Channel totals are those of
/// `shapley`. docs/models/ordered_shapley.md
class MTA_EXPORT OrderedShapley : public PathModel<PathKey::touches> {
 public:
  static constexpr ModelInfo info{
      .name = "ordered_shapley", .kind = ModelKind::fitted, .state_version = 1};

  using PathModel::PathModel;

  /// Cost  O(touches of distinct paths + channels * longest path)
  [[nodiscard]] OrderedShapleyFit finish(const State& state) const;
};
static_assert(FittedModel<OrderedShapley>);

}  // namespace mta

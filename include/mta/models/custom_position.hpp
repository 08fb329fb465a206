#pragma once
#include <span>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/models/model.hpp"

namespace mta {

/// Shares by place, counted from either end; only their proportions matter.
struct CustomPositionOptions {
  std::vector<double> front = {0.4};  ///< of the first touch, the second ...; finite and >= 0
  double middle = 0.2;                ///< of all other touches together; finite and >= 0
  std::vector<double> back = {0.4};   ///< ... of the last touch but one, the last; finite and >= 0
  friend bool operator==(const CustomPositionOptions&, const CustomPositionOptions&) = default;
};

/// Weights by place: fixed shares for the first touches and for the last, and one for all between,
/// who share it equally. In a short journey a touch may have a place from either end: its shares
/// add up. docs/models/custom_position.md
class MTA_EXPORT CustomPosition {
 public:
  using Options = CustomPositionOptions;
  static constexpr ModelInfo info{
      .name = "custom_position", .kind = ModelKind::rule, .weights_by = WeightsBy::touches};

  /// @throws Error{Errc::invalid_option} naming the field, the rule and the value given: also where
  /// all shares are 0.
  explicit CustomPosition(const CustomPositionOptions& options = {});

  [[nodiscard]] const CustomPositionOptions& options() const noexcept { return options_; }
  static void describe(OptionFields& fields, CustomPositionOptions& options);
  /// Equal weights where the shares of all the journey's places are 0.
  void weigh(const Journey& journey, std::span<double> weight) const noexcept;

 private:
  CustomPositionOptions options_;
};
static_assert(RuleModel<CustomPosition>);

}  // namespace mta

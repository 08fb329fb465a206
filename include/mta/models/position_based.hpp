#pragma once
#include <span>

#include "mta/core/export.hpp"
#include "mta/models/model.hpp"

namespace mta {

/// Shares of the ends and of all between; only their proportions matter, so 40, 20, 40 will do as
/// well.
struct PositionBasedOptions {
  double first = 0.4;   ///< of the oldest touch; finite and >= 0
  double middle = 0.2;  ///< of the touches between, all together; finite and >= 0
  double last = 0.4;    ///< of the newest touch; finite and >= 0; not all three are 0
  friend bool operator==(const PositionBasedOptions&, const PositionBasedOptions&) = default;
};

/// Position based ("U"): fixed shares for the first touch, the last, and those between, which share
/// equally. One touch earns all; of two, first and last earn by their shares (halves where both are
/// 0). docs/models/position_based.md
class MTA_EXPORT PositionBased {
 public:
  using Options = PositionBasedOptions;
  static constexpr ModelInfo info{
      .name = "position_based", .kind = ModelKind::rule, .weights_by = WeightsBy::touches};

  /// @throws Error{Errc::invalid_option} naming the field, the rule and the value given.
  explicit PositionBased(const PositionBasedOptions& options = {});

  [[nodiscard]] const PositionBasedOptions& options() const noexcept { return options_; }
  static void describe(OptionFields& fields, PositionBasedOptions& options);
  void weigh(const Journey& journey, std::span<double> weight) const noexcept;

 private:
  PositionBasedOptions options_;
};
static_assert(RuleModel<PositionBased>);

}  // namespace mta

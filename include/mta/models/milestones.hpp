#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/models/model.hpp"

namespace mta {

/// Shares of the milestones of a journey; only their proportions matter. A share of 0 makes no
/// milestone.
struct MilestonesOptions {
  /// Touches without a milestone that share `middle`.
  enum class Middle {
    all,      ///< every one
    between,  ///< those after the first touch that holds a milestone and before the last
  };
  double first = 0.3;                                         ///< of the first touch
  std::vector<std::string> stages = {"lead", "opportunity"};  ///< by name, in the goal's spec
  std::vector<double> stage_weights = {0.3, 0.3};             ///< of the touch that holds each
  double last = 0;                                            ///< of the last touch: closed won
  double middle = 0.1;  ///< of the touches without a milestone, together
  Middle middle_touches = Middle::all;
  friend bool operator==(const MilestonesOptions&, const MilestonesOptions&) = default;
};

/// Milestones: fixed shares for the first touch, for the touch that led to each stage, and for the
/// last; the others share one equally. A touch may hold several milestones: they add up. What has
/// no taker goes to the others in proportion. docs/models/milestones.md
class MTA_EXPORT Milestones {
 public:
  using Options = MilestonesOptions;
  /// Paths have no stages: it cannot run over them.
  static constexpr ModelInfo info{
      .name = "milestones", .kind = ModelKind::rule, .needs_times = true};

  /// @throws Error{Errc::invalid_option} naming the field, the rule and the value given: weights
  /// that are not finite and >= 0, or all 0; a stage without a name or without a weight.
  explicit Milestones(const MilestonesOptions& options = {});

  [[nodiscard]] const MilestonesOptions& options() const noexcept { return options_; }
  [[nodiscard]] const std::vector<std::string>& stages() const noexcept { return options_.stages; }
  static void describe(OptionFields& fields, MilestonesOptions& options);
  /// @throws Error{Errc::invalid_option} where the context lacks a stage
  [[nodiscard]] Milestones bind(const ModelContext& context) const;
  /// @pre the model is bound, and the journey has the stages of its context
  void weigh(const Journey& journey, std::span<double> weight) const noexcept;

 private:
  MilestonesOptions options_;
  std::vector<std::size_t> stage_;  // of each: its index in Journey::stage
};
static_assert(RuleModel<Milestones> && StagedModel<Milestones>);

}  // namespace mta

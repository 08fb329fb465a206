#pragma once
#include <span>

#include "mta/core/export.hpp"
#include "mta/models/decay_weights.hpp"
#include "mta/models/model.hpp"

namespace mta {

/// How credit fades with age. Call sites name what they change: `{.half_life = days(3)}`.
struct TimeDecayOptions {
  Seconds half_life = days(7);  ///< age at which a touch counts half; from 1 microsecond, finite
  Seconds step = Seconds{0};    ///< only whole steps of age count; 0: continuous
  double window_share = 0;  ///< not 0: the half-life is this share of the goal's lookback instead
  friend bool operator==(const TimeDecayOptions&, const TimeDecayOptions&) = default;
};

/// Time decay: newer touches earn more; a weight halves with every half-life of age, continuously
/// or step by step. docs/models/time_decay.md
class MTA_EXPORT TimeDecay {
 public:
  using Options = TimeDecayOptions;
  static constexpr ModelInfo info{
      .name = "time_decay", .kind = ModelKind::rule, .needs_times = true};

  /// @throws Error{Errc::invalid_option} naming the field, the rule and the value given.
  explicit TimeDecay(const TimeDecayOptions& options = {});

  [[nodiscard]] const TimeDecayOptions& options() const noexcept { return options_; }
  static void describe(OptionFields& fields, TimeDecayOptions& options);
  /// @throws Error{Errc::invalid_option} where the half-life is a share of a lookback that has no
  /// length, or none.
  [[nodiscard]] TimeDecay bind(const ModelContext& context) const;
  /// @pre the journey has times; the model is bound, where its half-life is a share of the lookback
  void weigh(const Journey& journey, std::span<double> weight) const noexcept {
    weigh_ages(journey.age, weight);
  }
  void weigh_block(const JourneyBlock& block, std::span<double> weight) const noexcept;

 private:
  void weigh_ages(std::span<const Seconds> age, std::span<double> weight) const noexcept {
    if (options_.step > Seconds{0}) {
      decay_weights(age, half_life_, options_.step, weight);
    } else {
      decay_weights(age, half_life_, weight);
    }
  }

  TimeDecayOptions options_;
  Seconds half_life_;
};
static_assert(BlockRuleModel<TimeDecay> && BoundModel<TimeDecay>);

}  // namespace mta

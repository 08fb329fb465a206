#pragma once
#include <span>

#include "mta/core/export.hpp"
#include "mta/models/decay_weights.hpp"
#include "mta/models/model.hpp"

namespace mta {

/// How credit fades with age. Call sites name what they change: `{.half_life = days(3)}`.
struct TimeDecayOptions {
  Seconds half_life = days(7);  ///< age at which a touch counts half; from 1 microsecond, finite
  friend bool operator==(const TimeDecayOptions&, const TimeDecayOptions&) = default;
};

/// Time decay: newer touches earn more; a weight halves with every half-life of age, continuously.
/// docs/models/time_decay.md
class MTA_EXPORT TimeDecay {
 public:
  using Options = TimeDecayOptions;
  static constexpr ModelInfo info{
      .name = "time_decay", .kind = ModelKind::rule, .needs_times = true};

  /// @throws Error{Errc::invalid_option} naming the field, the rule and the value given.
  explicit TimeDecay(const TimeDecayOptions& options = {});

  [[nodiscard]] const TimeDecayOptions& options() const noexcept { return options_; }
  static void describe(OptionFields& fields, TimeDecayOptions& options);
  /// @pre the journey has times
  void weigh(const Journey& journey, std::span<double> weight) const noexcept {
    decay_weights(journey.age, options_.half_life, weight);
  }
  void weigh_block(const JourneyBlock& block, std::span<double> weight) const noexcept;

 private:
  TimeDecayOptions options_;
};
static_assert(BlockRuleModel<TimeDecay>);

}  // namespace mta

#pragma once
#include <map>
#include <span>
#include <string>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/models/model.hpp"

namespace mta {

/// What touches weigh by what they are. Names are compared byte by byte; those that the data lack
/// do no harm.
struct WeightedOptions {
  std::map<std::string, double> events;    ///< by name of the touch's event; empty: all alike
  std::map<std::string, double> channels;  ///< by channel; empty: all alike
  double otherwise = 1;                    ///< of a name that its map, not empty, does not list
  friend bool operator==(const WeightedOptions&, const WeightedOptions&) = default;
};

/// Weights by kind of touch and by channel: a touch weighs the one times the other.
/// docs/models/weighted.md
class MTA_EXPORT Weighted {
 public:
  using Options = WeightedOptions;
  static constexpr ModelInfo info{.name = "weighted", .kind = ModelKind::rule};

  /// @throws Error{Errc::invalid_option} naming the field, the rule and the value given: where a
  /// weight is not in [0, 1e100].
  explicit Weighted(const WeightedOptions& options = {});

  /// With weights by event it looks at events, which paths do not have.
  [[nodiscard]] ModelInfo own_info() const noexcept;
  [[nodiscard]] const WeightedOptions& options() const noexcept { return options_; }
  static void describe(OptionFields& fields, WeightedOptions& options);
  [[nodiscard]] Weighted bind(const ModelContext& context) const;
  /// @pre the model is bound; the journey has events where some are weighed (asserted)
  void weigh(const Journey& journey, std::span<double> weight) const noexcept;

 private:
  WeightedOptions options_;
  std::vector<double> of_event_, of_channel_;  // by code and ChannelId; empty: all 1
};
static_assert(RuleModel<Weighted> && BoundModel<Weighted>);

}  // namespace mta

#pragma once
#include <span>

#include "mta/models/model.hpp"

namespace mta {

/// Same touch has no options.
struct SameTouchOptions {
  friend bool operator==(const SameTouchOptions&, const SameTouchOptions&) = default;
};

/// Same touch: the channel on the conversion's own row earns everything; where that row has none,
/// all is `(unattributed)`. docs/models/same_touch.md
class SameTouch {
 public:
  using Options = SameTouchOptions;
  /// Paths have no rows of conversions: it cannot run over them.
  static constexpr ModelInfo info{
      .name = "same_touch", .kind = ModelKind::rule, .needs_times = true};

  explicit SameTouch(const SameTouchOptions& options = {}) : options_(options) {}

  [[nodiscard]] const SameTouchOptions& options() const noexcept { return options_; }
  static void describe(OptionFields& /*fields*/, SameTouchOptions& /*options*/) {}
  void weigh(const Journey& journey, std::span<double> weight) const noexcept {
    if (journey.own_touch) weight.back() = 1.0;
  }

 private:
  SameTouchOptions options_;
};
static_assert(RuleModel<SameTouch>);

}  // namespace mta

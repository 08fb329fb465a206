#pragma once
#include <span>

#include "mta/models/model.hpp"

namespace mta {

/// First touch has no options.
struct FirstTouchOptions {
  friend bool operator==(const FirstTouchOptions&, const FirstTouchOptions&) = default;
};

/// First touch: the oldest touch earns everything. docs/models/first.md
class FirstTouch {
 public:
  using Options = FirstTouchOptions;
  static constexpr ModelInfo info{
      .name = "first", .kind = ModelKind::rule, .weights_by = WeightsBy::touches};

  explicit FirstTouch(const FirstTouchOptions& options = {}) : options_(options) {}

  [[nodiscard]] const FirstTouchOptions& options() const noexcept { return options_; }
  static void describe(OptionFields& /*fields*/, FirstTouchOptions& /*options*/) {}
  void weigh(const Journey& /*journey*/, std::span<double> weight) const noexcept {
    weight.front() = 1.0;
  }

 private:
  FirstTouchOptions options_;
};
static_assert(RuleModel<FirstTouch>);

}  // namespace mta

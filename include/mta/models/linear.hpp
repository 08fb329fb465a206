#pragma once
#include <algorithm>
#include <span>

#include "mta/models/model.hpp"

namespace mta {

/// Linear has no options.
struct LinearOptions {
  friend bool operator==(const LinearOptions&, const LinearOptions&) = default;
};

/// Linear: every touch earns the same; a channel touched twice earns twice. docs/models/linear.md
class Linear {
 public:
  using Options = LinearOptions;
  static constexpr ModelInfo info{
      .name = "linear", .kind = ModelKind::rule, .weights_by = WeightsBy::touches};

  explicit Linear(const LinearOptions& options = {}) : options_(options) {}

  [[nodiscard]] const LinearOptions& options() const noexcept { return options_; }
  static void describe(OptionFields& /*fields*/, LinearOptions& /*options*/) {}
  void weigh(const Journey& /*journey*/, std::span<double> weight) const noexcept {
    std::fill(weight.begin(), weight.end(), 1.0);
  }

 private:
  LinearOptions options_;
};
static_assert(RuleModel<Linear>);

}  // namespace mta

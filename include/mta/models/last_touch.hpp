#pragma once
#include <span>

#include "mta/models/model.hpp"

namespace mta {

/// Last touch has no options.
struct LastTouchOptions {
  friend bool operator==(const LastTouchOptions&, const LastTouchOptions&) = default;
};

/// Last touch: the newest touch earns everything, whatever its channel. docs/models/last.md
class LastTouch {
 public:
  using Options = LastTouchOptions;
  static constexpr ModelInfo info{
      .name = "last", .kind = ModelKind::rule, .weights_by = WeightsBy::touches};

  explicit LastTouch(const LastTouchOptions& options = {}) : options_(options) {}

  [[nodiscard]] const LastTouchOptions& options() const noexcept { return options_; }
  static void describe(OptionFields& /*fields*/, LastTouchOptions& /*options*/) {}
  void weigh(const Journey& /*journey*/, std::span<double> weight) const noexcept {
    weight.back() = 1.0;
  }

 private:
  LastTouchOptions options_;
};
static_assert(RuleModel<LastTouch>);

}  // namespace mta

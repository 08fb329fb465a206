#include "mta/models/own_weights.hpp"

#include <memory>
#include <string>
#include <utility>

#include "mta/core/error.hpp"

namespace mta {
namespace {

class OwnWeights {
 public:
  /// What a spec cannot say, and so no field of it is described.
  struct Options {
    ModelInfo promise = {};
    WeighFunction weigh = {};
  };
  static constexpr ModelInfo info{.name = "own_weights", .kind = ModelKind::rule};

  explicit OwnWeights(const Options& options)
      : options_(options), name_(std::make_shared<const std::string>(options.promise.name)) {}

  [[nodiscard]] ModelInfo own_info() const noexcept {
    ModelInfo own = options_.promise;
    own.name = *name_;
    own.weights_by = WeightsBy::journey;
    return own;
  }
  [[nodiscard]] const Options& options() const noexcept { return options_; }
  static void describe(OptionFields& /*fields*/, Options& /*options*/) {}
  void weigh(const Journey& journey, std::span<double> weight) const {
    options_.weigh(journey, weight);
  }

 private:
  Options options_;
  std::shared_ptr<const std::string> name_;  // stays where it is when the model moves
};
static_assert(RuleModel<OwnWeights>);

}  // namespace

AnyModel own_weights(const ModelInfo& promise, WeighFunction weigh) {
  if (promise.name.empty()) {
    throw Error(Errc::invalid_option, "own_weights.name must not be empty, got \"\"");
  }
  if (promise.kind != ModelKind::rule || !promise.conserves) {
    throw Error(Errc::invalid_option,
                "own_weights: weights make a rule model that conserves, got " +
                    std::string(promise.name) + " as another");
  }
  if (!weigh) {
    throw Error(Errc::invalid_option,
                "own_weights: " + std::string(promise.name) + " must have a function, got none");
  }
  OwnWeights model({promise, std::move(weigh)});
  const std::string_view name = model.own_info().name;
  return AnyModel(std::move(model), name, &OwnWeights::describe);
}

}  // namespace mta

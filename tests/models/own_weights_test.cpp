#include "mta/models/own_weights.hpp"

#include <gmock/gmock.h>

#include "mta/core/error.hpp"
#include "support/rule_case.hpp"

namespace mta::test {
namespace {

void by_place(const Journey& /*journey*/, std::span<double> weight) {
  for (std::size_t i = 0; i < weight.size(); ++i) weight[i] = static_cast<double>(i + 1);
}

Errc refusal(const ModelInfo& promise, WeighFunction weigh) {
  try {
    (void)own_weights(promise, std::move(weigh));
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "was not refused";
  return Errc::cancelled;
}

TEST(OwnWeights, SplitWorthByLaw1) {
  const AnyModel model = own_weights({.name = "by_place"}, by_place);
  EXPECT_EQ(values_of(model, journeys_from("a b c => 60x 60\nb => 1\n")), "a 10, b 21, c 30");
  EXPECT_EQ(model.info().name, "by_place");
  EXPECT_EQ(model.options(), "{}");
  EXPECT_TRUE(model.info().conserves);
}

TEST(OwnWeights, MayBeNone) {
  const AnyModel model = own_weights({.name = "none"}, [](const auto&, auto) {});
  EXPECT_EQ(values_of(model, journeys_from("a b => 60\n")), "(unattributed) 60");
}

TEST(OwnWeights, SeeTheJourney) {
  const AnyModel model = own_weights({.name = "older", .needs_times = true},
                                     [](const Journey& journey, std::span<double> weight) {
                                       for (std::size_t i = 0; i < weight.size(); ++i) {
                                         weight[i] = journey.age[i] > days(1) ? 1.0 : 0.0;
                                       }
                                     });
  EXPECT_TRUE(model.info().needs_times);
  EXPECT_EQ(values_of(model, journeys_from("a@3d b@2d c@1h => 60\n")), "a 30, b 30");
}

TEST(OwnWeights, ThatAreNoWeightsAreRefused) {
  for (const double bad : {-1.0, std::numeric_limits<double>::quiet_NaN()}) {
    const AnyModel model =
        own_weights({.name = "bad"}, [bad](const auto&, auto weight) { weight[0] = bad; });
    try {
      (void)values_of(model, journeys_from("a b => 60\n"));
      FAIL() << bad;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Errc::invalid_weight);
    }
  }
}

TEST(OwnWeights, NeedANameAFunctionAndARule) {
  EXPECT_EQ(refusal({.name = ""}, by_place), Errc::invalid_option);
  EXPECT_EQ(refusal({.name = "x"}, nullptr), Errc::invalid_option);
  EXPECT_EQ(refusal({.name = "x", .kind = ModelKind::fitted}, by_place), Errc::invalid_option);
  EXPECT_EQ(refusal({.name = "x", .conserves = false}, by_place), Errc::invalid_option);
}

TEST(OwnWeights, AreRegisteredLikeAnyModel) {
  Registry models = builtin_models();
  {
    const std::string name = "a name that does not outlive this block";
    models.add(own_weights({.name = name}, by_place));
  }
  const std::string name = "a name that does not outlive this block";
  EXPECT_TRUE(models.contains(name));
  EXPECT_EQ(models.info(name).name, name);
  EXPECT_EQ(values_of(models.make(name), journeys_from("a b => 60\n")), "a 20, b 40");
  EXPECT_THROW((void)models.make(name, R"({"step":1})"), Error);
  EXPECT_THROW(models.add(models.make(name)), Error);
}

}  // namespace
}  // namespace mta::test

#include "mta/models/registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mta/core/error.hpp"
#include "mta/models/linear.hpp"
#include "mta/models/position_based.hpp"

namespace mta::test {
namespace {

TEST(Registry, HoldsTheBuiltInModels) {
  const std::vector<std::string> names = {"adobe_first",
                                          "adobe_inverse_j",
                                          "adobe_j",
                                          "adobe_last",
                                          "adobe_linear",
                                          "adobe_participation",
                                          "adobe_same_touch",
                                          "adobe_time_decay",
                                          "adobe_u",
                                          "custom_position",
                                          "dp6_time_decay",
                                          "first",
                                          "first_non_direct",
                                          "first_paid",
                                          "full_path",
                                          "ga4_paid_and_organic_last_click",
                                          "hubspot_full_path",
                                          "hubspot_u",
                                          "hubspot_w",
                                          "inverse_j",
                                          "j_shaped",
                                          "last",
                                          "last_non_direct",
                                          "last_paid",
                                          "leave_one_out",
                                          "linear",
                                          "linear_paid",
                                          "marketo_full_path",
                                          "marketo_u",
                                          "marketo_w",
                                          "markov",
                                          "milestones",
                                          "ordered_shapley",
                                          "participation",
                                          "position_based",
                                          "posthog_time_decay",
                                          "ruler_full_path",
                                          "ruler_u",
                                          "ruler_w",
                                          "same_touch",
                                          "shao_li",
                                          "shapley",
                                          "snowplow_first",
                                          "snowplow_last",
                                          "snowplow_linear",
                                          "snowplow_position",
                                          "time_decay",
                                          "u_milestone",
                                          "w_shaped",
                                          "weighted"};
  EXPECT_EQ(builtin_models().names(), names);
  EXPECT_TRUE(builtin_models().info("time_decay").needs_times);
  EXPECT_EQ(builtin_models().info("markov").kind, ModelKind::fitted);
}

TEST(Registry, NamesTheModelsThereAreWhereOneIsUnknown) {
  EXPECT_FALSE(builtin_models().contains("shapely"));
  try {
    (void)builtin_models().make("shapely");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::unknown_model);
    EXPECT_THAT(error.what(), testing::HasSubstr("\"shapely\""));
    EXPECT_THAT(error.what(), testing::HasSubstr("linear, linear_paid, "));
  }
}

TEST(Registry, TakesModelsAndPresetsOfTheCaller) {
  Registry models = builtin_models();
  models.add("sixty_forty", models.info("position_based"), [&models](std::string_view) {
    return models.make("position_based", R"({"first":0.6,"middle":0,"last":0.4})");
  });
  EXPECT_EQ(models.make("sixty_forty").options(), R"({"first":0.6,"middle":0.0,"last":0.4})");
  EXPECT_THROW(models.add<Linear>(), Error);
}

TEST(Registry, APresetHasItsOwnNameAndTheOptionsItLists) {
  Registry models;
  models.add_preset<PositionBased>("ends", {.first = 1, .middle = 0, .last = 1});
  models.add_preset<PositionBased>("tail", {.first = 1, .middle = 0, .last = 1},
                                   [](OptionFields& fields, PositionBasedOptions& options) {
                                     fields.number("last", options.last);
                                   });
  EXPECT_EQ(models.info("ends").name, "ends");
  EXPECT_EQ(models.make("ends").info().name, "ends");
  EXPECT_EQ(models.make("ends").options(), "{}");
  EXPECT_EQ(models.make("tail", R"({"last":3})").options(), R"({"last":3.0})");
  try {
    (void)models.make("ends", R"({"last":3})");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("ends.last"));
  }
}

}  // namespace
}  // namespace mta::test

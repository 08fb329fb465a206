#include "mta/models/decay_weights.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace mta::test {
namespace {

struct DecayCase {
  std::string name;
  std::vector<Seconds> age;
  std::vector<double> expected;  // for a half-life of 7 days, worked by hand
};
void PrintTo(const DecayCase& decay, std::ostream* out) { *out << decay.name; }

class DecayWeights : public testing::TestWithParam<DecayCase> {};

TEST_P(DecayWeights, HalveWithEveryHalfLife) {
  std::vector<double> weight(GetParam().age.size());
  decay_weights(GetParam().age, days(7), weight);
  for (std::size_t i = 0; i < weight.size(); ++i)
    EXPECT_DOUBLE_EQ(weight[i], GetParam().expected[i]);
}

TEST(SteppedDecay, OfWholeStepsOfAge) {
  const std::vector<Seconds> age = {hours(336), hours(335.99), hours(168), hours(167), hours(0)};
  std::vector<double> weight(age.size());
  decay_weights(age, days(7), days(7), weight);
  EXPECT_EQ(weight, (std::vector<double>{0.25, 0.5, 0.5, 1.0, 1.0}));
  decay_weights(age, days(14), days(7), weight);
  const double root = 0.70710678118654752;
  const std::vector<double> expected = {0.5, root, root, 1.0, 1.0};
  for (std::size_t i = 0; i < age.size(); ++i) EXPECT_DOUBLE_EQ(weight[i], expected[i]);
}

TEST(SteppedDecay, CountStepsInMicrosecondsNotInDoubles) {
  // As doubles 0.3 / 0.1 and 4.1 / 0.1 are less than 3 and 41.
  const std::vector<Seconds> age = {Seconds(4.1), Seconds(0.3), Seconds(0.299999), Seconds(0.2)};
  std::vector<double> weight(age.size());
  decay_weights(age, Seconds(1.0), Seconds(0.1), weight);
  EXPECT_EQ(weight[1], weight[3] * 0.93303299153680741);  // 2^-0.1
  EXPECT_EQ(weight[2], 1.0);
  EXPECT_DOUBLE_EQ(weight[0], std::exp2(-3.9));
}

TEST(SteppedDecay, OfAncientJourneysDoNotVanishInSteps) {
  const std::vector<Seconds> age = {days(1e6), days(1e6)};
  std::vector<double> weight(age.size());
  decay_weights(age, days(1), days(1), weight);
  EXPECT_EQ(weight, (std::vector<double>{1.0, 1.0}));
}

const DecayCase decay_cases[] = {
    {"the_newest_touch_weighs_one", {days(5)}, {1.0}},
    {"one_half_life_older_weighs_half", {days(7), days(0)}, {0.5, 1.0}},
    {"half_a_half_life_older_weighs_the_root_of_half",
     {days(3.5), days(0)},
     {0.70710678118654752, 1.0}},
    {"ancient_journeys_do_not_vanish", {days(1e6), days(1e6)}, {1.0, 1.0}},
    {"an_ancient_touch_beside_a_new_one_weighs_nothing", {days(1e6), days(0)}, {0.0, 1.0}},
    {"order_does_not_matter", {days(0), days(14), days(7)}, {1.0, 0.25, 0.5}},
};
INSTANTIATE_TEST_SUITE_P(Table, DecayWeights, testing::ValuesIn(decay_cases),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace mta::test

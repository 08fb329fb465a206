#include <gtest/gtest.h>

#include "mta/core/bytes.hpp"
#include "mta/core/error.hpp"
#include "mta/core/hash.hpp"
#include "mta/models/registry.hpp"
#include "mta/models/state_file.hpp"
#include "support/synthetic_journeys.hpp"

// Saved states, over all fitted models that are built in.
namespace mta::test {
namespace {

struct StateCase {
  std::string name;  ///< of the test
  std::string model, options;
};
void PrintTo(const StateCase& state, std::ostream* out) { *out << state.model << state.options; }

std::vector<StateCase> fitted_models() {
  std::vector<StateCase> cases{
      {"markov_of_triples", "markov", R"({"order":3})"},
      {"markov_that_chooses", "markov", R"({"order":2,"choose_order":"log_likelihood"})"},
      {"shapley_of_dp6_ordered", "shapley", R"({"game":"dp6_ordered_rate"})"}};
  for (const std::string& name : builtin_models().names()) {
    if (builtin_models().info(name).kind == ModelKind::fitted) cases.push_back({name, name, ""});
  }
  return cases;
}

std::vector<std::string> channel_names(std::size_t n) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < n; ++i) {
    names.push_back('c' + std::to_string(100'000 + i));  // byte order is that of the numbers
  }
  return names;
}

std::vector<std::string_view> views(const std::vector<std::string>& names) {
  return {names.begin(), names.end()};
}

class StateLaws : public testing::TestWithParam<StateCase> {
 protected:
  std::unique_ptr<AnyState> learnt(std::size_t channels, std::uint64_t seed = 1) const {
    auto state = model.start(channels);
    model.accumulate(
        *state,
        synthetic_journeys(
            {.journeys = 100, .channels = channels, .seed = seed, .worths = Worths::refunds})
            .view());
    return state;
  }
  Errc refusal(std::string_view bytes, const std::vector<std::string>& names,
               std::string_view scope = "sale 30d") const {
    try {
      (void)load_state(model, bytes, views(names), scope);
    } catch (const Error& error) {
      return error.code();
    }
    ADD_FAILURE() << "the state was not refused";
    return Errc::cancelled;
  }
  const AnyModel model = builtin_models().make(GetParam().model, GetParam().options);
};

TEST_P(StateLaws, WhatIsSavedIsLoaded) {
  for (const std::size_t channels : {std::size_t{1}, std::size_t{7}, std::size_t{600}}) {
    const auto names = channel_names(channels);
    const auto state = learnt(channels);
    const std::string bytes = save_state(model, *state, views(names), "sale 30d");
    EXPECT_EQ(state_channels(bytes), names);
    const auto loaded = load_state(model, bytes, views(names), "sale 30d");
    EXPECT_TRUE(loaded->equals(*state));
    EXPECT_EQ(save_state(model, *loaded, views(names), "sale 30d"), bytes);
  }
}

TEST_P(StateLaws, LoadingIntoMoreChannelsRenumbers) {
  for (const std::size_t channels :
       {std::size_t{7}, std::size_t{400}}) {  // 400 become a hash table
    const auto all = channel_names(2 * channels);
    std::vector<std::string> odd;
    std::vector<std::uint32_t> number;
    for (std::size_t i = 1; i < all.size(); i += 2) {
      odd.push_back(all[i]);
      number.push_back(static_cast<std::uint32_t>(i));
    }
    const auto journeys = synthetic_journeys({.journeys = 80, .channels = channels});
    std::vector<std::size_t> order(80);
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto renamed = rearranged(journeys.view(), order, number);
    auto state = model.start(channels), expected = model.start(all.size());
    model.bind({.channels = views(odd)}).accumulate(*state, journeys.view());
    model.bind({.channels = views(all)}).accumulate(*expected, renamed.view());
    const std::string bytes = save_state(model, *state, views(odd), "");
    EXPECT_TRUE(load_state(model, bytes, views(all), "")->equals(*expected));
  }
}

TEST_P(StateLaws, ForeignStatesAreRefused) {
  const auto names = channel_names(5);
  const std::string bytes = save_state(model, *learnt(5), views(names), "sale 30d");
  EXPECT_EQ(refusal(bytes, names, "lead 30d"), Errc::foreign_state);
  EXPECT_EQ(refusal(bytes, channel_names(4)), Errc::foreign_state);
  EXPECT_EQ(refusal(bytes, {}), Errc::foreign_state);
}

TEST_P(StateLaws, EveryFlippedByteAndEveryCutIsRefused) {
  const auto names = channel_names(4);
  const std::string bytes = save_state(model, *learnt(4), views(names), "sale 30d");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string other = bytes;
    other[i] = static_cast<char>(other[i] ^ 0x40);
    EXPECT_EQ(refusal(other, names), Errc::corrupt_state) << "byte " << i;
    EXPECT_EQ(refusal(std::string_view(bytes).substr(0, i), names), Errc::corrupt_state);
  }
}

/// Bytes that were damaged before they were sealed, so that their checksum is right.
TEST_P(StateLaws, NonsenseWithARightChecksumNeverGoesUnnoticedOrCrashes) {
  const auto names = channel_names(4);
  const std::string sealed = save_state(model, *learnt(4), views(names), "sale 30d");
  const std::string body = sealed.substr(0, sealed.size() - 8);
  const auto original = load_state(model, sealed, views(names), "sale 30d");
  for (std::size_t i = 0; i < body.size(); ++i) {
    for (const int flip : {0x01, 0x80, 0xff}) {
      std::string other = body;
      other[i] = static_cast<char>(other[i] ^ flip);
      const std::uint64_t hash = hash64(other);
      for (int b = 0; b < 8; ++b) other.push_back(static_cast<char>((hash >> (8 * b)) & 0xff));
      try {
        EXPECT_FALSE(load_state(model, other, views(names), "sale 30d")->equals(*original)) << i;
      } catch (const Error& error) {
        EXPECT_TRUE(error.code() == Errc::corrupt_state || error.code() == Errc::foreign_state);
      }
    }
  }
}

TEST_P(StateLaws, StatesOfOtherOptionsOrModelsAreRefused) {
  const auto names = channel_names(3);
  const AnyModel other = builtin_models().make(GetParam().model, R"({"distribute":"journey"})");
  const std::string bytes = save_state(other, *other.start(3), views(names), "sale 30d");
  EXPECT_EQ(refusal(bytes, names), Errc::foreign_state);
}

INSTANTIATE_TEST_SUITE_P(Builtin, StateLaws, testing::ValuesIn(fitted_models()),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace mta::test

#include <gtest/gtest.h>

#include <set>

#include "mta/models/registry.hpp"
#include "support/channel_credit.hpp"
#include "support/journey_ends.hpp"
#include "support/synthetic_journeys.hpp"

// What every model promises, rule or fitted, over all that are built in, and over options that make
// another rule of one. None is exempt: a model that does not conserve is held to what it says
// instead.
namespace mta::test {
namespace {

struct LawCase {
  std::string name;  ///< of the test
  std::string model, options;
};
void PrintTo(const LawCase& law, std::ostream* out) { *out << law.model << law.options; }

std::vector<LawCase> law_cases() {
  std::vector<LawCase> cases;
  for (const std::string& name : builtin_models().names()) cases.push_back({name, name, ""});
  const LawCase with_options[] = {
      {"custom_position_of_places", "custom_position", R"({"front":[0,3,1],"back":[2,0]})"},
      {"first_paid_or_nobody", "first_paid", R"({"otherwise":"unattributed"})"},
      {"last_non_direct_or_nobody", "last_non_direct", R"({"otherwise":"unattributed"})"},
      {"markov_of_pairs", "markov", R"({"order":2})"},
      {"markov_of_order_8", "markov", R"({"order":8,"distribute":"journey"})"},
      {"markov_renormalized", "markov", R"({"removed":"renormalize"})"},
      {"markov_without_nulls", "markov", R"({"nulls":"ignore"})"},
      {"markov_order_by_auc", "markov", R"({"order":3,"choose_order":"penalized_auc"})"},
      {"markov_order_by_likelihood", "markov", R"({"order":3,"choose_order":"log_likelihood"})"},
      {"shapley_of_rates", "shapley", R"({"game":"conversion_rate","exact":9,"samples":50})"},
      {"shapley_of_exact_rates", "shapley", R"({"game":"exact_rate","exact":9,"samples":50})"},
      {"shapley_of_dp6", "shapley", R"({"game":"dp6_rate","size":9})"},
      {"shapley_of_dp6_ordered", "shapley", R"({"game":"dp6_ordered_rate","size":9})"},
      {"milestones_between", "milestones", R"({"middle_touches":"between"})"},
      {"milestones_of_stages_alone", "milestones",
       R"({"first":0,"stages":["customer"],"stage_weights":[1],"middle":0})"},
      {"participation_shared", "participation", R"({"worth":"shared"})"},
      {"time_decay_of_the_window", "time_decay", R"({"window_share":0.1})"},
      {"time_decay_in_steps", "time_decay", R"({"half_life":"5d","step":"36h"})"},
      {"weighted_by_both", "weighted",
       R"({"events":{"click":3,"view":0},"channels":{"direct":0.1},"otherwise":0.7})"}};
  cases.insert(cases.end(), std::begin(with_options), std::end(with_options));
  return cases;
}

class ModelLaws : public testing::TestWithParam<LawCase> {
 protected:
  const AnyModel model = builtin_models().make(GetParam().model, GetParam().options);

  /// What it hands out of a journey: its worth, or where a model does not conserve what that says.
  [[nodiscard]] Worth promised(const Journey& journey) const {
    if (model.info().conserves) return journey.worth;
    Worth sum;  // participation, the only one: each distinct channel earns it all
    const std::set<ChannelId> distinct(journey.channel.begin(), journey.channel.end());
    for (std::size_t i = 0; i < distinct.size(); ++i) sum += journey.worth;
    return sum;
  }
  [[nodiscard]] Worth promised(JourneysView journeys) const {
    Worth sum;
    for (std::size_t i = 0; i < journeys.size(); ++i) sum += promised(journeys[i]);
    return sum;
  }
};

std::vector<Synthetic> kinds_of_journeys() {
  std::vector<Synthetic> kinds;
  for (const Worths worths :
       {Worths::usual, Worths::refunds, Worths::fractional, Worths::tiny, Worths::huge}) {
    kinds.push_back({.journeys = 300, .channels = 7, .seed = 42, .worths = worths});
    kinds.push_back({.journeys = 1, .channels = 1, .seed = 3, .worths = worths});
    kinds.push_back({.journeys = 40, .channels = 30, .seed = 5, .longest = 60, .worths = worths});
  }
  return kinds;
}

TEST_P(ModelLaws, CreditAddsUpToWhatIsPromised) {
  for (const Synthetic& kind : kinds_of_journeys()) {
    const auto journeys = synthetic_journeys(kind);
    const auto view = journeys.view();
    EXPECT_EQ(total(channel_credits(model, view, kind.channels)), promised(view));
    EXPECT_EQ(total(credits_of(model, view, cells_by_touch(view), view.touches(), kind.channels)),
              promised(view));
  }
}

TEST_P(ModelLaws, EachJourneyHandsOutWhatIsPromisedOfIt) {
  const auto journeys =
      synthetic_journeys({.journeys = 200, .channels = 6, .worths = Worths::refunds});
  const auto view = journeys.view();
  const Credits credits = credits_of(model, view, cells_by_touch(view), view.touches(), 6);
  Worth handed_out = credits.unattributed;
  for (std::size_t i = 0; i < view.size(); ++i) {
    Worth sum;
    for (std::size_t t = view.begin_of(i); t < view.end_of(i).end_of_touches; ++t) {
      sum += credits.by_cell[t];
    }
    if (credits.unattributed == Worth{}) {
      EXPECT_EQ(sum, promised(view[i])) << "journey " << i;
    } else if (model.info().kind == ModelKind::rule) {
      EXPECT_TRUE(sum == promised(view[i]) || sum == Worth{}) << "journey " << i;
    }
    handed_out += sum;
  }
  EXPECT_EQ(handed_out, promised(view));
}

TEST_P(ModelLaws, EachChannelOfAJourneyEarnsItAllUnlessTheModelConserves) {
  if (model.info().conserves) return;
  const auto journeys =
      synthetic_journeys({.journeys = 300, .channels = 4, .worths = Worths::refunds});
  const auto view = journeys.view();
  const Credits credits = credits_of(model, view, cells_by_touch(view), view.touches(), 4);
  EXPECT_EQ(credits.unattributed, Worth{});
  for (std::size_t i = 0; i < view.size(); ++i) {
    std::map<ChannelId, Worth> earned;
    for (std::size_t t = view.begin_of(i); t < view.end_of(i).end_of_touches; ++t) {
      earned[view.channel()[t]] += credits.by_cell[t];
    }
    for (const auto& [channel, worth] : earned) EXPECT_EQ(worth, view[i].worth) << "journey " << i;
  }
}

TEST_P(ModelLaws, AMillionTouchesInOneJourneyAreConserved) {
  Journeys journeys;
  constexpr std::uint32_t touches = 1'000'000;
  for (std::uint32_t t = 0; t < touches; ++t) {
    journeys.add_touch(static_cast<ChannelId>(t % 11), Seconds(touches - t), t);
  }
  journeys.end(converted({one_conversion, {123'456'789'012}}));
  EXPECT_EQ(total(channel_credits(model, journeys.view(), 11)), promised(journeys.view()));
}

TEST_P(ModelLaws, RefundOfAJourneyTakesBackItsCredit) {
  if (model.info().kind == ModelKind::fitted) GTEST_SKIP() << "a refund changes what is learnt";
  auto bought = synthetic_journeys({.journeys = 1, .channels = 5, .seed = 12});
  Journeys both = rearranged(bought.view(), {0, 0}, {0, 1, 2, 3, 4});
  Journeys signs;
  for (const int sign : {1, -1}) {
    const Journey journey = both.view()[0];
    for (std::size_t t = 0; t < journey.channel.size(); ++t) {
      signs.add_touch(journey.channel[t], journey.age[t], 0);
    }
    signs.end(refunded({sign * 777'777'777}));
  }
  for (const Worth& worth : channel_credits(model, signs.view(), 5).by_cell)
    EXPECT_EQ(worth, Worth{});
}

TEST_P(ModelLaws, TheOrderOfJourneysDoesNotMatter) {
  for (const Synthetic& kind : kinds_of_journeys()) {
    const auto journeys = synthetic_journeys(kind);
    std::vector<std::uint32_t> channel(kind.channels);
    for (std::uint32_t c = 0; c < channel.size(); ++c) channel[c] = c;
    const auto other =
        rearranged(journeys.view(), shuffled_numbers<std::size_t>(kind.journeys, 99), channel);
    EXPECT_EQ(channel_credits(model, journeys.view(), kind.channels),
              channel_credits(model, other.view(), kind.channels));
  }
}

TEST_P(ModelLaws, RenamingChannelsRenamesTheirCredit) {
  const auto journeys =
      synthetic_journeys({.journeys = 400, .channels = 9, .worths = Worths::usual});
  const auto renamed_to = shuffled_numbers<std::uint32_t>(9, 4);
  std::vector<std::size_t> order(400);
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto other = rearranged(journeys.view(), order, renamed_to);
  const MadeContext names(9);
  const MadeContext new_names = names.renumbered(renamed_to);
  const Credits before = channel_credits(model, journeys.view(), names.context());
  const Credits after = channel_credits(model, other.view(), new_names.context());
  // A fit's last micro-unit falls where the rounding of running sums puts it, in order of channels.
  const std::int64_t slack = model.info().kind == ModelKind::fitted ? 1 : 0;
  for (std::size_t c = 0; c < 9; ++c) {
    const Worth difference = before.by_cell[c] - after.by_cell[renamed_to[c]];
    EXPECT_LE(std::abs(difference.conversions.units), slack);
    EXPECT_LE(std::abs(difference.value.units), slack);
  }
}

TEST_P(ModelLaws, NullJourneysEarnNothing) {
  const auto named = journeys_from("a@2d b@1d => null\nb@1h => 5x null\n");
  const Credits credits = channel_credits(model, named.view(), 2);
  EXPECT_EQ(credits, (Credits{{Worth{}, Worth{}}, Worth{}}));
}

TEST_P(ModelLaws, OptionsSurviveWritingAndReading) {
  EXPECT_EQ(builtin_models().make(GetParam().model, model.options()).options(), model.options());
}

INSTANTIATE_TEST_SUITE_P(Builtin, ModelLaws, testing::ValuesIn(law_cases()),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace mta::test

// The four laws over whole runs: random events, several goals, every model, every way to break
// down.
#include <gtest/gtest.h>

#include <map>

#include "mta/report/report.hpp"
#include "pipeline/plain_run.hpp"
#include "support/credit_oracle.hpp"
#include "support/random_events.hpp"
#include "support/result_view.hpp"

namespace mta::test {
namespace {

/// Two goals and a breakdown, with every dimension in the layout.
Spec random_spec(RandomEvents& random) {
  std::vector<Goal> goals = {random.goal(), random.goal()};
  goals[0].name = "one";
  goals[1].name = "two";
  static const std::vector<Names> tuples = {{},
                                            {"device"},
                                            {"event"},
                                            {"channel", "campaign"},
                                            {"campaign", "channel", "device"},
                                            {"event", "device"}};
  Spec spec = spec_of(std::move(goals), tuples[random.below(tuples.size())]);
  for (const std::string& name : RandomEvents::dimensions) {
    spec.columns.dimensions.push_back({name, name});
  }
  spec.statistics = 3;
  return spec;
}

Worth sum_of(const std::vector<JourneyStatistics::Bin>& bins) {
  Worth sum;
  for (const JourneyStatistics::Bin& bin : bins) sum += bin.worth;
  return sum;
}

void expect_laws(const GoalResult& result, const Goal& goal, const std::vector<PlainEvent>& plain,
                 const Spec& spec) {
  const Expected expected = expected_journeys(plain, goal, RandomEvents::dimensions);
  EXPECT_EQ(result.booked, expected.booked);
  EXPECT_EQ(result.counts.events, expected.fate_counts());
  std::uint64_t events = 0;
  for (const std::uint64_t count : result.counts.events) events += count;
  EXPECT_EQ(events, plain.size());
  ASSERT_TRUE(result.statistics.has_value());
  const Worth attributed = result.booked - result.counts.unattributed.checked("all");
  EXPECT_EQ(sum_of(result.statistics->lengths), attributed);
  EXPECT_EQ(sum_of(result.statistics->lags), attributed);
  const Names by = spec.by.empty() ? Names{"channel"} : spec.by;
  for (const ModelResult& model : result.models) {
    EXPECT_EQ(credit_total(model), result.booked) << model.model << " " << model.options;
    if (model.model == "markov") continue;
    EXPECT_EQ(credit_by_key(model), expected_credits(model.model, plain, expected, by))
        << model.model;
  }
}

TEST(RunLaws, CreditsAddUpAndRuleModelsGiveWhatTheOracleGives) {
  for (std::uint64_t seed = 0; seed < 150 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    RandomEvents random(seed);
    const auto plain = random.events(10 + seed, 2 + seed / 4);
    const Spec spec = random_spec(random);
    const Result result = answer(spec, {plain});
    ASSERT_EQ(result.goals.size(), 2u);
    for (std::size_t g = 0; g < 2; ++g) expect_laws(result.goals[g], spec.goals[g], plain, spec);
  }
}

TEST(RunLaws, TheSameRowsGiveTheSameBytes) {
  for (std::uint64_t seed = 0; seed < 25; ++seed) {
    RandomEvents random(1'000 + seed);
    auto plain = random.events(120, 20);
    Spec spec = random_spec(random);
    for (Goal& goal : spec.goals) goal.ties = Ties::content;
    const std::string json = to_json(answer(spec, {plain}));
    for (const std::size_t threads : {2u, 5u}) {
      ASSERT_EQ(to_json(answer(spec, {plain}, threads)), json) << seed << ", threads " << threads;
    }
    random.shuffle(plain);
    ASSERT_EQ(to_json(answer(spec, {plain}, 2)), json) << seed << ", shuffled";
    const std::ptrdiff_t cut = 50;
    const Pieces pieces = {
        {plain.begin() + cut, plain.end()}, {}, {plain.begin(), plain.begin() + cut}};
    ASSERT_EQ(to_json(answer(spec, pieces)), json) << seed << ", several sources";
  }
}

TEST(RunLaws, NoEventsGiveEmptyAnswers) {
  RandomEvents random(1);
  const Spec spec = random_spec(random);
  for (const Pieces& pieces : {Pieces{}, Pieces{{}}}) {
    const Result result = answer(spec, pieces, 2);
    for (const GoalResult& goal : result.goals) {
      EXPECT_EQ(goal.booked, Worth{});
      EXPECT_EQ(goal.journeys(), 0u);
      ASSERT_EQ(goal.models.size(), spec.models.size());
      for (const ModelResult& model : goal.models) EXPECT_TRUE(model.credits.empty());
    }
  }
}

CreditByKey rolled_up(const ModelResult& model, std::size_t kept) {
  CreditByKey sums;
  for (const CreditRow& row : model.credits) sums[{row.key[kept]}] += row.credit;
  return sums;
}

TEST(RunLaws, ABreakdownNeverChangesWhatChannelsEarn) {
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    RandomEvents random(2'000 + seed);
    const auto plain = random.events(60, 8);
    const Goal goal = random.goal();
    const Result classical = answer(spec_of({goal}, {}), {plain});
    for (const Names& by : {Names{"channel", "campaign"}, Names{"channel", "event", "device"}}) {
      const Result broken_down = answer(spec_of({goal}, by), {plain});
      for (std::size_t m = 0; m < classical.goals[0].models.size(); ++m) {
        ASSERT_EQ(rolled_up(broken_down.goals[0].models[m], 0),
                  credit_by_key(classical.goals[0].models[m]))
            << "seed " << seed << ", model " << m;
      }
    }
  }
}

TEST(RunLaws, GoalsOfOneRunDoNotChangeEachOther) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    RandomEvents random(4'000 + seed);
    const auto plain = random.events(60, 8);
    Spec spec = random_spec(random);
    spec.by = {"channel", "event"};
    const Result together = answer(spec, {plain});
    for (std::size_t g = 0; g < 2; ++g) {
      const Result alone = answer(spec_of({spec.goals[g]}, spec.by), {plain});
      EXPECT_EQ(alone.goals[0].counts.events, together.goals[g].counts.events);
      for (std::size_t m = 0; m < spec.models.size(); ++m) {
        ASSERT_EQ(credit_by_key(alone.goals[0].models[m]),
                  credit_by_key(together.goals[g].models[m]))
            << "seed " << seed << ", model " << m;
      }
    }
  }
}

/// Every visitor converts at most once, and the campaign of every touch names the visitor.
std::vector<PlainEvent> one_conversion_each(RandomEvents& random) {
  std::vector<PlainEvent> plain;
  std::map<std::string, int> conversions;
  for (PlainEvent& event : random.events(200, 40)) {
    if (event.event == "sale" && (++conversions[event.visitor] > 1 || event.value < 0)) continue;
    event.dimensions["campaign"] = event.visitor;
    event.order.clear();
    plain.push_back(event);
  }
  return plain;
}

TEST(RunLaws, SplitByJourneyEachConversionAddsUp) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    RandomEvents random(3'000 + seed);
    const auto plain = one_conversion_each(random);
    const Goal goal = goal_for_event("sale");
    const Result result = answer(spec_of({goal}, {"campaign"}), {plain});
    CreditByKey booked;
    for (const ExpectedJourney& journey : expected_journeys(plain, goal, {"campaign"}).journeys) {
      booked[{journey.visitor}] += journey.worth;
    }
    for (const ModelResult& model : result.goals[0].models) {
      if (model.model == "markov" && model.options.find("journey") == std::string::npos) continue;
      CreditByKey credits = credit_by_key(model);
      credits.erase({std::string(unattributed_label)});
      ASSERT_EQ(credits, booked) << "seed " << seed << ", " << model.model;
    }
  }
}

/// START leads to banner 2 times of 3, banner to search 1 of 2, search to the conversion 1 of 2:
/// without banner half of the conversions are left, without search none. So banner earns a third,
/// though none of its touches is in a converting journey; it goes to those in null journeys
/// equally.
TEST(RunLaws, AChannelOfNullJourneysAloneSpreadsItsTotalOverItsTouchesThere) {
  const auto plain = plain_events(
      "ann 1d click search campaign=x\n ann 2d sale - 10\n bob 1d click banner campaign=y\n"
      "cat 1d click banner campaign=z\n cat 2d click search campaign=x");
  const Result result = answer(spec_of({goal_for_event("sale")}, {"channel", "campaign"}), {plain});
  const CreditByKey by_journey = {
      {{"search", "x"}, worth_of("1", "10")}, {{"banner", "y"}, {}}, {{"banner", "z"}, {}}};
  const CreditByKey by_total = {{{"search", "x"}, worth_of("0.666667", "6.666667")},
                                {{"banner", "y"}, worth_of("0.166667", "1.666667")},
                                {{"banner", "z"}, worth_of("0.166666", "1.666666")}};
  for (const ModelResult& model : result.goals[0].models) {
    const bool total = model.options.find("channel_total") != std::string::npos;
    EXPECT_EQ(credit_by_key(model), total ? by_total : by_journey) << model.model << model.options;
  }
  EXPECT_EQ(result.goals[0].channels, (Names{"banner", "search"}));
}

}  // namespace
}  // namespace mta::test

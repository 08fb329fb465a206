// What single touches earned, over whole runs: it adds up to the tables, and depends on the rows
// alone.
#include "mta/credits/credit_trail.hpp"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <tuple>

#include "mta/core/error.hpp"
#include "mta/identity/identifier.hpp"
#include "mta/report/credit_ledger.hpp"
#include "mta/report/report.hpp"
#include "pipeline/plain_run.hpp"
#include "support/random_events.hpp"
#include "support/result_view.hpp"

namespace mta::test {
namespace {

/// Adds up, and checks what holds of every single journey.
class Sums final : public CreditTrail {
 public:
  void begin(const TrailHead& head) override {
    goal_.assign(head.goal);
    models = {head.models.begin(), head.models.end()};
    last_.reset();
  }
  void take(const CreditedJourney& journey) override {
    ASSERT_FALSE(journey.touches.empty());
    if (last_) {
      EXPECT_LE(std::tie(last_->person, last_->time), std::tie(journey.person, journey.time));
    }
    last_ = journey;
    std::vector<Worth> handed_out(models.size());
    for (const CreditedTouch& touch : journey.touches) {
      // A refund may bear an earlier date than what it takes back.
      EXPECT_TRUE(journey.outcome == Outcome::refunded || touch.time <= journey.time);
      for (std::size_t m = 0; m < models.size(); ++m) {
        by_channel[{goal_, models[m]}][{std::string(touch.channel)}] += touch.credit[m];
        by_dimensions[{goal_, models[m]}][labels(touch)] += touch.credit[m];
        handed_out[m] += touch.credit[m];
      }
    }
    of_journey.push_back({journey.worth, handed_out});
  }
  void end(std::span<const Worth> unattributed) override {
    for (std::size_t m = 0; m < models.size(); ++m) {
      if (unattributed[m] == Worth{}) continue;
      by_channel[{goal_, models[m]}][{std::string(unattributed_label)}] += unattributed[m];
      by_dimensions[{goal_, models[m]}][Names(2, std::string(unattributed_label))] +=
          unattributed[m];
    }
  }

  using Key = std::pair<std::string, std::string>;  // goal and model
  std::map<Key, CreditByKey> by_channel, by_dimensions;
  std::vector<std::pair<Worth, std::vector<Worth>>> of_journey;
  std::vector<std::string> models;

 private:
  static Names labels(const CreditedTouch& touch) {
    Names names;
    for (const std::string_view text : touch.dimensions) {
      names.emplace_back(text.empty() ? not_set_label : text);
    }
    return names;
  }

  std::string goal_;
  std::optional<CreditedJourney> last_;
};

CreditByKey without_zeros(CreditByKey credits) {
  std::erase_if(credits, [](const auto& row) { return row.second == Worth{}; });
  return credits;
}

/// Every built-in model, and fitted ones that distribute by journey.
Spec every_model(RandomEvents& random, Names by) {
  std::vector<Goal> goals = {random.goal(), random.goal()};
  goals[0].name = "one";
  goals[1].name = "two";
  for (Goal& goal : goals) {  // one of the models looks at how long the window is
    auto& back = goal.lookback.microseconds;
    if (back == Lookback::unlimited || back <= 0) back = 5LL * 86'400 * 1'000'000;
    if (goal.lookback.days == 0u) goal.lookback.days = 1;
  }
  Spec spec;
  spec.goals = std::move(goals);
  spec.by = std::move(by);
  for (const std::string& name : builtin_models().names()) {
    spec.models.push_back({name, "{}"});
    if (builtin_models().info(name).kind == ModelKind::fitted) {
      spec.models.push_back({name, R"({"distribute": "journey"})"});
    }
  }
  for (const std::string& name : RandomEvents::dimensions) {
    spec.columns.dimensions.push_back({name, name});
  }
  return spec;
}

TEST(CreditTrail, AddsUpToTheTablesByChannel) {
  for (std::uint64_t seed = 0; seed < 60 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    RandomEvents random(7'000 + seed);
    const auto plain = random.events(40 + seed, 2 + seed / 4);
    const Spec spec = every_model(random, {"channel"});
    Sums sums;
    const Result result = answer(spec, {plain}, RunOptions{.threads = 2, .trail = &sums});
    EXPECT_EQ(to_json(result), to_json(answer(spec, {plain})));
    ASSERT_EQ(sums.models.size(), spec.models.size());
    for (const GoalResult& goal : result.goals) {
      for (std::size_t m = 0; m < goal.models.size(); ++m) {
        EXPECT_EQ(without_zeros(sums.by_channel[{goal.goal, sums.models[m]}]),
                  without_zeros(credit_by_key(goal.models[m])))
            << goal.goal << ' ' << sums.models[m];
      }
    }
  }
}

TEST(CreditTrail, AddsUpToTheTablesByOtherDimensions) {
  for (std::uint64_t seed = 0; seed < 60 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    RandomEvents random(8'000 + seed);
    const auto plain = random.events(60, 8);
    const Spec spec = every_model(random, RandomEvents::dimensions);
    Sums sums;
    const Result result = answer(spec, {plain}, RunOptions{.trail = &sums});
    for (const GoalResult& goal : result.goals) {
      for (std::size_t m = 0; m < goal.models.size(); ++m) {
        const bool by_touch = builtin_models().info(goal.models[m].model).kind == ModelKind::rule ||
                              spec.models[m].options != "{}";
        if (!by_touch) continue;  // rounded touch by touch
        EXPECT_EQ(without_zeros(sums.by_dimensions[{goal.goal, sums.models[m]}]),
                  without_zeros(credit_by_key(goal.models[m])))
            << goal.goal << ' ' << sums.models[m];
      }
    }
  }
}

TEST(CreditTrail, RuleModelsHandOutEachConversionWhole) {
  RandomEvents random(1);
  const auto plain = random.events(200, 20);
  Sums sums;
  const Spec spec = spec_of({random.goal()}, {});
  (void)answer(spec, {plain}, RunOptions{.trail = &sums});
  ASSERT_FALSE(sums.of_journey.empty());
  for (const auto& [worth, handed_out] : sums.of_journey) {
    for (std::size_t m = 0; m < rule_models.size(); ++m) EXPECT_EQ(handed_out[m], worth);
  }
}

std::string ledger_text(const Spec& spec, const Pieces& pieces, RunOptions options) {
  std::string text;
  CreditLedger ledger(LedgerFormat::csv, [&](std::string_view lines) { text += lines; });
  options.trail = &ledger;
  (void)answer(spec, pieces, options);
  return text;
}

TEST(CreditTrail, DependsOnTheRowsAlone) {
  for (std::uint64_t seed = 0; seed < 25; ++seed) {
    RandomEvents random(9'000 + seed);
    auto plain = random.events(120, 20);
    Spec spec = every_model(random, {"channel"});
    for (Goal& goal : spec.goals) goal.ties = Ties::content;
    const std::string text = ledger_text(spec, {plain}, {});
    EXPECT_EQ(ledger_text(spec, {plain}, RunOptions{.threads = 3}), text);
    random.shuffle(plain);
    ASSERT_EQ(ledger_text(spec, {plain}, {}), text) << seed << ", shuffled";
    const Pieces pieces = {{plain.begin() + 50, plain.end()}, {plain.begin(), plain.begin() + 50}};
    ASSERT_EQ(ledger_text(spec, pieces, {}), text) << seed << ", several sources";
  }
}

std::string lines_with(const std::string& text, const std::string& part) {
  std::string kept;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin) + 1;
    const std::string line = text.substr(begin, end - begin);
    if (line.find(part) != std::string::npos) kept += line;
    begin = end;
  }
  return kept;
}

TEST(CreditTrail, OfSomePersonsIsThatOfAllWithoutTheOthers) {
  RandomEvents random(3);
  const auto plain = random.events(300, 30);
  Spec spec = every_model(random, {"channel"});
  const std::string all = ledger_text(spec, {plain}, {});
  const std::string visitor = plain.front().visitor;
  const std::string person = ',' + format_key(person_key(visitor)) + ',';
  const std::string one = ledger_text(spec, {plain}, RunOptions{.trail_of = {visitor}});
  const std::string header = all.substr(0, all.find('\n') + 1);
  const std::string nobodys(unattributed_label);
  EXPECT_FALSE(lines_with(all, person).empty());
  EXPECT_FALSE(lines_with(all, nobodys).empty());
  EXPECT_EQ(lines_with(one, person), lines_with(all, person));
  EXPECT_EQ(lines_with(one, nobodys), lines_with(all, nobodys));
  EXPECT_EQ(one.size(),
            header.size() + lines_with(one, person).size() + lines_with(one, nobodys).size());
  // Rule models need no look at the others.
  spec.models = spec_of({}, {}).models;
  spec.models.resize(rule_models.size());
  const std::string of_rules = ledger_text(spec, {plain}, {});
  EXPECT_FALSE(lines_with(of_rules, person).empty());
  EXPECT_EQ(lines_with(ledger_text(spec, {plain}, RunOptions{.trail_of = {visitor}}), person),
            lines_with(of_rules, person));
}

TEST(CreditTrail, PathTablesHaveNone) {
  Sums sums;
  try {
    (void)run_paths(Spec{},
                    Source::memory("paths", "path,total_conversions\na > b,1\n", SourceFormat::csv),
                    {.trail = &sums});
    ADD_FAILURE() << "went on";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::invalid_option);
  }
}

}  // namespace
}  // namespace mta::test

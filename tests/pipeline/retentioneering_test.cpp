// data/retentioneering_ecom: a clickstream of 600 users whose sessions are known. Sessions, windows
// and transforms run through, and nothing is lost.
#include <map>
#include <numeric>
#include <set>

#include "mta/pipeline/run.hpp"
#include "support/result_view.hpp"
#include "support/shared_data.hpp"

namespace mta {
namespace {

constexpr auto file_name = "retentioneering_ecom/ecom.csv.gz";

/// What `options` make of the goal "purchase", beside a goal of carts.
Result answer(const std::filesystem::path& file, const std::string& options) {
  const std::string goal = R"({"name": "purchase", )" + options + '}';
  const std::string cart = R"({"name": "cart", "event": "add_to_cart", )" + options + '}';
  const Spec spec = parse_spec(
      R"({"columns": {"visitor": "user_id", "time": "timestamp", "event": "event",
          "channel": "acquisition_channel"}, "goals": [)" +
      goal + ',' + cart + R"(], "models": [{"model": "first"}, {"model": "last"},
          {"model": "linear"}, {"model": "time_decay"}, {"model": "markov"}]})");
  std::vector<Source> sources;
  sources.push_back(Source::file(file.string()));
  return run(spec, std::move(sources));
}

void expect_conserved(const Result& result) {
  ASSERT_EQ(result.goals.size(), 2u);
  EXPECT_EQ(result.goals[0].booked.conversions, Micros{470 * one_conversion.units});
  EXPECT_EQ(result.goals[1].booked.conversions, Micros{1'346 * one_conversion.units});
  for (const GoalResult& goal : result.goals) {
    const auto& fates = goal.counts.events;
    EXPECT_EQ(std::accumulate(fates.begin(), fates.end(), std::uint64_t{0}), 31'106u);
    for (const ModelResult& model : goal.models) {
      EXPECT_EQ(test::credit_total(model), goal.booked) << goal.goal << ' ' << model.model;
    }
  }
}

TEST(Retentioneering, OwnSessionsAreThoseThatTheDataKnow) {
  MTA_SHARED_DATA_OR_SKIP(file, file_name)
  const Result result = answer(file, R"("touch": "session", "sessions": {"id": "session_id"})");
  expect_conserved(result);
  EXPECT_EQ(result.goals[0].counts.sessions, 3'605u);
  EXPECT_EQ(result.goals[1].counts.sessions, 3'605u);
}

TEST(Retentioneering, EveryPresetUnitAndWindowConserves) {
  MTA_SHARED_DATA_OR_SKIP(file, file_name)
  for (const std::string preset : {"ga4", "universal_analytics", "matomo"}) {
    for (const std::string unit : {"event", "session", "first_of_session"}) {
      SCOPED_TRACE(preset + ' ' + unit);
      const Result result =
          answer(file, R"("touch": ")" + unit + R"(", "sessions": {"preset": ")" + preset +
                           R"(", "midnight": "Europe/Berlin", "touches": "engaged",
                              "engaged": {"view_events": ["home", "catalog", "product_view"]}},
                       "lookback": {"time": "60d", "by_event": {"product_view": {"days": 7},
                       "search": "24h"}, "precedence": ["search", ["product_view", "catalog"]]},
                       "transforms": ["exposure", {"exclude": ["social", "email"]}])");
      expect_conserved(result);
      EXPECT_GE(result.goals[0].counts.sessions, result.goals[0].counts.engaged_sessions);
      EXPECT_GT(result.goals[0].counts.engaged_sessions, 0u);
    }
  }
}

}  // namespace
}  // namespace mta

// data/dbt_attribution_playbook: sessions and conversions of a shop, joined through columns in
// memory. A touch is a session at its start; its credit is asked for by session.
#include <cmath>
#include <cstdlib>
#include <deque>

#include "mta/ingest/columns.hpp"
#include "mta/pipeline/run.hpp"
#include "support/plain_table.hpp"
#include "support/result_view.hpp"
#include "support/shared_data.hpp"

namespace mta {
namespace {

constexpr auto folder = "dbt_attribution_playbook";

const std::pair<std::string, std::string> models[] = {{"first", "first_touch"},
                                                      {"last", "last_touch"},
                                                      {"linear", "linear"},
                                                      {"position_based", "forty_twenty_forty"}};

/// Views of one column of a table.
std::vector<std::string_view> views(const test::PlainTable& table, const std::string& name) {
  std::vector<std::string_view> column;
  for (const test::PlainTable::Row& row : table.rows()) column.push_back(table.at(row, name));
  return column;
}

/// The columns of one of the two tables, in the form that `append` borrows.
struct TableColumns {
  std::vector<std::string_view> visitor, time, channel, value;
  std::deque<std::vector<std::string_view>> dimensions;
  std::string_view event;

  void append_to(Events& events, const Schema& schema) const {
    Columns columns;
    columns.visitor = TextColumn(visitor);
    columns.time = TextColumn(time);
    columns.all_events = event;
    if (!channel.empty()) columns.channel = TextColumn(channel);
    if (!value.empty()) columns.value = TextColumn(value);
    for (const std::string& name : events.layout().dimensions) {
      const bool known = !dimensions.empty();
      columns.dimensions.emplace_back();
      if (known) columns.dimensions.back() = TextColumn(dimensions[dimension_index(name)]);
    }
    append(events, columns, schema);
  }

  static std::size_t dimension_index(const std::string& name) {
    const std::vector<std::string> names{"session_id", "utm_source", "utm_medium", "utm_campaign"};
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  }
};

GoalResult answer(const std::filesystem::path& path, const std::string& by) {
  const auto sessions = test::PlainTable::file(path / "sessions.csv");
  const auto conversions = test::PlainTable::file(path / "customer_conversions.csv");
  Spec spec = parse_spec(R"({"by": )" + by + R"(, "goals": [{"name": "order",
    "after_conversion": "keep", "lookback": "30d"}]})");
  for (const auto& [model, prefix] : models) spec.models.push_back({model});
  Run run(spec);
  Events events(run.layout());
  const TableColumns touches{views(sessions, "customer_id"),
                             views(sessions, "started_at"),
                             views(sessions, "utm_source"),
                             {},
                             {views(sessions, "session_id"), views(sessions, "utm_source"),
                              views(sessions, "utm_medium"), views(sessions, "utm_campaign")},
                             "session"};
  touches.append_to(events, run.schema());
  const TableColumns orders{views(conversions, "customer_id"),
                            views(conversions, "converted_at"),
                            {},
                            views(conversions, "revenue"),
                            {},
                            "order"};
  orders.append_to(events, run.schema());
  run.add(std::move(events));
  Result result = run.finish();
  EXPECT_EQ(result.input.rejected(), 0U);
  return std::move(result.goals.at(0));
}

/// Law 1 keeps every touch within one unit of its exact share.
void expect_within(Micros credit, double exact, std::int64_t units, const std::string& what) {
  const auto nearest = static_cast<std::int64_t>(std::llround(exact * 1e6));
  EXPECT_LE(std::abs(credit.units - nearest), units) << what;
}

TEST(DbtPlaybook, BooksTwentyOneOrders) {
  MTA_SHARED_DATA_OR_SKIP(path, folder)
  const GoalResult goal = answer(path, R"("session_id")");
  EXPECT_EQ(goal.booked, test::worth_of("21", "275"));
  EXPECT_EQ(goal.counts.converting_journeys, 21U);
  EXPECT_EQ(goal.counts.unattributed_conversions, 0U);
  for (const ModelResult& model : goal.models) {
    EXPECT_EQ(test::credit_total(model), goal.booked) << model.model;
  }
}

TEST(DbtPlaybook, CreditsItsThirtyNineTouchesAsThePlaybookDoes) {
  MTA_SHARED_DATA_OR_SKIP(path, folder)
  const GoalResult goal = answer(path, R"("session_id")");
  const auto expected = test::PlainTable::file(path / "expected_attribution_touches.csv");
  ASSERT_EQ(expected.rows().size(), 39U);
  for (const auto& [model, prefix] : models) {
    test::CreditByKey credits = test::credit_by_key(test::model_of(goal, model));
    for (const test::PlainTable::Row& row : expected.rows()) {
      const std::string what = model + " session " + expected.at(row, "session_id");
      const double points = std::stod(expected.at(row, prefix + "_points"));
      const double revenue = std::stod(expected.at(row, "revenue"));
      const auto at = credits.find({expected.at(row, "session_id")});
      ASSERT_NE(at, credits.end()) << what;
      expect_within(at->second.conversions, points, 1, what);
      expect_within(at->second.value, points * revenue, 1, what);
      credits.erase(at);
    }
    for (const auto& [session, credit] : credits) {
      EXPECT_EQ(credit, Worth{}) << model << " credits session " << session[0];
    }
  }
}

TEST(DbtPlaybook, AddsUpToItsCampaigns) {
  MTA_SHARED_DATA_OR_SKIP(path, folder)
  const GoalResult goal = answer(path, R"(["utm_source", "utm_medium", "utm_campaign"])");
  const auto expected = test::PlainTable::file(path / "expected_by_campaign.csv");
  ASSERT_EQ(expected.rows().size(), 6U);
  for (const auto& [model, prefix] : models) {
    const test::CreditByKey credits = test::credit_by_key(test::model_of(goal, model));
    for (const test::PlainTable::Row& row : expected.rows()) {
      const auto named = [&](const std::string& column) {
        const std::string& text = expected.at(row, column);
        return text.empty() ? std::string(not_set_label) : text;
      };
      const std::vector<std::string> key{named("utm_source"), named("utm_medium"),
                                         named("utm_campaign")};
      ASSERT_TRUE(credits.contains(key)) << key[0] << ' ' << key[2];
      constexpr std::int64_t touches = 39;  // each of them within one unit
      const std::string what = model + " " + key[0] + " " + key[2];
      expect_within(credits.at(key).conversions, std::stod(expected.at(row, prefix + "_points")),
                    touches, what);
      expect_within(credits.at(key).value, std::stod(expected.at(row, prefix + "_revenue")),
                    touches, what);
    }
  }
}

}  // namespace
}  // namespace mta

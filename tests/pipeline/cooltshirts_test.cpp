// data/cooltshirts: 5,692 page visits of 1,979 users. A page is an event, and every visit names the
// source and campaign that it came by; together they are the label. Hours are not padded.
#include <numeric>
#include <set>

#include "mta/ingest/columns.hpp"
#include "mta/ingest/reader.hpp"
#include "mta/pipeline/run.hpp"
#include "support/plain_table.hpp"
#include "support/result_view.hpp"
#include "support/shared_data.hpp"

namespace mta {
namespace {

constexpr auto folder = "cooltshirts";

// What each question is as a goal:
//   arrival   the first visit of each user, on whatever page. The visit itself is its only touch,
//   so
//             that any model answers "first touch over all"
//   closing   an event that the test adds for every user after the last visit in the data. It has
//   no
//             channel: `first` and `last` answer for the first and the last visit over all
//   purchase  the visit of the purchase page, which names its own source: `last` answers for it
Spec page_visits() {
  return parse_spec(R"({
    "columns": {"visitor": "user_id", "time": "timestamp", "event": "page_name",
                "channel": ["utm_source", "utm_campaign"]},
    "goals": [
      {"name": "arrival", "per_person": "first",
       "event": ["1 - landing_page", "2 - shopping_cart", "3 - checkout", "4 - purchase"]},
      {"name": "closing", "lookback": "unlimited"},
      {"name": "purchase", "event": "4 - purchase"}],
    "models": [{"model": "first"}, {"model": "last"}]})");
}

Events closing_events(const test::PlainTable& visits, const Run& run) {
  std::set<std::string_view> users;
  for (const test::PlainTable::Row& row : visits.rows()) users.insert(visits.at(row, "user_id"));
  const std::vector<std::string_view> visitors(users.begin(), users.end());
  const std::vector<std::string_view> times(visitors.size(), "2018-03-01 0:00:00");
  Columns columns;
  columns.visitor = TextColumn(visitors);
  columns.time = TextColumn(times);
  columns.all_events = "closing";
  Events events(run.layout());
  append(events, columns, run.schema());
  return events;
}

Result answer(const std::filesystem::path& path) {
  const auto visits = test::PlainTable::file(path / "page_visits.csv");
  Run run(page_visits());
  Events events(run.layout());
  read(events, Source::file((path / "page_visits.csv").string()), run.schema());
  run.add(std::move(events));
  run.add(closing_events(visits, run));
  return run.finish();
}

/// The counts of one metric of expected_counts.csv, by label.
std::map<std::string, std::int64_t> expected_counts(const std::filesystem::path& path,
                                                    const std::string& metric) {
  const auto table = test::PlainTable::file(path / "expected_counts.csv");
  std::map<std::string, std::int64_t> counts;
  for (const test::PlainTable::Row& row : table.rows()) {
    if (table.at(row, "metric") != metric) continue;
    counts[table.at(row, "utm_source") + " / " + table.at(row, "utm_campaign")] =
        std::stoll(table.at(row, "n"));
  }
  return counts;
}

std::map<std::string, std::int64_t> counts_of(const GoalResult& goal, const std::string& model) {
  std::map<std::string, std::int64_t> counts;
  for (const CreditRow& row : test::model_of(goal, model).credits) {
    EXPECT_EQ(row.credit.conversions.units % one_conversion.units, 0);
    if (row.credit.conversions.units == 0) continue;
    counts[row.key[0]] = row.credit.conversions.units / one_conversion.units;
  }
  return counts;
}

TEST(Cooltshirts, CountsUsersAndPurchases) {
  MTA_SHARED_DATA_OR_SKIP(path, folder)
  const Result result = answer(path);
  EXPECT_EQ(result.input.rows, 5'692U + 1'979U);
  EXPECT_EQ(result.input.rejected(), 0U);
  EXPECT_EQ(result.goals.at(0).booked, test::worth_of("1979", "0"));
  EXPECT_EQ(result.goals.at(1).booked, test::worth_of("1979", "0"));
  EXPECT_EQ(result.goals.at(2).booked, test::worth_of("361", "0"));
}

TEST(Cooltshirts, FirstTouchOverAll) {
  MTA_SHARED_DATA_OR_SKIP(path, folder)
  const Result result = answer(path);
  const auto expected = expected_counts(path, "first_touch_all");
  ASSERT_EQ(expected.size(), 4U);
  EXPECT_EQ(counts_of(result.goals.at(0), "first"), expected);
  EXPECT_EQ(counts_of(result.goals.at(0), "last"), expected);
  EXPECT_EQ(counts_of(result.goals.at(1), "first"), expected);
}

TEST(Cooltshirts, LastTouchOverAll) {
  MTA_SHARED_DATA_OR_SKIP(path, folder)
  const auto expected = expected_counts(path, "last_touch_all");
  ASSERT_EQ(expected.size(), 8U);
  EXPECT_EQ(counts_of(answer(path).goals.at(1), "last"), expected);
}

TEST(Cooltshirts, LastTouchOnThePurchasePage) {
  MTA_SHARED_DATA_OR_SKIP(path, folder)
  const auto expected = expected_counts(path, "last_touch_on_purchase");
  ASSERT_EQ(expected.size(), 8U);
  EXPECT_EQ(counts_of(answer(path).goals.at(2), "last"), expected);
}

}  // namespace
}  // namespace mta

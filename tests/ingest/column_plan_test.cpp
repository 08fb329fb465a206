#include "ingest/column_plan.hpp"

#include "event_rows.hpp"

namespace mta {
namespace {

using test::error_of;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

ColumnNames names(std::vector<std::string> columns) { return {"input", std::move(columns)}; }

std::vector<std::string> chosen(const Schema& schema, std::vector<std::string> columns) {
  std::vector<std::string> texts;
  for (const ColumnChoice& choice :
       choose_event_columns(schema, names(std::move(columns))).plan.choices) {
    texts.push_back(choice.role + "=" + choice.column + (choice.recognised ? "" : "!"));
  }
  return texts;
}

TEST(ColumnPlan, RecognisesTheUsualNames) {
  EXPECT_THAT(
      chosen({}, {"visitor", "ts", "type", "channel", "value", "campaign"}),
      ElementsAre("visitor=visitor", "time=ts", "event=type", "channel=channel", "value=value"));
  EXPECT_THAT(
      chosen({}, {"cookie", "time", "interaction", "conversion", "conversion_value", "channel"}),
      ElementsAre("visitor=cookie", "time=time", "event=interaction", "channel=channel",
                  "value=conversion_value"));
  EXPECT_THAT(
      chosen({}, {"User ID", "Event-Time", "eventName", "UTM_Source", "id"}),
      ElementsAre("visitor=User ID", "time=Event-Time", "event=eventName", "channel=UTM_Source"));
  for (const char* const visitor :
       {"visitor_id", "user", "userid", "cookie_id", "customer_id", "customer", "client_id",
        "person", "person_id", "anonymous_id", "anonymousId", "id"}) {
    EXPECT_THAT(chosen({}, {visitor, "timestamp", "event", "source"}),
                ElementsAre(std::string("visitor=") + visitor, "time=timestamp", "event=event",
                            "channel=source"));
  }
  for (const char* const time : {"datetime", "date", "created_at", "occurred_at", "event_time"}) {
    EXPECT_EQ(chosen({}, {"id", time, "kind", "channel_name"})[1], std::string("time=") + time);
  }
}

TEST(ColumnPlan, PrefersTheEarlierOfSeveralUsualNames) {
  EXPECT_THAT(chosen({}, {"id", "user_id", "date", "time", "source", "channel", "action", "event",
                          "total", "price", "revenue"}),
              ElementsAre("visitor=user_id", "time=time", "event=event", "channel=channel",
                          "value=revenue"));
}

TEST(ColumnPlan, TheSchemaGoesBeforeTheUsualNames) {
  const Schema schema = {.visitor = "who",
                         .time = "when",
                         .event = "what",
                         .channel = {"b", "a"},
                         .value = "worth",
                         .currency = "cur",
                         .dimensions = {{"page", "url"}, {"again", "a"}},
                         .conversion_ids = {"order"}};
  const EventColumns columns = choose_event_columns(
      schema, names({"order", "visitor", "url", "who", "when", "what", "a", "b", "worth", "cur"}));
  EXPECT_THAT(columns.plan.columns, ElementsAre(3, 4, 5, 7, 6, 8, 9, 2, 6, 0));
  EXPECT_THAT(columns.plan.roles,
              ElementsAre("visitor", "time", "event", "channel", "channel", "value", "currency",
                          "page", "again", "conversion_id"));
  EXPECT_EQ(columns.slots.channel_count, 2u);
  EXPECT_EQ(columns.slots.value, 5u);
  EXPECT_EQ(columns.slots.currency, 6u);
  EXPECT_EQ(columns.slots.dimensions, 7u);
  EXPECT_EQ(columns.slots.ids, 9u);
  for (const ColumnChoice& choice : columns.plan.choices) EXPECT_FALSE(choice.recognised);
}

TEST(ColumnPlan, CurrencyIsNeverRecognised) {
  EXPECT_THAT(chosen({}, {"id", "ts", "type", "channel", "currency"}),
              ElementsAre("visitor=id", "time=ts", "event=type", "channel=channel"));
}

TEST(ColumnPlan, MissingColumnsAreNamedWithWhatIsThere) {
  const auto message = [](const Schema& schema, std::vector<std::string> columns) {
    return error_of(Errc::missing_column, [&] { chosen(schema, std::move(columns)); });
  };
  EXPECT_THAT(message({}, {"who", "ts", "type", "channel"}),
              AllOf(HasSubstr("input: column for visitor"), HasSubstr("visitor_id, user"),
                    HasSubstr("columns: who, ts, type, channel")));
  EXPECT_THAT(message({}, {"id", "type", "channel"}), HasSubstr("column for time"));
  EXPECT_THAT(message({}, {"id", "ts", "channel"}), HasSubstr("column for event"));
  EXPECT_THAT(message({}, {"id", "ts", "type"}), HasSubstr("column for channel"));
  EXPECT_THAT(message({}, {}), HasSubstr("columns: none"));
  EXPECT_THAT(message({.visitor = "who"}, {"visitor", "ts", "type", "channel"}),
              HasSubstr("column for visitor: \"who\" is not there"));
  EXPECT_THAT(message({.value = "worth"}, {"id", "ts", "type", "channel", "value"}),
              HasSubstr("column for value: \"worth\" is not there"));
  EXPECT_THAT(message({.dimensions = {{"page", "url"}}}, {"id", "ts", "type", "channel"}),
              HasSubstr("column for page: \"url\" is not there"));
  EXPECT_THAT(message({.conversion_ids = {"order"}}, {"id", "ts", "type", "channel"}),
              HasSubstr("\"order\" is not there"));
}

TEST(ColumnPlan, AmbiguousNamesAreErrorsOnlyWhereMapped) {
  const auto message = [](const Schema& schema, std::vector<std::string> columns) {
    return error_of(Errc::missing_column, [&] { chosen(schema, std::move(columns)); });
  };
  EXPECT_THAT(message({}, {"id", "ts", "ts", "type", "channel"}), HasSubstr("both look like it"));
  EXPECT_THAT(message({}, {"user_id", "UserId", "ts", "type", "channel"}),
              HasSubstr("\"user_id\" and \"UserId\""));
  EXPECT_THAT(message({.visitor = "x"}, {"x", "x", "ts", "type", "channel"}),
              HasSubstr("ambiguous"));
  EXPECT_EQ(message({}, {"id", "ts", "type", "channel", "note", "note"}), "(no error)");
}

TEST(ColumnPlan, ChoicesAreReported) {
  const Events events = test::read_csv("id,ts,kind,source,page\n", {.dimensions = {{"p", "page"}}});
  EXPECT_THAT(
      events.report.columns,
      ElementsAre(ColumnChoice{"visitor", "id", true}, ColumnChoice{"time", "ts", true},
                  ColumnChoice{"event", "kind", true}, ColumnChoice{"channel", "source", true},
                  ColumnChoice{"p", "page", false}));
}

}  // namespace
}  // namespace mta

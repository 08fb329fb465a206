// Rows that are not booked as they stand: constants, columns that may be missing, ids under other
// names, identifiers.
#include <gmock/gmock.h>

#include "event_rows.hpp"
#include "mta/ingest/reader.hpp"

namespace mta {
namespace {

using test::error_of;
using test::read_csv;
using test::rows_of;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view calls =
    "caller,at,order\n"
    "a,2026-01-02T03:04:05Z,7\n"
    "b,1970-01-01T00:00:01Z,\n";

Schema call_schema() {
  Schema schema;
  schema.visitor = "caller";
  schema.time = "at";
  schema.constants = {{"event", "call"}, {"channel", "Phone"}};
  schema.conversion_events = {"sale"};
  return schema;
}

TEST(MadeRead, ConstantsAreTheSameInAllRows) {
  Schema schema = call_schema();
  schema.dimensions = {{"device", "device"}, {"order", "order"}};
  schema.constants["device"] = "phone";
  const Events events = read_csv(calls, schema);
  EXPECT_THAT(rows_of(events, "a"), ElementsAre("2026-01-02T03:04:05.000000Z call Phone phone 7"));
  EXPECT_THAT(rows_of(events, "b"), ElementsAre("1970-01-01T00:00:01.000000Z call Phone phone -"));
}

TEST(MadeRead, AConstantMustBeOfTheLayout) {
  Schema schema = call_schema();
  schema.constants["devise"] = "phone";
  EXPECT_THAT(error_of(Errc::invalid_option, [&] { read_csv(calls, schema); }),
              HasSubstr("devise"));
}

TEST(MadeRead, DimensionsMayBeMissingWhereTheSchemaSaysSo) {
  Schema schema = call_schema();
  schema.dimensions = {{"campaign", "campaign"}};
  EXPECT_THAT(error_of(Errc::missing_column, [&] { read_csv(calls, schema); }),
              HasSubstr("campaign"));
  schema.missing = MissingColumns::empty;
  EXPECT_THAT(rows_of(read_csv(calls, schema), "a"),
              ElementsAre("2026-01-02T03:04:05.000000Z call Phone -"));
}

TEST(MadeRead, IdsMayHaveColumnsOfAnotherName) {
  for (const MissingColumns missing : {MissingColumns::refused, MissingColumns::empty}) {
    Schema schema = call_schema();
    schema.conversion_ids = {"order_id"};
    schema.missing = missing;
    schema.conversion_id_columns = {{"order_id", "order"}};
    EXPECT_EQ(read_csv(calls, schema).report.events, 2u);
    schema.conversion_id_columns = {{"order_id", "ordre"}};
    if (missing == MissingColumns::empty) continue;
    EXPECT_THAT(error_of(Errc::missing_column, [&] { read_csv(calls, schema); }),
                HasSubstr("ordre"));
  }
}

/// Joins all texts; what was kept and dropped is counted.
struct Joined final : RowPersons {
  struct Log {
    std::vector<std::int64_t> kept;
    int dropped = 0, finished = 0;
  };
  explicit Joined(Log& seen) : log(seen) {}
  std::string_view visitor(std::span<const std::string_view> identifiers) override {
    text.clear();
    for (const std::string_view each : identifiers) text += each;
    return text;
  }
  void keep(TimePoint time) override { log.kept.push_back(time.micros); }
  void drop() override { ++log.dropped; }
  void finish() override { ++log.finished; }
  Log& log;
  std::string text;
};

TEST(MadeRead, IdentifiersSayWhoseRowsAre) {
  Schema schema = call_schema();
  schema.visitor = "";
  schema.identifiers = {{"phone", "caller"}, {"order", "order"}, {"mail", "mail"}};
  Events events;
  Joined::Log log;
  ReadOptions options;
  options.persons = [&] { return std::make_unique<Joined>(log); };
  read(events,
       Source::memory("calls", std::string(calls) + ",1970-01-01T00:00:02Z,\na,never,7\n",
                      SourceFormat::csv),
       schema, options);
  EXPECT_THAT(rows_of(events, "a7"), ElementsAre("2026-01-02T03:04:05.000000Z call Phone"));
  EXPECT_THAT(rows_of(events, "b"), ElementsAre("1970-01-01T00:00:01.000000Z call Phone"));
  EXPECT_EQ(events.report.rejected(), 2u);  // nobody's row, and no time
  EXPECT_EQ(log.kept.size(), 2u);
  EXPECT_EQ(log.kept[1], 1'000'000);
  EXPECT_EQ(log.dropped, 2);
  EXPECT_EQ(log.finished, 1);
}

TEST(MadeRead, IdentifiersNeedSomebodyWhoKnowsThem) {
  Schema schema = call_schema();
  schema.identifiers = {{"phone", "caller"}};
  EXPECT_THAT(error_of(Errc::invalid_option, [&] { read_csv(calls, schema); }),
              HasSubstr("persons"));
}

TEST(MadeRead, OneOfTheIdentifiersMustBeThere) {
  Schema schema = call_schema();
  schema.identifiers = {{"mail", "mail"}, {"cookie", "cookie"}};
  EXPECT_THAT(error_of(Errc::missing_column, [&] { read_csv(calls, schema); }),
              HasSubstr("none of mail, cookie"));
}

}  // namespace
}  // namespace mta

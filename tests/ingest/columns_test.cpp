#include "mta/ingest/columns.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "ingest/event_rows.hpp"
#include "mta/core/error.hpp"
#include "mta/ingest/event_rows.hpp"

namespace mta {
namespace {

using Texts = std::vector<std::string_view>;

constexpr std::int64_t noon = 1709294400;  // 2024-03-01T12:00:00Z

std::uint64_t rejected(const Events& events, RejectReason reason) {
  return events.report.rejected_by_reason[static_cast<std::size_t>(reason)];
}

/// All rows of an Events as "time event channel value", by visitor's bucket.
std::vector<std::string> rows_of(const Events& events) {
  std::vector<std::string> rows;
  for (std::size_t p = 0; p < events.parts(); ++p) {
    const EventPart& part = events.part(p);
    for (std::size_t b = 0; b < bucket_count; ++b) {
      const EventRows table(part.table(b), part.spilled());
      std::size_t conversion = 0;
      for (std::size_t row = 0; row < table.size(); ++row) {
        const EventRecord record = table.record(row);
        const EventKind kind = part.kinds()[record.kind];
        std::string text = std::to_string(record.time) + ' ' +
                           std::string(part.events.text(kind.event)) + ' ' +
                           std::string(part.channels.text(kind.channel));
        const ConversionColumns& values = table.conversions();
        if (conversion < values.row.size() && values.row[conversion] == row) {
          text += ' ' + std::to_string(values.value[conversion++].units);
        }
        rows.push_back(text);
      }
    }
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

TEST(InMemoryColumns, IntegerAndTextVisitorsOfOneNumberAreOnePerson) {
  const std::vector<std::uint64_t> numbers = {17, 18};
  const Texts texts = {"17", "18"};
  const std::vector<std::int64_t> times = {noon, noon};
  const EpochColumn seconds{times, EpochColumn::Unit::seconds};
  Events from_numbers, from_texts;
  append(from_numbers, {.visitor = numbers, .time = seconds});
  append(from_texts, {.visitor = TextColumn(texts), .time = seconds});
  for (std::size_t b = 0; b < bucket_count; ++b) {
    EXPECT_EQ(from_numbers.part(0).table(b).size(), from_texts.part(0).table(b).size()) << b;
  }
}

TEST(InMemoryColumns, EveryFormOfALabelMeansTheSame) {
  const std::vector<std::uint64_t> visitors = {1, 2, 3};
  const std::vector<std::int64_t> times = {1, 2, 3};
  const Texts texts = {"Search", "", "Email"};
  const Texts names = {"Email", "", "Search"};
  const std::vector<std::uint32_t> codes = {2, 1, 0};
  Events from_texts, from_codes;
  append(from_texts,
         {.visitor = visitors, .time = EpochColumn{times}, .channel = TextColumn(texts)});
  append(from_codes,
         {.visitor = visitors, .time = EpochColumn{times}, .channel = CodedColumn{codes, names}});
  const std::vector<std::string> expected = {"1 conversion Search 0", "2 conversion  0",
                                             "3 conversion Email 0"};
  EXPECT_EQ(rows_of(from_texts), expected);
  EXPECT_EQ(rows_of(from_codes), expected);
}

TEST(InMemoryColumns, ValuesAreExactInEveryForm) {
  const std::vector<std::uint64_t> visitors = {1};
  const std::vector<std::int64_t> times = {5};
  const std::vector<Micros> micros = {{100'000}};
  const std::vector<double> doubles = {0.1};
  const Texts texts = {"0.1"};
  for (const ValueColumn& value :
       {ValueColumn(std::span<const Micros>(micros)), ValueColumn(std::span<const double>(doubles)),
        ValueColumn(TextColumn(texts))}) {
    Events events;
    append(events, {.visitor = visitors, .time = EpochColumn{times}, .value = value});
    EXPECT_EQ(rows_of(events), std::vector<std::string>{"5 conversion  100000"});
  }
}

TEST(InMemoryColumns, ValueCountsOnlyOnEventsThatMayConvert) {
  const std::vector<std::uint64_t> visitors = {1, 1};
  const std::vector<std::int64_t> times = {1, 2};
  const Texts what = {"click", "sale"};
  const Texts values = {"no number", "3"};
  Events events;
  append(events,
         {.visitor = visitors,
          .time = EpochColumn{times},
          .event = TextColumn(what),
          .value = TextColumn(values)},
         {.conversion_events = {"sale"}});
  EXPECT_EQ(rows_of(events), (std::vector<std::string>{"1 click ", "2 sale  3000000"}));
}

TEST(InMemoryColumns, BadRowsAreCountedByReason) {
  const Texts visitors = {"", " \t", "\xff", "a", "a", "a", "a", "a"};
  const std::int64_t far = std::numeric_limits<std::int64_t>::max();
  const std::vector<std::int64_t> times = {1, 1, 1, far, 1, 1, 1, 1};
  const Texts channel = {"x", "x", "x", "x", "\xc0\xaf", "x", "x", " "};
  const double inf = std::numeric_limits<double>::infinity();
  const std::vector<double> value = {1, 1, 1, 1, 1, inf, 1e300, 2};
  Events events;
  append(events, {.visitor = TextColumn(visitors),
                  .time = EpochColumn{times},
                  .channel = TextColumn(channel),
                  .value = std::span<const double>(value)});
  EXPECT_EQ(rejected(events, RejectReason::empty_visitor), 2u);
  EXPECT_EQ(rejected(events, RejectReason::invalid_utf8), 2u);
  EXPECT_EQ(rejected(events, RejectReason::invalid_time), 1u);
  EXPECT_EQ(rejected(events, RejectReason::value_not_finite), 1u);
  EXPECT_EQ(rejected(events, RejectReason::value_overflow), 1u);
  EXPECT_EQ(events.report.rows, 8u);
  EXPECT_EQ(events.report.events, 1u);
  EXPECT_EQ(rows_of(events), std::vector<std::string>{"1 conversion  2000000"})
      << "a channel of blanks is no channel, as in files";
  EXPECT_EQ(events.report.examples.at(3).line, 4u);
}

TEST(InMemoryColumns, BadRequestsAreErrors) {
  const std::vector<std::uint64_t> visitors = {1, 2};
  const std::vector<std::int64_t> one = {1}, two = {1, 2};
  const Texts names = {"x"};
  const std::vector<std::uint32_t> codes = {0, 1};
  Events events;
  EXPECT_THROW(append(events, {.visitor = visitors, .time = EpochColumn{one}}), Error);
  EXPECT_THROW(
      append(events,
             {.visitor = visitors, .time = EpochColumn{two}, .channel = CodedColumn{codes, names}}),
      Error);
  EXPECT_THROW(
      append(events,
             {.visitor = visitors, .time = EpochColumn{two}, .dimensions = {LabelColumn{}}}),
      Error);
}

TEST(InMemoryColumns, AreAppendedAllOrNotAtAll) {
  constexpr std::size_t rows = 600'000;  // three pieces of work
  std::vector<std::uint64_t> visitors(rows);
  std::iota(visitors.begin(), visitors.end(), 0);
  const std::vector<std::int64_t> times(rows, 1);
  std::vector<std::uint32_t> codes(rows, 0);
  const Texts names = {"x"};
  const Columns columns{
      .visitor = visitors, .time = EpochColumn{times}, .channel = CodedColumn{codes, names}};
  const std::vector<std::uint64_t> one = {7};
  const std::vector<std::int64_t> second = {2};
  for (const std::size_t threads : {1u, 2u}) {
    Events events;
    append(events, {.visitor = one, .time = EpochColumn{second}});
    codes[5] = 1;
    codes[rows - 1] = 9;
    EXPECT_EQ(test::error_of(Errc::invalid_option,
                             [&] { append(events, columns, {}, {.threads = threads}); }),
              "column channel: a code must be below 1, the number of names, got 9");
    codes[5] = 0;
    EXPECT_EQ(test::error_of(Errc::invalid_option,
                             [&] { append(events, columns, {}, {.threads = threads}); }),
              "column channel: a code must be below 1, the number of names, got 9");
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THROW(append(events, columns, {}, {.threads = threads, .stop = stop.get_token()}),
                 Error);
    EXPECT_EQ(events.size(), 1u);
    EXPECT_EQ(events.report.rows, 1u);
    codes[rows - 1] = 0;
    append(events, columns, {}, {.threads = threads});
    EXPECT_EQ(events.size(), rows + 1);
    EXPECT_EQ(events.report.rows, rows + 1);
  }
}

}  // namespace
}  // namespace mta

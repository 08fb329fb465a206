#include "mta/identity/stitch.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "mta/core/error.hpp"
#include "mta/identity/person_changes.hpp"
#include "mta/ingest/columns.hpp"
#include "mta/ingest/event_rows.hpp"
#include "mta/ingest/reader.hpp"
#include "mta/pipeline/run.hpp"
#include "mta/report/report.hpp"
#include "support/result_view.hpp"

namespace mta {
namespace {

Schema schema() {
  Schema columns;
  columns.dimensions = {{"campaign", "campaign"}, {"page", "page"}};
  columns.conversion_ids = {"order"};
  columns.conversion_events = {"sale"};
  return columns;
}

const std::string header = "visitor,time,event,channel,value,campaign,page,order\n";

void add_csv(Events& events, const std::string& rows, std::size_t block = 4'096,
             std::size_t threads = 1) {
  const std::string csv = header + rows;
  read(events, Source::memory("events.csv", csv, SourceFormat::csv), schema(),
       {.threads = threads, .block = block});
}

/// All that a row carries, as text.
std::string row_text(const Events& events, std::size_t bucket, const EventSlice& slice,
                     std::size_t row) {
  const EventPart& part = events.part(slice.part);
  const EventRows table(part.table(bucket), part.spilled());
  const auto [page, at] = table.place(row);
  const EventRecord record = page.record(at);
  const EventKind kind = part.kinds()[record.kind];
  std::string text = std::to_string(record.time) + ' ' + std::string(part.events.text(kind.event)) +
                     ' ' + std::string(part.channels.text(kind.channel));
  for (std::size_t d = 0; d < part.dimensions.size(); ++d) {
    text += ' ' + std::string(part.dimensions[d].text(page.dimension(d, at)));
  }
  const ConversionColumns& conversions = table.conversions();
  const auto found = std::lower_bound(conversions.row.begin(), conversions.row.end(), row);
  if (found == conversions.row.end() || *found != row) return text;
  const auto i = static_cast<std::size_t>(found - conversions.row.begin());
  return text + " = " + format_micros(conversions.value[i]) + " #" +
         std::to_string(conversions.ids.at(i).high);
}

using RowsOfPerson = std::map<PersonKey, std::vector<std::string>>;

/// The rows of every person in order of input; asserts that they stand in the person's bucket.
RowsOfPerson rows_of(const Events& events) {
  RowsOfPerson rows;
  for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
    for (const EventSlice& slice : events.slices(bucket)) {
      const EventRows table(events.part(slice.part).table(bucket),
                            events.part(slice.part).spilled());
      for (std::size_t row = slice.first_row; row < slice.first_row + slice.rows; ++row) {
        const auto [page, at] = table.place(row);
        const PersonKey key = page.key(at);
        EXPECT_EQ(bucket_of(key), bucket);
        rows[key].push_back(row_text(events, bucket, slice, row));
      }
    }
  }
  return rows;
}

std::string sale_text(const std::string& time, const std::string& value, const std::string& order) {
  return time + " sale shop s t = " + value + " #" + std::to_string(hash128(order).high);
}

TEST(Stitch, MovesAPersonsEventsUnderTheSmallestKey) {
  Events events(layout_of(schema()));
  add_csv(events,
          "cookie,1,click,search,,spring,/a,\n"
          "phone,2,call,phone,,,,\n"
          "other,3,click,mail,,news,/b,\n"
          "login,4,sale,shop,12.5,s,t,o1\n");
  Links links;
  links.add("phone", "cookie");
  links.add("login", "phone");
  const PersonKey person =
      std::min({person_key("cookie"), person_key("phone"), person_key("login")});
  const Events stitched = stitch(std::move(events), PersonMap(links));
  EXPECT_EQ(stitched.size(), 4U);
  EXPECT_EQ(stitched.report.rows, 4U);
  RowsOfPerson rows = rows_of(stitched);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[person_key("other")], (std::vector<std::string>{"3000000 click mail news /b"}));
  EXPECT_THAT(rows[person], testing::UnorderedElementsAre("1000000 click search spring /a",
                                                          "2000000 call phone  ",
                                                          sale_text("4000000", "12.500000", "o1")));
}

/// 3,000 rows of 300 visitors: enough for several pages and pieces of a table.
std::string many_rows() {
  std::ostringstream rows;
  for (int i = 0; i < 3'000; ++i) {
    rows << 'v' << i * 37 % 300 << ',' << 1'000 + i / 50 << ',';
    if (i % 7 == 0) {
      rows << "sale,c" << i % 5 << ',' << i << ",k" << i % 11 << ",p" << i << ",o" << i << '\n';
    } else {
      rows << "click,c" << i % 5 << ",,k" << i % 11 << ",p" << i << ",\n";
    }
  }
  return rows.str();
}

/// Visitors 0 to 99 make 10 persons.
std::vector<std::pair<std::string, std::string>> pairs() {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (int i = 10; i < 100; ++i) {
    const auto visitor = [](int n) { return std::string(1, 'v') += std::to_string(n); };
    pairs.emplace_back(visitor(i), visitor(i - 10));
  }
  return pairs;
}

PersonMap persons_of(const std::vector<std::pair<std::string, std::string>>& pairs) {
  Links links;
  for (const auto& [a, b] : pairs) links.add(a, b);
  return PersonMap(links);
}

TEST(Stitch, KeepsEveryRowAndAllThatItCarries) {
  Events before(layout_of(schema())), after(layout_of(schema()));
  add_csv(before, many_rows());
  add_csv(after, many_rows(), 500, 3);
  const PersonMap persons = persons_of(pairs());
  after = stitch(std::move(after), persons);
  EXPECT_EQ(after.size(), 3'000U);
  RowsOfPerson expected;
  for (const auto& [key, rows] : rows_of(before)) {
    auto& all = expected[persons.person(key)];
    all.insert(all.end(), rows.begin(), rows.end());
  }
  RowsOfPerson found = rows_of(after);
  EXPECT_EQ(found.size(), 210U);
  for (auto* rows : {&expected, &found}) {
    for (auto& [key, texts] : *rows) std::sort(texts.begin(), texts.end());
  }
  EXPECT_EQ(found, expected);
}

TEST(Stitch, KeepsTheOrderOfInputOfEveryIdentifier) {
  Events before(layout_of(schema())), after(layout_of(schema()));
  add_csv(before, many_rows());
  add_csv(after, many_rows(), 500, 3);
  const PersonMap persons = persons_of(pairs());
  const RowsOfPerson stitched = rows_of(stitch(std::move(after), persons));
  for (const auto& [key, rows] : rows_of(before)) {
    const std::set<std::string> own(rows.begin(), rows.end());  // pages make every row distinct
    std::vector<std::string> kept;
    for (const std::string& row : stitched.at(persons.person(key))) {
      if (own.contains(row)) kept.push_back(row);
    }
    EXPECT_EQ(kept, rows);
  }
}

TEST(Stitch, DependsNeitherOnBlocksNorThreadsNorTheOrderOfLinks) {
  Events whole(layout_of(schema()));
  add_csv(whole, many_rows(), 1 << 20);
  const RowsOfPerson expected = rows_of(stitch(std::move(whole), persons_of(pairs())));
  auto reversed = pairs();
  std::reverse(reversed.begin(), reversed.end());
  for (const std::size_t threads : {std::size_t{1}, std::size_t{4}}) {
    Events events(layout_of(schema()));
    add_csv(events, many_rows(), 300, threads);
    EXPECT_EQ(rows_of(stitch(std::move(events), persons_of(reversed))), expected);
  }
}

TEST(Stitch, LaterSourcesStayLater) {
  Events events(layout_of(schema()));
  for (const std::string file : {"1", "2", "3"}) {
    for (const std::string visitor : {"a", "b", "c"}) {
      Events more(layout_of(schema()));
      add_csv(more, visitor + ",7,click,x,,," + file + visitor + ",\n");
      events.merge(std::move(more));
    }
  }
  const PersonMap persons = persons_of({{"a", "b"}, {"b", "c"}});
  Events once = stitch(std::move(events), persons);
  const std::vector<std::string> expected{
      "7000000 click x  1a", "7000000 click x  1b", "7000000 click x  1c",
      "7000000 click x  2a", "7000000 click x  2b", "7000000 click x  2c",
      "7000000 click x  3a", "7000000 click x  3b", "7000000 click x  3c"};
  EXPECT_EQ(rows_of(once).begin()->second, expected);
  EXPECT_EQ(rows_of(stitch(std::move(once), persons)).begin()->second, expected);  // again: as is
}

TEST(Stitch, WithoutLinksOrEventsChangesNothing) {
  Events events(layout_of(schema())), same(layout_of(schema()));
  add_csv(events, many_rows());
  add_csv(same, many_rows());
  EXPECT_EQ(rows_of(stitch(std::move(events), PersonMap())), rows_of(same));
  EXPECT_EQ(stitch(Events(layout_of(schema())), persons_of(pairs())).size(), 0U);
}

TEST(Stitch, AfterAMergeMovesStitchedEventsToWhereTheyBelong) {
  Events once(layout_of(schema())), twice(layout_of(schema()));
  add_csv(once, many_rows());
  add_csv(twice, many_rows());
  auto more = pairs();
  const PersonMap before = persons_of(more);
  more.emplace_back("v3", "v200");
  more.emplace_back("v4", "v15");
  const PersonMap after = persons_of(more);
  const PersonMoves moves = person_moves(person_changes(before, after));
  EXPECT_TRUE(moves.split.empty());
  RowsOfPerson expected = rows_of(stitch(std::move(once), after));
  RowsOfPerson found = rows_of(stitch(stitch(std::move(twice), before), moves.merged));
  for (auto* rows : {&expected, &found}) {
    for (auto& [key, texts] : *rows) std::sort(texts.begin(), texts.end());
  }
  EXPECT_EQ(found, expected);
}

/// 30,000 rows of 6,000 visitors, whose order and conversions can be told.
std::string rows_of_many() {
  std::ostringstream rows;
  for (int i = 0; i < 30'000; ++i) {
    rows << 'v' << static_cast<std::int64_t>(i) * 7'919 % 6'000 << ',' << 1'000 + i / 50 << ',';
    if (i % 5 == 0) {
      rows << "sale,c" << i % 7 << ',' << i << ",k" << i % 11 << ",p" << i << ",o" << i << '\n';
    } else {
      rows << "click,c" << i % 7 << ",,k" << i % 11 << ",p" << i << ",\n";
    }
  }
  return rows.str();
}

PersonMap pair_of(int a, int b) {
  return persons_of({{'v' + std::to_string(a), 'v' + std::to_string(b)}});
}

std::vector<const std::byte*> page_places(const Events& events) {
  std::vector<const std::byte*> places;
  for (std::size_t p = 0; p < events.parts(); ++p) {
    for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
      const auto pages = events.part(p).table(bucket).pages();
      places.insert(places.end(), pages.begin(), pages.end());
    }
  }
  std::sort(places.begin(), places.end());
  return places;
}

TEST(Stitch, AFewPersonsLeaveAllOtherPagesWhereTheyAre) {
  Events events(layout_of(schema()));
  add_csv(events, rows_of_many(), 1 << 20);
  const auto before = page_places(events);
  // 5 rows move, from at most 5 pages to at most one: 2 pages more may be new, and no others go.
  const Events stitched = stitch(std::move(events), pair_of(17, 42));
  const auto after = page_places(stitched);
  std::vector<const std::byte*> same;
  std::set_intersection(before.begin(), before.end(), after.begin(), after.end(),
                        std::back_inserter(same));
  EXPECT_GE(same.size(), before.size() - 5);
  EXPECT_LT(same.size(), before.size());
  EXPECT_EQ(stitched.size(), 30'000U);
}

// Events that may be on disk are always written anew as a whole: the other way to the same rows.
TEST(Stitch, PageByPageIsAsWritingAllAnew) {
  for (const std::size_t threads : {std::size_t{1}, std::size_t{3}}) {
    Events pages(layout_of(schema())), whole(layout_of(schema()), {.memory = 64 << 20});
    for (Events* events : {&pages, &whole}) {
      add_csv(*events, rows_of_many(), 60'000, threads);
      add_csv(*events, many_rows(), 5'000, threads);  // another source of the same visitors
    }
    for (int i = 0; i < 12; ++i) {
      // The third and the last join persons that were joined before.
      const PersonMap persons = pair_of(i % 3 == 2 ? i - 2 : i, 100 + i);
      pages = stitch(std::move(pages), persons);
      whole = stitch(std::move(whole), persons);
      ASSERT_EQ(rows_of(pages), rows_of(whole)) << i;
    }
  }
}

TEST(Stitch, RoomThatWasLostIsWonBack) {
  Events events(layout_of(schema()));
  add_csv(events, rows_of_many());
  const std::size_t bytes = events.bytes();
  for (int i = 0; i < 600; ++i) events = stitch(std::move(events), pair_of(i, 3'000 + i));
  EXPECT_EQ(events.size(), 30'000U);
  EXPECT_LT(events.bytes(), bytes * 5 / 2);
}

// Through a run: a paid click on one cookie, a call, and a sale under a login.

const std::string journey =
    "visitor,time,event,channel,value\n"
    "cookie,2024-03-01,click,search,\n"
    "phone,2024-03-03,call,phone,\n"
    "login,2024-03-05,sale,,90\n"
    "stranger,2024-03-02,click,mail,\n";

std::string answer(const std::vector<Links>& links) {
  Run run(parse_spec(R"({"goals": [{"name": "sale"}], "models": [{"model": "linear"}]})"));
  Events events(run.layout());
  read(events, Source::memory("events.csv", journey, SourceFormat::csv), run.schema());
  if (!links.empty()) run.link(links.front());
  run.add(std::move(events));
  for (std::size_t i = 1; i < links.size(); ++i) run.link(links[i]);
  return to_csv(run.finish());
}

TEST(StitchedRun, CreditsTheTouchesOfAllIdentifiers) {
  Links cookie_phone, phone_login;
  cookie_phone.add("cookie", "phone");
  phone_login.add("phone", "login");
  EXPECT_THAT(answer({}), testing::HasSubstr("(unattributed),1.000000,90.000000"));
  const std::string stitched = answer({cookie_phone, phone_login});
  EXPECT_THAT(stitched, testing::HasSubstr("phone,0.500000,45.000000"));
  EXPECT_THAT(stitched, testing::HasSubstr("search,0.500000,45.000000"));
  EXPECT_THAT(stitched, testing::HasSubstr("mail,0.000000,0.000000"));
  EXPECT_THAT(stitched, testing::Not(testing::HasSubstr("unattributed")));
  EXPECT_EQ(answer({phone_login, cookie_phone}), stitched);
}

TEST(StitchedRun, PathTablesHaveNoPersons) {
  Links links;
  links.add("a", "b");
  mta::Run paths({}), linked({});
  paths.add(PathTable{});
  EXPECT_THROW(paths.link(links), Error);
  linked.link(links);
  EXPECT_THROW(linked.add(PathTable{}), Error);
}

}  // namespace
}  // namespace mta

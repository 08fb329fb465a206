#include "mta/journeys/bucket_events.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "ingest/event_writer.hpp"
#include "ingest/kind_cache.hpp"
#include "support/plain_input.hpp"
#include "support/random_events.hpp"

namespace mta::test {
namespace {

const EventLayout& layout() {
  static const EventLayout layout{{"campaign"}, {order_id}};
  return layout;
}

std::size_t bucket_of_visitor(const std::string& visitor) { return bucket_of(person_key(visitor)); }

/// Visitors that share a bucket.
std::vector<std::string> neighbours(std::size_t count, std::size_t bucket = 7) {
  std::vector<std::string> found;
  for (std::size_t i = 0; found.size() < count; ++i) {
    const std::string visitor = std::string("visitor").append(std::to_string(i));
    if (bucket_of_visitor(visitor) == bucket) found.push_back(visitor);
  }
  return found;
}

PlainEvent click(const std::string& visitor, std::int64_t time, const std::string& channel) {
  PlainEvent event;
  event.visitor = visitor;
  event.time = time;
  event.event = "click";
  event.channel = channel;
  return event;
}

/// A person's events as rows of the bucket.
std::map<std::string, std::vector<std::uint32_t>> rows_of_persons(
    const BucketEvents& bucket, const std::vector<std::string>& visitors) {
  std::map<std::string, std::vector<std::uint32_t>> rows;
  for (std::size_t p = 0; p < bucket.persons(); ++p) {
    for (const std::string& visitor : visitors) {
      if (person_key(visitor) != bucket.person(p)) continue;
      for (const BucketEvent& event : bucket.events_of(p)) rows[visitor].push_back(event.row);
    }
  }
  return rows;
}

TEST(BucketEvents, GroupsByPersonAndOrdersByTimeThenInput) {
  const auto who = neighbours(2);
  const std::vector<PlainEvent> plain = {click(who[0], 30, "a"), click(who[1], 5, "b"),
                                         click(who[0], 10, "c"), click(who[0], 30, "d"),
                                         click(who[1], -5, "e"), click(who[0], 10, "f")};
  const Events events = events_of(plain, layout());
  const Vocabulary vocabulary(events);
  BucketEvents bucket(events, vocabulary);
  bucket.load(7);
  EXPECT_EQ(bucket.bucket(), 7u);
  EXPECT_EQ(bucket.size(), 6u);
  ASSERT_EQ(bucket.persons(), 2u);
  const std::map<std::string, std::vector<std::uint32_t>> expected = {{who[0], {2, 5, 0, 3}},
                                                                      {who[1], {4, 1}}};
  EXPECT_EQ(rows_of_persons(bucket, who), expected);
}

TEST(BucketEvents, RowsCountThroughPartsInOrderOfInput) {
  const auto who = neighbours(1);
  Events events(layout());
  append_plain(events, std::vector<PlainEvent>{click(who[0], 3, "a"), click(who[0], 2, "b")});
  append_plain(events, std::vector<PlainEvent>{click(who[0], 2, "c"), click(who[0], 1, "a")});
  const Vocabulary vocabulary(events);
  BucketEvents bucket(events, vocabulary);
  bucket.load(7);
  std::vector<std::string> channels;
  for (const BucketEvent& event : bucket.events_of(0)) {
    const Vocabulary::Kind kind = vocabulary.kinds()[event.kind];
    channels.push_back(std::to_string(event.row) +
                       std::string(vocabulary.channels()[kind.channel - 1]));
  }
  EXPECT_EQ(channels, (std::vector<std::string>{"3a", "1b", "2c", "0a"}));
}

TEST(BucketEvents, KnowsWhatRowsCarry) {
  const auto who = neighbours(1);
  auto plain =
      plain_events("x 1d click a campaign=spring\n x 2d buy - 20 order=o1\n x 3d buy - -5");
  for (PlainEvent& event : plain) event.visitor = who[0];
  Events events(layout());
  Schema schema;
  schema.conversion_events = {"buy"};
  plain[0].value = 99'000'000;  // no conversion: not read
  append_plain(events, plain, schema);
  const Vocabulary vocabulary(events);
  BucketEvents bucket(events, vocabulary);
  bucket.load(7);
  bucket.index_event_names();
  EXPECT_EQ(vocabulary.events()[bucket.event_name(0)], "click");
  EXPECT_EQ(vocabulary.events()[bucket.event_name(2)], "buy");
  ASSERT_EQ(bucket.dimensions(), 1u);
  EXPECT_EQ(vocabulary.dimension(0)[bucket.dimension(0, 0)], "spring");
  EXPECT_EQ(vocabulary.dimension(0)[bucket.dimension(0, 1)], "");
  EXPECT_EQ(bucket.value(0), Micros{0});
  EXPECT_EQ(bucket.value(1), Micros{20'000'000});
  EXPECT_EQ(bucket.value(2), Micros{-5'000'000});
  EXPECT_EQ(bucket.conversion_id(0, 0), Hash128{});
  EXPECT_EQ(bucket.conversion_id(0, 1), hash128("o1"));
  EXPECT_EQ(bucket.conversion_id(0, 2), Hash128{});
}

TEST(BucketEvents, ComparesRowsByDimensionsAndByWhatConversionsCarry) {
  const auto who = neighbours(1);
  auto plain = plain_events(
      "x 1d buy - 9 campaign=a\n x 1d buy - 1 campaign=b\n x 1d buy - 2 campaign=b\n"
      "x 1d buy - 2 campaign=b order=o1\n x 1d buy - 2 campaign=c order=o1");
  for (PlainEvent& event : plain) event.visitor = who[0];
  const Events events = events_of(plain, layout());
  const Vocabulary vocabulary(events);
  BucketEvents bucket(events, vocabulary);
  bucket.load(7);
  EXPECT_TRUE(bucket.compare_dimensions(0, 1) < 0);
  EXPECT_TRUE(bucket.compare_dimensions(1, 2) == 0);
  EXPECT_TRUE(bucket.compare_dimensions(4, 3) > 0);
  EXPECT_TRUE(bucket.compare_conversions(0, 1) > 0);
  EXPECT_TRUE(bucket.compare_conversions(1, 2) < 0);
  EXPECT_TRUE(bucket.compare_conversions(2, 3) < 0);  // no id is before any
  EXPECT_TRUE(bucket.compare_conversions(3, 4) == 0);
}

TEST(BucketEvents, HoldsManyPersonsAndForgetsThemWithTheNextBucket) {
  const auto crowd = neighbours(500);
  const auto others = neighbours(3, 8);
  std::vector<PlainEvent> plain;
  for (const std::string& visitor : crowd) {
    plain.push_back(click(visitor, 2, "a"));
    plain.push_back(click(visitor, 1, "b"));
  }
  for (const std::string& visitor : others) plain.push_back(click(visitor, 1, "a"));
  const Events events = events_of(plain, layout());
  const Vocabulary vocabulary(events);
  BucketEvents bucket(events, vocabulary);
  bucket.load(7);
  EXPECT_EQ(bucket.persons(), 500u);
  for (std::size_t p = 0; p < bucket.persons(); ++p) {
    ASSERT_EQ(bucket.events_of(p).size(), 2u);
    EXPECT_LT(bucket.events_of(p)[0].time, bucket.events_of(p)[1].time);
  }
  bucket.load(8);
  EXPECT_EQ(bucket.persons(), 3u);
  EXPECT_EQ(bucket.size(), 3u);
  bucket.load(9);
  EXPECT_EQ(bucket.persons(), 0u);
  EXPECT_EQ(bucket.size(), 0u);
}

// The table of keys begins with a million slots at most.
TEST(BucketEvents, HoldsMorePersonsThanItsTableHasSlotsForAtFirst) {
  constexpr std::uint32_t persons = 1'100'000;
  const auto key = [](std::uint32_t i) {
    return PersonKey{std::uint64_t{7} << 56 | (std::uint64_t{i} * 0x9e37'79b9 >> 8), i};
  };
  Events events(EventLayout{});
  EventPart& part = events.add_part();
  const std::uint32_t kind =
      KindCache(part).code({part.events.intern("click"), part.channels.intern("a")});
  EventWriter writer(part);
  writer.begin_piece(0);
  for (std::int64_t round = 0; round < 2; ++round) {
    for (std::uint32_t i = 0; i < persons; ++i) {
      writer.append({key(i).high, key(i).low, kind, round * persons + i}, {});
    }
  }
  writer.finish();
  const Vocabulary vocabulary(events);
  BucketEvents bucket(events, vocabulary);
  bucket.load(7);
  ASSERT_EQ(bucket.persons(), persons);
  std::vector<bool> is_seen(persons);
  for (std::size_t p = 0; p < persons; ++p) {
    const std::uint32_t i = bucket.person(p).low;
    ASSERT_LT(i, persons);
    ASSERT_EQ(bucket.person(p), key(i));
    ASSERT_FALSE(is_seen[i]);
    is_seen[i] = true;
    ASSERT_EQ(bucket.events_of(p).size(), 2u);
    ASSERT_EQ(bucket.events_of(p)[0], (BucketEvent{i, 0, i}));
    ASSERT_EQ(bucket.events_of(p)[1], (BucketEvent{std::int64_t{persons} + i, 0, persons + i}));
  }
}

TEST(BucketEvents, EveryEventIsInItsPersonsBucketOnce) {
  RandomEvents random(5);
  const auto plain = random.events(2'000, 300);
  const Events events = events_of(plain, EventLayout{RandomEvents::dimensions, {order_id}});
  const Vocabulary vocabulary(events);
  BucketEvents bucket(events, vocabulary);
  std::size_t seen = 0;
  std::set<PersonKey> persons;
  for (std::size_t b = 0; b < bucket_count; ++b) {
    bucket.load(b);
    for (std::size_t p = 0; p < bucket.persons(); ++p) {
      EXPECT_TRUE(persons.insert(bucket.person(p)).second);
      EXPECT_EQ(bucket_of(bucket.person(p)), b);
      seen += bucket.events_of(p).size();
    }
  }
  EXPECT_EQ(seen, plain.size());
}

}  // namespace
}  // namespace mta::test

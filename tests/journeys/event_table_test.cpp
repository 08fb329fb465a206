// The tables that journeys are read from, written and read back: in memory and from a spill file.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <array>
#include <csignal>
#include <limits>
#include <random>

#include "ingest/event_writer.hpp"
#include "ingest/spill_file.hpp"
#include "mta/core/error.hpp"
#include "mta/ingest/event_rows.hpp"

namespace mta::test {
namespace {

constexpr std::int64_t earliest_time = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t latest_time = std::numeric_limits<std::int64_t>::max();

EventLayout layout_of(std::size_t dimensions, std::size_t ids = 0) {
  EventLayout layout;
  for (std::size_t d = 0; d < dimensions; ++d) layout.dimensions.push_back("d" + std::to_string(d));
  for (std::size_t i = 0; i < ids; ++i) layout.conversion_ids.push_back("i" + std::to_string(i));
  return layout;
}

/// Rows whose times and kinds are up to so large, spread over some buckets.
std::vector<EventRecord> random_records(std::size_t count, std::int64_t first, std::int64_t last,
                                        std::uint32_t kinds) {
  std::mt19937_64 random(count + kinds);
  std::uniform_int_distribution<std::int64_t> time(first, last);
  std::uniform_int_distribution<std::uint32_t> kind(0, kinds);
  std::vector<EventRecord> records;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t high = (random() % 5 * 51) << 56 | random() >> 8;
    records.push_back({high, static_cast<std::uint32_t>(random()), kind(random), time(random)});
  }
  return records;
}

/// What was written, by bucket, in order of writing.
struct Expected {
  std::array<std::vector<EventRecord>, bucket_count> records;
  std::array<std::vector<std::uint32_t>, bucket_count> first_code;
};

Expected write(EventPart& part, const std::vector<EventRecord>& records) {
  Expected expected;
  EventWriter writer(part);
  writer.begin_piece(0);
  std::vector<std::uint32_t> codes(part.dimensions.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    for (std::size_t d = 0; d < codes.size(); ++d) codes[d] = static_cast<std::uint32_t>(i * 3 + d);
    writer.append(records[i], codes);
    const std::size_t bucket = records[i].key_high >> 56;
    expected.records[bucket].push_back(records[i]);
    expected.first_code[bucket].push_back(static_cast<std::uint32_t>(i * 3));
  }
  writer.finish();
  return expected;
}

void expect_rows(const EventPart& part, const Expected& expected) {
  EventRows rows;
  for (std::size_t bucket = 0; bucket < bucket_count; ++bucket) {
    rows.load(part.table(bucket), part.spilled());
    ASSERT_EQ(rows.size(), expected.records[bucket].size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const auto [page, at] = rows.place(row);
      ASSERT_EQ(page.record(at), expected.records[bucket][row]) << bucket << ' ' << row;
      for (std::size_t d = 0; d < part.dimensions.size(); ++d) {
        ASSERT_EQ(page.dimension(d, at), expected.first_code[bucket][row] + d);
      }
    }
  }
}

TEST(EventTable, GivesBackEveryRowWhateverItsWidths) {
  struct Range {
    std::int64_t first, last;
    std::uint32_t kinds;
  };
  for (const Range& range :
       {Range{0, 0, 0}, Range{0, 255, 255}, Range{-256, 256, 256}, Range{0, 1LL << 40, 65'535},
        Range{-5, 1LL << 47, 65'536}, Range{earliest_time, latest_time, 0xffff'ffff}}) {
    for (const std::size_t dimensions : {0u, 1u, 3u}) {
      for (const std::size_t rows : {0u, 1u, 127u, 128u, 129u, 5'000u}) {
        Events events(layout_of(dimensions));
        EventPart& part = events.add_part();
        expect_rows(part, write(part, random_records(rows, range.first, range.last, range.kinds)));
        EXPECT_EQ(events.size(), rows);
      }
    }
  }
}

TEST(EventTable, ComesBackFromTheSpillFile) {
  for (const std::size_t dimensions : {0u, 2u}) {
    Events events(layout_of(dimensions));
    EventPart& part = events.add_part();
    const auto records = random_records(10'000, 0, 1LL << 43, 40);
    const std::size_t half = 4'444;
    EventWriter writer(part);
    writer.begin_piece(0);
    std::vector<std::uint32_t> codes(dimensions);
    Expected expected;
    for (std::size_t i = 0; i < records.size(); ++i) {
      if (i == half || i == 2 * half) part.spill();  // rows of open pages stay
      for (std::size_t d = 0; d < dimensions; ++d) codes[d] = static_cast<std::uint32_t>(i + d);
      writer.append(records[i], codes);
      const std::size_t bucket = records[i].key_high >> 56;
      expected.records[bucket].push_back(records[i]);
      expected.first_code[bucket].push_back(static_cast<std::uint32_t>(i));
    }
    writer.finish();
    EXPECT_EQ(part.table(51).extents().size(), 2u);
    EXPECT_GT(part.spilled()->size(), 8'000u * 16);
    expect_rows(part, expected);
    part.spill();
    EXPECT_TRUE(part.table(51).pages().empty());
    expect_rows(part, expected);
  }
}

TEST(EventTable, KeepsWhatConversionsCarryOutOfLine) {
  for (const bool spill : {false, true}) {
    Events events(layout_of(0, 2));
    EventPart& part = events.add_part();
    EventWriter writer(part);
    writer.begin_piece(0);
    const PersonKey key{std::uint64_t{7} << 56, 1};
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < 300; ++row) {
      writer.append({key.high, key.low, 0, row}, {});
      if (row % 127 != 0) continue;  // 127: the row that fills a page, and one in the next
      const std::array<Hash128, 2> ids = {Hash128{row, 2}, Hash128{3, row}};
      writer.append_conversion(key, Micros{-5 - std::int64_t{row}}, ids);
      rows.push_back(row);
      if (spill && row == 127) part.spill();
    }
    writer.finish();
    const EventRows table(part.table(7), part.spilled());
    EXPECT_EQ(table.conversions().row, rows);
    EXPECT_EQ(table.conversions().value,
              (std::vector<Micros>{Micros{-5}, Micros{-132}, Micros{-259}}));
    EXPECT_EQ(table.conversions().ids,
              (std::vector<Hash128>{{0, 2}, {3, 0}, {127, 2}, {3, 127}, {254, 2}, {3, 254}}));
  }
}

TEST(EventTable, TakesSeventeenBytesARowOfALog) {
  Events events;
  EventPart& part = events.add_part();
  EventWriter writer(part);
  writer.begin_piece(0);
  std::mt19937_64 random(1);
  const std::size_t rows = 2'000'000;
  for (std::size_t i = 0; i < rows; ++i) {  // one a second, as a log has them
    writer.append({random(), 1, static_cast<std::uint32_t>(i % 60),
                   std::int64_t{1'000'000} * static_cast<std::int64_t>(i)},
                  {});
  }
  writer.finish();
  EXPECT_LE(events.bytes(), rows * 18 + (std::size_t{4} << 20));
  EXPECT_GE(events.bytes(), rows * 17);
}

TEST(EventTable, PiecesBeginWhereTheirFirstRowIs) {
  Events events;
  EventPart& part = events.add_part();
  EventWriter writer(part);
  writer.begin_piece(3);
  writer.begin_piece(5);  // the one before left nothing here
  writer.append({0, 0, 0, 0}, {});
  writer.append({1, 0, 0, 0}, {});
  writer.begin_piece(9);
  writer.append({2, 0, 0, 0}, {});
  writer.finish();
  part.shift_pieces(100);
  const auto pieces = part.table(0).pieces();
  ASSERT_EQ(pieces.size(), 2u);
  EXPECT_EQ(pieces[0].sequence, 105u);
  EXPECT_EQ(pieces[0].first_row, 0u);
  EXPECT_EQ(pieces[1].sequence, 109u);
  EXPECT_EQ(pieces[1].first_row, 2u);
}

TEST(EventStorage, EventsBeyondTheMemoryGoToDiskAndComeBack) {
  const auto records = random_records(2'000'000, 0, 1LL << 43, 40);
  Events events(layout_of(0), {.memory = std::size_t{16} << 20});
  EventPart& part = events.add_part();
  const Expected expected = write(part, records);
  EXPECT_GT(part.spilled()->size(), std::uint64_t{10} << 20);
  EXPECT_LT(events.bytes(), std::size_t{20} << 20);
  expect_rows(part, expected);
}

TEST(EventStorage, AnEarlierWritersRowsMakeRoomForTheNext) {
  Events events(layout_of(0), {.memory = std::size_t{16} << 20});
  const auto records = random_records(700'000, 0, 1LL << 43, 40);
  std::vector<Expected> expected;
  for (int i = 0; i < 3; ++i) expected.push_back(write(events.add_part(), records));
  EXPECT_GT(events.part(0).spilled()->size(), 0u);
  for (std::size_t i = 0; i < 3; ++i) expect_rows(events.part(i), expected[i]);
}

TEST(EventStorage, ErrorsSayWhatIsWrong) {
  EXPECT_THROW(Events({}, {.memory = 1'000}), Error);
  Events events(layout_of(0), {.spill_directory = "/nowhere/at/all"});
  EventPart& part = events.add_part();
  (void)write(part, random_records(1'000, 0, 5, 5));
  try {
    part.spill();
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::write_failed);
    EXPECT_NE(std::string(error.what()).find("/nowhere/at/all"), std::string::npos);
  }
}

TEST(SpillFile, ChangedBytesAreFound) {
  SpillFile file{""};
  const std::vector<std::byte> bytes(100, std::byte{7});
  const SpillFile::Written written = file.write(bytes);
  std::vector<std::byte> back(100);
  file.read(back, written.offset, written.checksum);
  EXPECT_EQ(back, bytes);
  EXPECT_THROW(file.read(back, written.offset, written.checksum + 1), Error);
  EXPECT_THROW(file.read(back, written.offset + 1, written.checksum), Error);  // ends early
}

/// Files may not grow beyond so many bytes while it lives: a disk that is full.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limited{bytes, before_.rlim_max};
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limited);
  }
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST(SpillFile, AFullDiskIsAnErrorThatSaysSo) {
  SpillFile file{""};
  const std::vector<std::byte> bytes(1'000'000);
  std::string said;
  {
    const FullDisk disk(1 << 16);  // some of it still fits
    try {
      (void)file.write(bytes);
    } catch (const Error& error) {
      said = error.code() == Errc::write_failed ? error.what() : "another code";
    }
  }
  EXPECT_NE(said.find("cannot write 1000000 bytes"), std::string::npos) << said;
  EXPECT_NE(said.find("File too large"), std::string::npos) << said;
}

}  // namespace
}  // namespace mta::test

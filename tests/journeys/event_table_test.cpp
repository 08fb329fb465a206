// The table that journeys are read from, as they read it: page by page, piece by piece.
#include "mta/ingest/event_table.hpp"

#include <gtest/gtest.h>

#include <array>

namespace mta::test {
namespace {

EventRecord record_of(std::uint32_t i) { return {i, i + 1, i + 2, std::int64_t{i} * 10}; }

EventTable filled(std::uint32_t rows, std::size_t dimensions) {
  EventTable table(dimensions, 0);
  table.begin_piece(0);
  std::vector<std::uint32_t> codes(dimensions);
  for (std::uint32_t i = 0; i < rows; ++i) {
    for (std::uint32_t d = 0; d < dimensions; ++d) codes[d] = i * 3 + d;
    table.append(record_of(i), codes);
  }
  return table;
}

TEST(EventTable, PlacesEveryRowOnAPageWithItsDimensions) {
  for (const std::size_t dimensions : {0u, 1u, 3u}) {
    const std::uint32_t rows = 100'000;  // beyond the largest page
    const EventTable table = filled(rows, dimensions);
    ASSERT_EQ(table.size(), rows);
    for (std::uint32_t i = 0; i < rows; ++i) {
      const EventTable::Place place = table.place(i);
      ASSERT_LT(place.row, place.page.records.size());
      const EventRecord& record = place.page.records[place.row];
      ASSERT_EQ(record.key_high, i);
      ASSERT_EQ(record.time, std::int64_t{i} * 10);
      for (std::uint32_t d = 0; d < dimensions; ++d) {
        ASSERT_EQ(place.page.dimension(d, place.row), i * 3 + d);
      }
    }
  }
}

TEST(EventTable, PagesFollowEachOtherWithoutGaps) {
  for (const std::uint32_t rows : {1u, 31u, 32u, 33u, 64u, 65u, 5'000u}) {
    const EventTable table = filled(rows, 1);
    std::size_t row = 0;
    while (row < rows) {
      const EventTable::Place place = table.place(row);
      EXPECT_EQ(place.row, 0u);
      row += place.page.records.size();
    }
    EXPECT_EQ(row, rows);
  }
}

TEST(EventTable, PagesNeverMove) {
  EventTable table = filled(10, 0);
  const EventRecord* const first = table.place(0).page.records.data();
  for (std::uint32_t i = 0; i < 50'000; ++i) table.append(record_of(i), {});
  EXPECT_EQ(table.place(0).page.records.data(), first);
}

TEST(EventTable, WastesAnEighthAtMostOnceItIsLarge) {
  const EventTable table = filled(20'000, 2);
  EXPECT_LE(table.bytes(), 20'000u * (24 + 8) * 9 / 8 + 1'024);
}

TEST(EventTable, PiecesBeginWhereTheirFirstRowIs) {
  EventTable table(0, 0);
  table.begin_piece(3);
  table.begin_piece(5);  // the one before left nothing here
  table.append(record_of(0), {});
  table.append(record_of(1), {});
  table.begin_piece(9);
  table.append(record_of(2), {});
  table.shift_pieces(100);
  ASSERT_EQ(table.pieces().size(), 2u);
  EXPECT_EQ(table.pieces()[0].sequence, 105u);
  EXPECT_EQ(table.pieces()[0].first_row, 0u);
  EXPECT_EQ(table.pieces()[1].sequence, 109u);
  EXPECT_EQ(table.pieces()[1].first_row, 2u);
}

TEST(EventTable, KeepsWhatConversionsCarryOutOfLine) {
  EventTable table(0, 2);
  table.begin_piece(0);
  const std::array<Hash128, 2> ids = {Hash128{1, 2}, Hash128{3, 4}};
  table.append(record_of(0), {});
  table.append(record_of(1), {});
  table.append_conversion(Micros{-5}, ids);
  EXPECT_EQ(table.conversions().row, std::vector<std::uint32_t>{1});
  EXPECT_EQ(table.conversions().value, std::vector<Micros>{Micros{-5}});
  EXPECT_EQ(table.conversions().ids, (std::vector<Hash128>{{1, 2}, {3, 4}}));
}

}  // namespace
}  // namespace mta::test

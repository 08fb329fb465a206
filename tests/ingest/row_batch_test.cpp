// Rows that are handed on together against the same rows one by one.
#include "ingest/row_batch.hpp"

#include <array>
#include <map>
#include <random>

#include "event_rows.hpp"

namespace mta {
namespace {

using test::event_rows;

TEST(RowBatch, GivesTextsByAnIndexOfStops) {
  const std::string text = "a,bc,\n,d,efg\n----------------";
  const std::vector<std::uint32_t> behind = {0, 2, 5, 6, 7, 9, 13};
  const std::vector<std::size_t> columns = {2, 0};
  RowBatch batch(2);
  batch.begin(text.data(), behind.data(), columns);
  batch.add(0, {0, 6});
  batch.add(3, {6, 13});
  ASSERT_EQ(batch.size(), 2u);
  EXPECT_EQ(batch.column(0)[0], "");
  EXPECT_EQ(batch.column(1)[0], "a");
  EXPECT_EQ(batch.row(0), "a,bc,");
  std::vector<std::string_view> slots(2);
  batch.get(1, slots);
  EXPECT_EQ(slots[0], "efg");
  EXPECT_EQ(slots[1], "");
  EXPECT_EQ(batch.row(1), ",d,efg");
}

TEST(RowBatch, GivesTextsByPlacesOfItsOwn) {
  const std::string text = "\"a\",\"bc\"\n----------------";
  RowBatch batch(3);
  batch.begin(text.data());
  const std::vector<TextPlace> places = {{5, 8}, TextPlace::nothing(), {1, 3}};
  for (std::size_t row = 0; row < RowBatch::most_rows; ++row) {
    ASSERT_FALSE(batch.is_full());
    batch.add({0, 9}, places);
  }
  EXPECT_TRUE(batch.is_full());
  for (std::size_t row = 0; row < RowBatch::most_rows; ++row) {
    EXPECT_EQ(batch.column(0)[row], "bc");
    EXPECT_EQ(batch.column(1)[row], "");
    EXPECT_EQ(batch.column(2)[row], "a");
    EXPECT_EQ(batch.row(row), "\"a\",\"bc\"");
  }
  batch.clear();
  EXPECT_EQ(batch.size(), 0u);
}

TEST(RowBatch, GivesTextsByADraft) {
  const std::string text = "\"a\",\"bc\"\n----------------";
  RowBatch batch(2);
  batch.begin(text.data());
  for (std::size_t row = 0; row < RowBatch::most_rows; ++row) {
    EXPECT_EQ(batch.room(), RowBatch::most_rows - row);
    const RowBatch::Draft draft = batch.draft();
    draft.put(2, {1, 9});  // goes nowhere
    draft.put(0, {0, 2});
    draft.put_at(RowBatch::Draft::offset_of(0), {5, 8});
    draft.put(1, row % 2 == 0 ? TextPlace::nothing() : draft.get(0));
    batch.add(TextPlace{0, 9});
  }
  EXPECT_TRUE(batch.is_full());
  EXPECT_EQ(batch.room(), 0u);
  for (std::size_t row = 0; row < RowBatch::most_rows; ++row) {
    EXPECT_EQ(batch.column(0)[row], "bc");
    EXPECT_EQ(batch.column(1)[row], row % 2 == 0 ? "" : "bc");
    EXPECT_EQ(batch.row(row), "\"a\",\"bc\"");
  }
}

/// A row as it is written and what becomes of it.
struct WrittenRow {
  std::array<std::string, 6> fields;  // visitor, ts, type, channel, value, campaign
  std::string event;                  // as event_rows shows it; empty: rejected
  RejectReason reason{};

  void spoil(std::size_t field, const std::string& text, RejectReason why) {
    fields[field] = text;
    event.clear();
    reason = why;
  }
};

std::vector<WrittenRow> random_rows(std::size_t count, const std::string& special) {
  const std::string labels[] = {"view",
                                "click",
                                "a",
                                "ab",
                                "sale",
                                "fifteen_letters",
                                "sixteen_letters_",
                                "seventeen_letters",
                                special,
                                "",
                                " "};
  std::mt19937 random(23);
  const auto two_digits = [&random](unsigned from, unsigned range) {
    return std::to_string(from + random() % range);
  };
  std::vector<WrittenRow> rows(count);
  for (WrittenRow& row : rows) {
    const std::string moment =
        "2024-02-" + two_digits(10, 18) + "T12:" + two_digits(10, 50) + ':' + two_digits(10, 50);
    const std::string event = labels[random() % 9], channel = labels[random() % std::size(labels)];
    const std::string campaign = "c" + std::to_string(random() % 300);
    row.fields = {"user" + two_digits(10, 50), moment + ".250Z", event, channel, "7.5", campaign};
    row.event = moment + ".250000Z " + event + ' ' + test::shown(channel == " " ? "" : channel) +
                ' ' + campaign + (event == "sale" ? " =7.500000" : "");
    const auto flaw = random() % 40;
    if (flaw == 0) row.spoil(0, " ", RejectReason::empty_visitor);
    if (flaw == 1) row.spoil(1, "2024-02-30T12:00:00.000Z", RejectReason::invalid_time);
    if (flaw == 2) row.spoil(1, "", RejectReason::invalid_time);
    if (flaw == 3 && event == "sale") row.spoil(4, "7.5x", RejectReason::invalid_value);
  }
  return rows;
}

std::string escaped(const std::string& text, std::string_view quote) {
  std::string made;
  for (const char c : text) c == '"' ? made += quote : made += c;
  return made;
}

enum class Spelling { plain, crlf, quoted, noted, other_letters, ndjson };

std::string csv_row(const WrittenRow& row, Spelling spelling) {
  std::string text;
  for (const std::string& field : row.fields) {
    const bool is_quoted =
        spelling == Spelling::quoted || field.find_first_of(",\"") != std::string::npos;
    text += is_quoted ? '"' + escaped(field, "\"\"") + "\"," : field + ',';
  }
  return text;
}

std::string json_row(const WrittenRow& row) {
  static const std::string names[] = {"visitor", "ts", "type", "channel", "value", "campaign"};
  std::string text;
  for (std::size_t f = 0; f < row.fields.size(); ++f) {
    text += (f == 0 ? "{\"" : ",\"") + names[f] + "\":\"" + escaped(row.fields[f], "\\\"") + '"';
  }
  return text + '}';
}

/// A header (of CSV), then a line a row.
std::string written(const std::vector<WrittenRow>& rows, Spelling spelling) {
  const std::string end = spelling == Spelling::crlf ? "\r\n" : "\n";
  std::string text =
      spelling == Spelling::ndjson ? "" : "visitor,ts,type,channel,value,campaign,note" + end;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text += spelling == Spelling::ndjson ? json_row(rows[i]) : csv_row(rows[i], spelling);
    if (spelling == Spelling::noted && i % 3 == 0) text += "\"of \"\"no\"\" use\"";
    if (spelling == Spelling::other_letters && i % 90 == 0) text += "caf\xc3\xa9";
    text += end;
  }
  return text;
}

class BatchedRows : public testing::TestWithParam<Spelling> {};

TEST_P(BatchedRows, AreBookedInOrderAndRejectedByLine) {
  const bool has_quotes = GetParam() == Spelling::quoted || GetParam() == Spelling::noted ||
                          GetParam() == Spelling::ndjson;
  const std::vector<WrittenRow> rows =  // many batches in many indexes
      random_rows(5'000, has_quotes ? "say \"hi\"" : "say hi");
  const std::string text = written(rows, GetParam());
  Schema schema{.conversion_events = {"sale"}};
  schema.dimensions = {{"campaign", "campaign"}};
  std::vector<std::string> rejects, expected_rejects;
  ReadOptions options{.block = 200'000};
  options.largest_rejected_share = 1;
  options.rejects = [&](std::string_view, std::uint64_t line, RejectReason reason,
                        std::string_view) {
    rejects.push_back(std::to_string(line) + ' ' + std::string(name_of(reason)));
  };
  const bool is_json = GetParam() == Spelling::ndjson;
  const Events events =
      test::read_text(text, is_json ? SourceFormat::ndjson : SourceFormat::csv, schema, options);
  std::map<std::string, std::vector<std::string>> expected, found;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const WrittenRow& row = rows[i];
    if (row.event.empty()) {
      expected_rejects.push_back(std::to_string(i + (is_json ? 1 : 2)) + ' ' +
                                 std::string(name_of(row.reason)));
    } else {
      expected[test::key_text(person_key(row.fields[0]))].push_back(row.event);
    }
  }
  for (const auto& [key, event] : event_rows(events)) found[key].push_back(event);
  EXPECT_EQ(found, expected);
  EXPECT_EQ(rejects, expected_rejects);
  EXPECT_EQ(events.report.rows, rows.size());
  EXPECT_EQ(events.report.rejected(), expected_rejects.size());
}

std::string name_of_spelling(const testing::TestParamInfo<Spelling>& spelling) {
  static constexpr std::array<const char*, 6> names = {"plain", "crlf",          "quoted",
                                                       "noted", "other_letters", "ndjson"};
  return names[static_cast<std::size_t>(spelling.param)];
}

INSTANTIATE_TEST_SUITE_P(Spellings, BatchedRows,
                         testing::Values(Spelling::plain, Spelling::crlf, Spelling::quoted,
                                         Spelling::noted, Spelling::other_letters,
                                         Spelling::ndjson),
                         name_of_spelling);

}  // namespace
}  // namespace mta

// The same random rows, written as CSV in random spellings and as NDJSON, read by mta with any
// blocks and threads, and booked by a few lines here: all must agree.
#include <nlohmann/json.hpp>
#include <optional>
#include <random>

#include "event_rows.hpp"

namespace mta {
namespace {

struct Row {
  std::string visitor, time, event, channel, value, page, order;
};

using Random = std::mt19937_64;

template <typename Choices>
auto one_of(Random& random, const Choices& choices) {
  return choices[random() % std::size(choices)];
}

/// Texts that a careless reader trips over.
std::string nasty_text(Random& random) {
  static const std::string pieces[] = {
      "\"", "\"\"",     ",", "\n", "\r\n", "a",  "bc",   " ",
      "\\", "\xc3\xa9", "{", "}",  ":",    "\t", "null", "\xf0\x9f\x98\x80",
      ";",  "'"};
  std::string text;
  for (std::uint64_t i = random() % 6; i > 0; --i) text += one_of(random, pieces);
  return text;
}

Row random_row(Random& random) {
  static const std::string visitors[] = {"a", "17", "017",         "00000000000000ff",    "v\"x",
                                         "",  "  ", "caf\xc3\xa9", "18446744073709551616"};
  static const std::string times[] = {"2024-03-01T12:00:00.123Z",
                                      "2024-03-01 12:00:00+01:00",
                                      "1709294400",
                                      "1709294400000",
                                      "2024-03-01",
                                      "never",
                                      "",
                                      "2024-02-30",
                                      "2024-03-01T12:00:00.5"};
  static const std::string events[] = {"click", "view", "sale", "lead", ""};
  static const std::string values[] = {"",    "1",   "-2.5",  "1e-7", "12.3456785",
                                       "abc", "nan", "1e300", " 7 ",  "0"};
  return {one_of(random, visitors),
          one_of(random, times),
          one_of(random, events),
          nasty_text(random),
          one_of(random, values),
          nasty_text(random),
          random() % 2 == 0 ? "" : std::to_string(random() % 50)};
}

/// What the row should become, by the rules of docs/formats/csv.md.
struct Expected {
  std::vector<std::pair<std::string, std::string>> events;  // key and row, as event_rows has them
  std::vector<RejectReason> rejects;
};

bool is_blank(const std::string& text) {
  return text.find_first_not_of(" \t") == std::string::npos;
}

void book(const Row& row, Expected& expected) {
  static TimeParser times;  // tested by its own tables
  const auto time = times.parse(row.time);
  const bool converts = row.event == "sale" || row.event == "lead";
  const ParsedMicros value = converts ? parse_micros(row.value) : ParsedMicros{};
  if (is_blank(row.visitor)) return expected.rejects.push_back(RejectReason::empty_visitor);
  if (!time) return expected.rejects.push_back(RejectReason::invalid_time);
  if (value.status == DecimalStatus::malformed) {
    return expected.rejects.push_back(RejectReason::invalid_value);
  }
  if (value.status == DecimalStatus::not_finite) {
    return expected.rejects.push_back(RejectReason::value_not_finite);
  }
  if (value.status == DecimalStatus::overflow) {
    return expected.rejects.push_back(RejectReason::value_overflow);
  }
  std::string text = format_time(*time) + ' ' + test::shown(row.event) + ' ' +
                     test::shown(is_blank(row.channel) ? "" : row.channel) + ' ' +
                     test::shown(row.page);
  if (converts) text += " =" + format_micros(value.value) + (row.order.empty() ? " ." : " #");
  expected.events.emplace_back(test::key_text(person_key(row.visitor)), text);
}

std::string csv_field(const std::string& text, Random& random) {
  const bool must_quote = text.find_first_of(",\"\r\n") != std::string::npos;
  if (!must_quote && random() % 3 != 0) return text;
  std::string field = "\"";
  for (const char c : text) {
    if (c == '"') field += c;
    field += c;
  }
  field += '"';
  return field;
}

std::string as_csv(const std::vector<Row>& rows, Random& random) {
  std::string text = "visitor,unused,time,event,channel,value,page,order\n";
  for (const Row& row : rows) {
    const std::string* const fields[] = {&row.visitor, &row.page,  &row.time, &row.event,
                                         &row.channel, &row.value, &row.page, &row.order};
    for (std::size_t i = 0; i < std::size(fields); ++i) {
      if (i != 0) text += ',';
      text += csv_field(*fields[i], random);
    }
    static const std::string ends[] = {"\n", "\r\n", "\n\n"};
    text += one_of(random, ends);
  }
  return text;
}

std::string as_ndjson(const std::vector<Row>& rows, Random& random) {
  // A first object with every key, so that all columns are known; it is rejected for its visitor.
  std::string text =
      R"({"visitor":"","time":"","event":"","channel":"","value":"","page":"","order":""})"
      "\n";
  for (const Row& row : rows) {
    std::vector<std::pair<std::string, std::string>> members = {
        {"visitor", row.visitor}, {"time", row.time},   {"event", row.event},
        {"channel", row.channel}, {"value", row.value}, {"page", row.page},
        {"order", row.order}};
    std::shuffle(members.begin(), members.end(), random);
    std::string line;
    for (const auto& [key, value] : members) {
      if (value.empty() && random() % 2 == 0) continue;  // a missing key is an empty text
      const bool as_number = (key == "order" || value == "1709294400") && !value.empty();
      if (!line.empty()) line += random() % 2 == 0 ? "," : " , ";
      line += nlohmann::json(key).dump();
      line += ':';
      if (as_number && random() % 2 == 0) {
        line += value;
      } else {
        line += value.empty() ? "null" : nlohmann::json(value).dump(-1, ' ', random() % 2 == 0);
      }
    }
    text.append("{").append(line).append("}\n");
  }
  return text;
}

/// Reasons in order of input.
std::vector<RejectReason> read(Events& events, std::string_view text, SourceFormat format,
                               const Schema& schema, ReadOptions options) {
  std::vector<RejectReason> reasons;
  options.rejects = [&](std::string_view, std::uint64_t, RejectReason reason, std::string_view) {
    reasons.push_back(reason);
  };
  read(events, Source::memory("input", text, format), schema, options);
  return reasons;
}

TEST(Differential, CsvNdjsonAndANaiveReaderAgree) {
  const Schema schema = {.dimensions = {{"page", "page"}},
                         .conversion_ids = {"order"},
                         .conversion_events = {"sale", "lead"}};
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    Random random(seed);
    std::vector<Row> rows;
    for (int i = 0; i < 400; ++i) rows.push_back(random_row(random));
    Expected expected;
    for (const Row& row : rows) book(row, expected);
    std::stable_sort(expected.events.begin(), expected.events.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    const std::string csv = as_csv(rows, random), ndjson = as_ndjson(rows, random);
    for (const std::size_t block : {16u, 64u, 150u, 5'000u, 1u << 20}) {
      for (const std::size_t threads : {1u, 2u, 5u}) {
        for (const SourceFormat format : {SourceFormat::csv, SourceFormat::ndjson}) {
          const bool is_csv = format == SourceFormat::csv;
          Events events(layout_of(schema));
          std::vector<RejectReason> rejects = read(events, is_csv ? csv : ndjson, format, schema,
                                                   {.threads = threads, .block = block});
          if (!is_csv) {
            ASSERT_EQ(rejects.at(0), RejectReason::empty_visitor);
            rejects.erase(rejects.begin());
          }
          ASSERT_EQ(rejects, expected.rejects) << seed << ' ' << block << ' ' << threads << is_csv;
          auto read_rows = test::event_rows(events);
          std::stable_sort(read_rows.begin(), read_rows.end(),
                           [](const auto& a, const auto& b) { return a.first < b.first; });
          ASSERT_EQ(read_rows, expected.events) << seed << ' ' << block << ' ' << threads << is_csv;
        }
      }
    }
  }
}

}  // namespace
}  // namespace mta

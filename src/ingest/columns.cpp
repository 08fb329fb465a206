#include "mta/ingest/columns.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>

#include "ingest/column_appender.hpp"
#include "ingest/judged_columns.hpp"
#include "ingest/text_check.hpp"
#include "ingest/time_text.hpp"
#include "mta/core/error.hpp"
#include "mta/core/workers.hpp"
#include "simd/integer_keys.hpp"

namespace mta {
namespace {

std::size_t rows_of(const KeyColumn& column) noexcept {
  return std::visit([](const auto& span) { return span.size(); }, column);
}

std::size_t rows_of(const TimeColumn& column) noexcept {
  if (const auto* epochs = std::get_if<EpochColumn>(&column)) return epochs->values.size();
  return std::get<TextColumn>(column).size();
}

std::size_t rows_of(const ValueColumn& column) noexcept {
  return std::visit(
      [](const auto& held) -> std::size_t {
        if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::monostate>)
          return 0;
        else
          return held.size();
      },
      column);
}

void require(std::string_view role, bool holds, const std::string& rule) {
  if (!holds) throw Error(Errc::invalid_option, "column " + std::string(role) + ": " + rule);
}

void check_lengths(const Columns& columns, const EventLayout& layout) {
  const std::size_t rows = rows_of(columns.visitor);
  const auto check = [&](std::string_view role, std::size_t length, bool may_be_empty) {
    require(role, length == rows || (may_be_empty && length == 0),
            "must have as many rows as visitor (" + std::to_string(rows) + "), got " +
                std::to_string(length));
  };
  check("time", rows_of(columns.time), false);
  check("event", length_of(columns.event), true);
  check("channel", length_of(columns.channel), true);
  check("value", rows_of(columns.value), true);
  for (const LabelColumn& column : columns.dimensions) {
    check("dimensions", length_of(column), true);
  }
  for (const LabelColumn& column : columns.conversion_ids) {
    check("conversion_ids", length_of(column), true);
  }
  require("dimensions", columns.dimensions.size() == layout.dimensions.size(),
          "there must be one for each of the layout's " + std::to_string(layout.dimensions.size()) +
              ", got " + std::to_string(columns.dimensions.size()));
  require("conversion_ids", columns.conversion_ids.size() == layout.conversion_ids.size(),
          "there must be one for each of the layout's " +
              std::to_string(layout.conversion_ids.size()) + ", got " +
              std::to_string(columns.conversion_ids.size()));
}

/// Of the columns that every call reads.
void check_all_codes(const Columns& columns) {
  check_codes(columns.event, "event");
  check_codes(columns.channel, "channel");
  for (const LabelColumn& column : columns.dimensions) check_codes(column, "dimensions");
  for (const LabelColumn& column : columns.conversion_ids) check_codes(column, "conversion_ids");
}

/// What channel rules look at.
void check_touch(const Columns& columns, const Schema& schema) {
  const std::size_t rows = rows_of(columns.visitor);
  const auto check = [&](std::string_view role, const LabelColumn& column) {
    const std::size_t length = length_of(column);
    require(role, length == rows || length == 0,
            "must have as many rows as visitor (" + std::to_string(rows) + "), got " +
                std::to_string(length));
    check_codes(column, role);
  };
  const TouchLabels& touch = columns.touch;
  check("source", touch.source);
  check("medium", touch.medium);
  check("campaign", touch.campaign);
  check("content", touch.content);
  check("term", touch.term);
  check("landing_url", touch.landing_url);
  check("referrer", touch.referrer);
  for (const LabelColumn& column : columns.rule_columns) check("rule_columns", column);
  const std::size_t wanted = schema.channel_rules.columns().size();
  require("rule_columns", columns.rule_columns.size() == wanted,
          "there must be one for each of the rules' " + std::to_string(wanted) + ", got " +
              std::to_string(columns.rule_columns.size()));
}

/// Rows of the caller's columns: [first, end).
struct RowRange {
  std::size_t first, end;
};

bool are_codes_in_range(const Columns& columns, RowRange rows) noexcept {
  const auto are_in_range = [rows](const LabelColumn& column) {
    return has_codes_in_range(column, rows.first, rows.end - rows.first);
  };
  return are_in_range(columns.event) && are_in_range(columns.channel) &&
         std::ranges::all_of(columns.dimensions, are_in_range) &&
         std::ranges::all_of(columns.conversion_ids, are_in_range);
}

void book_reject(IngestReport& report, std::size_t row, std::string_view visitor,
                 RejectReason reason) {
  ++report.rejected_by_reason[static_cast<std::size_t>(reason)];
  if (report.examples.size() < IngestReport::kept_examples) {
    report.examples.push_back({"columns", row + 1, reason, std::string(visitor.substr(0, 200))});
  }
}

std::optional<RejectReason> read_key(std::string_view visitor, PersonKey& key) {
  if (is_blank_text(visitor)) return RejectReason::empty_visitor;
  if (!is_valid_text(visitor)) return RejectReason::invalid_utf8;
  key = text_person_key(visitor);
  return std::nullopt;
}

std::optional<RejectReason> read_key(std::uint64_t visitor, PersonKey& key) {
  key = integer_person_key(visitor);
  return std::nullopt;
}

std::string spelt(std::string_view visitor) { return std::string(visitor); }
std::string spelt(std::uint64_t visitor) { return std::to_string(visitor); }

/// The keys of visitors, or false where one of them is rejected.
bool read_keys(TextColumn visitors, ColumnAppender::Rows& rows) {
  bool are_keys = true;
  for (std::size_t i = 0; i < visitors.size(); ++i) {
    PersonKey key{};
    are_keys &= !read_key(visitors[i], key).has_value();
    rows.key_high[i] = key.high;
    rows.key_low[i] = key.low;
  }
  return are_keys;
}

bool read_keys(std::span<const std::uint64_t> visitors, ColumnAppender::Rows& rows) {
  simd::integer_keys(visitors, std::span(rows.key_high).first(visitors.size()),
                     std::span(rows.key_low).first(visitors.size()));
  return true;
}

/// Rows whose codes are looked at together, shortly before they are read: once through a column
/// that is larger than the cache costs as much as all that is done with it.
constexpr std::size_t checked_rows = 4096;

template <class Visitor>
IngestReport append_rows(ColumnAppender& appender, const Columns& columns, RowRange rows,
                         std::span<const Visitor> visitors) {
  IngestReport report;
  report.rows = rows.end - rows.first;
  report.events = report.rows;
  const auto reject = [&](std::size_t row, RejectReason reason) {
    --report.events;
    book_reject(report, row, spelt(visitors[row]), reason);
  };
  ColumnAppender::Rows room;
  constexpr std::size_t most = ColumnAppender::most_rows;
  static_assert(checked_rows % most == 0);
  for (std::size_t first = rows.first; first < rows.end; first += most) {
    const RowRange next{first, std::min(first + checked_rows, rows.end)};
    if ((first - rows.first) % checked_rows == 0 && !are_codes_in_range(columns, next)) {
      check_all_codes(columns);
    }
    room.size = std::min(most, rows.end - first);
    if (read_keys(visitors.subspan(first, room.size), room) &&
        appender.add_rows(first, room, reject)) {
      continue;
    }
    for (std::size_t row = first; row < first + room.size; ++row) {
      PersonKey key{};
      std::optional<RejectReason> reason = read_key(visitors[row], key);
      if (!reason) reason = appender.add(row, key);
      if (reason) reject(row, *reason);
    }
  }
  return report;
}

constexpr std::size_t piece_rows = std::size_t{1} << 18;

void append_all(Events& events, const Columns& columns, const Schema& schema,
                const AppendOptions& options) {
  const std::size_t rows = rows_of(columns.visitor);
  const std::size_t pieces = (rows + piece_rows - 1) / piece_rows;
  const std::size_t workers = std::max<std::size_t>(std::min(options.threads, pieces), 1);
  std::vector<std::unique_ptr<ColumnAppender>> appenders;
  for (std::size_t w = 0; w < workers; ++w) {
    appenders.push_back(std::make_unique<ColumnAppender>(events.add_part(), columns, schema));
  }
  std::vector<IngestReport> reports(pieces);
  run_tasks(
      workers, pieces,
      [&](std::size_t worker, std::size_t piece) {
        const RowRange range{piece * piece_rows, std::min(rows, (piece + 1) * piece_rows)};
        appenders[worker]->begin_piece(events.next_sequence() + piece);
        reports[piece] = std::visit(
            [&](const auto& visitors) {
              return append_rows(*appenders[worker], columns, range, visitors);
            },
            columns.visitor);
      },
      options.stop);
  for (const auto& appender : appenders) appender->finish();
  for (const IngestReport& report : reports) events.report.merge(report);
  events.end_source();
}

void append_or_nothing(Events& events, const Columns& columns, const Schema& schema,
                       const AppendOptions& options) {
  const std::size_t parts = events.parts();
  try {
    append_all(events, columns, schema, options);
  } catch (...) {
    events.drop_parts(parts);
    throw;
  }
}

}  // namespace

void append(Events& events, const Columns& columns, const Schema& schema,
            const AppendOptions& options) {
  if (options.threads == 0) throw Error(Errc::invalid_option, "threads must be at least 1, got 0");
  check_lengths(columns, events.layout());
  if (!schema.channel_rules.are_given()) return append_or_nothing(events, columns, schema, options);
  check_all_codes(columns);  // rules are asked before the rows are appended
  check_touch(columns, schema);
  const JudgedColumns judged(columns, schema, events.layout(), options);
  append_or_nothing(events, judged.columns(), schema, options);
}

}  // namespace mta

#include "mta/ingest/columns.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>

#include "core/key_hash.hpp"
#include "ingest/column_readers.hpp"
#include "ingest/event_writer.hpp"
#include "ingest/kind_cache.hpp"
#include "ingest/text_check.hpp"
#include "ingest/time_text.hpp"
#include "ingest/value_text.hpp"
#include "mta/core/error.hpp"
#include "mta/core/workers.hpp"

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
  check_codes(columns.event, "event");
  check_codes(columns.channel, "channel");
  for (const LabelColumn& column : columns.dimensions) {
    check("dimensions", length_of(column), true);
    check_codes(column, "dimensions");
  }
  for (const LabelColumn& column : columns.conversion_ids) {
    check("conversion_ids", length_of(column), true);
    check_codes(column, "conversion_ids");
  }
  require("dimensions", columns.dimensions.size() == layout.dimensions.size(),
          "there must be one for each of the layout's " + std::to_string(layout.dimensions.size()) +
              ", got " + std::to_string(columns.dimensions.size()));
  require("conversion_ids", columns.conversion_ids.size() == layout.conversion_ids.size(),
          "there must be one for each of the layout's " +
              std::to_string(layout.conversion_ids.size()) + ", got " +
              std::to_string(columns.conversion_ids.size()));
}

/// Books rows of the caller's columns as events of one part.
class ColumnAppender {
 public:
  ColumnAppender(EventPart& part, const Columns& columns, const Schema& schema)
      : part_(part),
        writer_(part),
        columns_(columns),
        conversion_events_(schema.conversion_events),
        times_(columns.time, schema),
        events_(columns.event, part.events),
        channels_(columns.channel, part.channels, LabelReader::Blanks::are_empty),
        kinds_(part),
        codes_(columns.dimensions.size()),
        ids_(columns.conversion_ids.size()) {
    for (std::size_t d = 0; d < codes_.size(); ++d) {
      dimensions_.emplace_back(columns.dimensions[d], part.dimensions[d]);
    }
    if (length_of(columns.event) == 0) all_events_ = part.events.intern(columns.all_events);
  }

  /// Rows that are worked on column by column, while all that they need is near.
  struct Batch {
    static constexpr std::size_t most = 256;
    std::size_t first, rows;
    std::array<PersonKey, most> key;
    std::array<std::optional<RejectReason>, most> reject;
  };

  void begin_piece(std::uint64_t sequence) { writer_.begin_piece(sequence); }
  void finish() { writer_.finish(); }

  /// Adds the rows of a batch that has its keys; the others get a reason why not.
  void add(Batch& batch) {
    for (std::size_t i = 0; i < batch.rows; ++i) {
      if (!times_.read(batch.first + i, time_[i]) && !batch.reject[i]) {
        batch.reject[i] = RejectReason::invalid_time;
      }
    }
    for (std::size_t i = 0; i < batch.rows; ++i) {
      const std::size_t row = batch.first + i;
      if (!batch.reject[i]) batch.reject[i] = add_row(row, batch.key[i], time_[i]);
    }
  }

 private:
  [[nodiscard]] std::optional<RejectReason> add_row(std::size_t row, const PersonKey& key,
                                                    std::int64_t time) {
    const std::uint32_t event = all_events_ ? *all_events_ : events_.code(row);
    const std::uint32_t channel = channels_.code(row);
    if (event == LabelReader::invalid || channel == LabelReader::invalid) {
      return RejectReason::invalid_utf8;
    }
    for (std::size_t d = 0; d < codes_.size(); ++d) {
      codes_[d] = dimensions_[d].code(row);
      if (codes_[d] == LabelReader::invalid) return RejectReason::invalid_utf8;
    }
    if (may_convert(event)) return add_conversion(row, key, {event, channel}, time);
    writer_.append({key.high, key.low, kinds_.code({event, channel}), time}, codes_);
    return std::nullopt;
  }

  [[nodiscard]] bool may_convert(std::uint32_t event) {
    if (event >= may_convert_.size()) look_at_events(event);
    return may_convert_[event] != 0;
  }

  void look_at_events(std::uint32_t last) {
    for (auto code = static_cast<std::uint32_t>(may_convert_.size()); code <= last; ++code) {
      const std::string_view name = part_.events.text(code);
      const bool may = conversion_events_.empty() ||
                       std::find(conversion_events_.begin(), conversion_events_.end(), name) !=
                           conversion_events_.end();
      may_convert_.push_back(may ? 1 : 0);
    }
  }

  [[nodiscard]] ReadValue value_of(std::size_t row) const noexcept {
    if (const auto* micros = std::get_if<std::span<const Micros>>(&columns_.value)) {
      return {(*micros)[row], std::nullopt};
    }
    if (const auto* texts = std::get_if<TextColumn>(&columns_.value))
      return read_value((*texts)[row]);
    if (const auto* doubles = std::get_if<std::span<const double>>(&columns_.value)) {
      return read_value(micros_from((*doubles)[row]));
    }
    return {};
  }

  std::optional<RejectReason> add_conversion(std::size_t row, const PersonKey& key, EventKind kind,
                                             std::int64_t time) {
    const ReadValue value = value_of(row);
    if (value.reason) return value.reason;
    writer_.append({key.high, key.low, kinds_.code(kind), time}, codes_);
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      const std::string_view text = text_of(columns_.conversion_ids[i], row);
      ids_[i] = text.empty() ? Hash128{} : hash128(text);
    }
    writer_.append_conversion(key, value.value, ids_);
    return std::nullopt;
  }

  EventPart& part_;
  EventWriter writer_;
  const Columns& columns_;
  const std::vector<std::string>& conversion_events_;
  TimeReader times_;
  LabelReader events_, channels_;
  std::vector<LabelReader> dimensions_;
  KindCache kinds_;
  std::optional<std::uint32_t> all_events_;
  std::vector<std::uint8_t> may_convert_;  // by code of the event
  std::vector<std::uint32_t> codes_;
  std::vector<Hash128> ids_;
  std::array<std::int64_t, Batch::most> time_{};
};

/// Rows of the caller's columns: [first, end).
struct RowRange {
  std::size_t first, end;
};

void book_reject(IngestReport& report, std::size_t row, std::string_view visitor, RejectReason reason) {
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

template <class Visitor>
IngestReport append_rows(ColumnAppender& appender, RowRange rows, std::span<const Visitor> visitors) {
  IngestReport report;
  report.rows = rows.end - rows.first;
  report.events = report.rows;
  ColumnAppender::Batch batch;
  for (batch.first = rows.first; batch.first < rows.end; batch.first += batch.rows) {
    batch.rows = std::min(ColumnAppender::Batch::most, rows.end - batch.first);
    for (std::size_t i = 0; i < batch.rows; ++i) {
      batch.reject[i] = read_key(visitors[batch.first + i], batch.key[i]);
    }
    appender.add(batch);
    for (std::size_t i = 0; i < batch.rows; ++i) {
      if (!batch.reject[i]) continue;
      --report.events;
      book_reject(report, batch.first + i, spelt(visitors[batch.first + i]), *batch.reject[i]);
    }
  }
  return report;
}

constexpr std::size_t piece_rows = std::size_t{1} << 18;

}  // namespace

void append(Events& events, const Columns& columns, const Schema& schema,
            const AppendOptions& options) {
  if (options.threads == 0) throw Error(Errc::invalid_option, "threads must be at least 1, got 0");
  check_lengths(columns, events.layout());
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
            [&](const auto& visitors) { return append_rows(*appenders[worker], range, visitors); },
            columns.visitor);
      },
      options.stop);
  for (const auto& appender : appenders) appender->finish();
  for (const IngestReport& report : reports) events.report.merge(report);
  events.end_source();
}

}  // namespace mta

#include "mta/ingest/columns.hpp"

#include <algorithm>
#include <string>

#include "core/key_hash.hpp"
#include "ingest/column_readers.hpp"
#include "ingest/text_check.hpp"
#include "ingest/time_text.hpp"
#include "ingest/value_text.hpp"
#include "mta/core/error.hpp"

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
  for (const LabelColumn& column : columns.dimensions) check("dimensions", length_of(column), true);
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

/// Books rows of the caller's columns as events of one part.
class ColumnAppender {
 public:
  ColumnAppender(EventPart& part, const Columns& columns, const Schema& schema)
      : part_(part),
        columns_(columns),
        conversion_events_(schema.conversion_events),
        times_(columns.time, schema),
        events_(columns.event, part.events, "event"),
        channels_(columns.channel, part.channels, "channel", LabelReader::Blanks::are_empty),
        codes_(columns.dimensions.size()),
        ids_(columns.conversion_ids.size()) {
    for (std::size_t d = 0; d < codes_.size(); ++d) {
      dimensions_.emplace_back(columns.dimensions[d], part.dimensions[d], "dimensions");
    }
    if (length_of(columns.event) == 0) all_events_ = part.events.intern(columns.all_events);
  }

  [[nodiscard]] std::optional<RejectReason> add(std::size_t row, const PersonKey& key) {
    const auto time = times_.time(row);
    if (!time) return RejectReason::invalid_time;
    const auto event = all_events_ ? all_events_ : events_.code(row);
    const auto channel = channels_.code(row);
    if (!event || !channel) return RejectReason::invalid_utf8;
    for (std::size_t d = 0; d < codes_.size(); ++d) {
      const auto code = dimensions_[d].code(row);
      if (!code) return RejectReason::invalid_utf8;
      codes_[d] = *code;
    }
    const bool converts = may_convert(*event);
    const ReadValue value = converts ? value_of(row) : ReadValue{};
    if (value.reason) return value.reason;
    EventTable& table = part_.table(key);
    table.append({key.high, key.low, part_.kind({*event, *channel}), time->micros}, codes_);
    if (converts) add_conversion(table, value.value, row);
    return std::nullopt;
  }

 private:
  [[nodiscard]] bool may_convert(std::uint32_t event) {
    for (auto code = static_cast<std::uint32_t>(may_convert_.size()); code <= event; ++code) {
      const std::string_view name = part_.events.text(code);
      may_convert_.push_back(conversion_events_.empty() ||
                             std::find(conversion_events_.begin(), conversion_events_.end(),
                                       name) != conversion_events_.end());
    }
    return may_convert_[event];
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

  void add_conversion(EventTable& table, Micros value, std::size_t row) {
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      const std::string_view text = text_of(columns_.conversion_ids[i], row);
      ids_[i] = text.empty() ? Hash128{} : hash128(text);
    }
    table.append_conversion(value, ids_);
  }

  EventPart& part_;
  const Columns& columns_;
  const std::vector<std::string>& conversion_events_;
  TimeReader times_;
  LabelReader events_, channels_;
  std::vector<LabelReader> dimensions_;
  std::optional<std::uint32_t> all_events_;
  std::vector<bool> may_convert_;
  std::vector<std::uint32_t> codes_;
  std::vector<Hash128> ids_;
};

void book(IngestReport& report, std::size_t row, std::string_view visitor,
          std::optional<RejectReason> reason) {
  ++report.rows;
  if (!reason) {
    ++report.events;
    return;
  }
  ++report.rejected_by_reason[static_cast<std::size_t>(*reason)];
  if (report.examples.size() < IngestReport::kept_examples) {
    report.examples.push_back({"columns", row + 1, *reason, std::string(visitor.substr(0, 200))});
  }
}

void append_rows(ColumnAppender& appender, IngestReport& report, const TextColumn& visitors) {
  for (std::size_t row = 0; row < visitors.size(); ++row) {
    const std::string_view visitor = visitors[row];
    std::optional<RejectReason> reason;
    if (is_blank_text(visitor)) {
      reason = RejectReason::empty_visitor;
    } else if (!is_valid_text(visitor)) {
      reason = RejectReason::invalid_utf8;
    } else {
      reason = appender.add(row, text_person_key(visitor));
    }
    book(report, row, visitor, reason);
  }
}

void append_rows(ColumnAppender& appender, IngestReport& report,
                 std::span<const std::uint64_t> visitors) {
  for (std::size_t row = 0; row < visitors.size(); ++row) {
    const auto reason = appender.add(row, integer_person_key(visitors[row]));
    book(report, row, reason ? std::to_string(visitors[row]) : std::string(), reason);
  }
}

}  // namespace

void append(Events& events, const Columns& columns, const Schema& schema) {
  check_lengths(columns, events.layout());
  EventPart& part = events.add_part();
  part.begin_piece(events.next_sequence());
  ColumnAppender appender(part, columns, schema);
  std::visit([&](const auto& visitors) { append_rows(appender, events.report, visitors); },
             columns.visitor);
  events.end_source();
}

}  // namespace mta

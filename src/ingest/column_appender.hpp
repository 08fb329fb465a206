#pragma once
#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/key_hash.hpp"
#include "ingest/column_readers.hpp"
#include "ingest/event_writer.hpp"
#include "ingest/kind_cache.hpp"
#include "ingest/value_text.hpp"

namespace mta {

/// The kinds of pairs of codes (event, channel), where both columns are coded and pairs are few.
class CodedPairs {
 public:
  /// A kind from here on says: look at the row.
  static constexpr std::uint32_t special = ~std::uint32_t{0} - 1;

  explicit CodedPairs(const Columns& columns) {
    const auto* const events = std::get_if<CodedColumn>(&columns.event);
    const auto* const channels = std::get_if<CodedColumn>(&columns.channel);
    constexpr std::size_t most = std::size_t{1} << 14;  // 64 KiB of kinds
    if (events == nullptr || channels == nullptr || !columns.dimensions.empty()) return;
    if (events->names.empty() || channels->names.size() > most / events->names.size()) return;
    events_ = events->codes;
    channels_ = channels->codes;
    width_ = channels->names.size();
    kinds_.assign(events->names.size() * width_, special);
  }
  [[nodiscard]] bool are_known() const noexcept { return !kinds_.empty(); }
  [[nodiscard]] std::uint32_t& kind(std::size_t row) noexcept {
    return kinds_[events_[row] * width_ + channels_[row]];
  }

 private:
  std::span<const std::uint32_t> events_, channels_;
  std::size_t width_ = 0;
  std::vector<std::uint32_t> kinds_;
};

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
        ids_(columns.conversion_ids.size()),
        pairs_(columns) {
    if (const auto* micros = std::get_if<std::span<const Micros>>(&columns.value)) {
      values_ = micros->data();
    }
    for (std::size_t d = 0; d < codes_.size(); ++d) {
      dimensions_.emplace_back(columns.dimensions[d], part.dimensions[d]);
    }
    if (length_of(columns.event) == 0) all_events_ = part.events.intern(columns.all_events);
  }

  void begin_piece(std::uint64_t sequence) { writer_.begin_piece(sequence); }
  void finish() { writer_.finish(); }

  static constexpr std::size_t most_rows = 64;

  /// Rows on their way: as many as their keys.
  struct Rows {
    std::size_t size = 0;
    std::array<std::uint64_t, most_rows> key_high, key_low;
    std::array<std::int64_t, most_rows> time;
    std::array<std::uint32_t, most_rows> kind;

    [[nodiscard]] PersonKey key(std::size_t i) const noexcept {
      return {key_high[i], static_cast<std::uint32_t>(key_low[i])};
    }
  };

  /// Adds rows from `first` on, whose keys are given, and calls reject(row, reason) for those that
  /// it rejects. Does nothing and returns false where they must be looked at one by one.
  template <class Reject>
  [[nodiscard]] bool add_rows(std::size_t first, Rows& rows, const Reject& reject) {
    assert(rows.size <= most_rows);
    if (!pairs_.are_known() || !times_.read(first, std::span(rows.time).first(rows.size))) {
      return false;
    }
    for (std::size_t i = 0; i < rows.size; ++i) {
      const std::uint32_t kind = rows.kind[i] = pairs_.kind(first + i);
      // Values of conversions lie far apart. Which they are cannot be foreseen: no branch.
      __builtin_prefetch(values_ + (kind >= CodedPairs::special ? first + i : 0));
    }
    for (std::size_t i = 0; i < rows.size; ++i) {
      if (rows.kind[i] < CodedPairs::special) {
        const PersonKey key = rows.key(i);
        writer_.append({key.high, key.low, rows.kind[i], rows.time[i]}, {});
      } else if (const auto reason = add_row(first + i, rows.key(i), rows.time[i])) {
        reject(first + i, *reason);
      }
    }
    return true;
  }

  /// Adds a row, or says why not.
  [[nodiscard]] std::optional<RejectReason> add(std::size_t row, const PersonKey& key) {
    std::int64_t time = 0;
    if (!times_.read(row, time)) return RejectReason::invalid_time;
    return add_row(row, key, time);
  }

 private:
  // Apart from what is done for nearly all rows.
  [[nodiscard, gnu::noinline]] std::optional<RejectReason> add_row(std::size_t row, PersonKey key,
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
    const std::uint32_t kind = kinds_.code({event, channel});
    if (pairs_.are_known()) pairs_.kind(row) = kind;
    writer_.append({key.high, key.low, kind, time}, codes_);
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
  CodedPairs pairs_;
  const Micros* values_ = nullptr;  // where they are given as such
};

}  // namespace mta

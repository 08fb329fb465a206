#include "ingest/event_sink.hpp"

#include <algorithm>

#include "core/key_hash.hpp"
#include "ingest/time_text.hpp"

namespace mta {

EventSink::EventSink(EventPart& part, std::uint64_t first_sequence, const Schema& schema,
                     const EventSlots& slots)
    : part_(part),
      writer_(part),
      first_sequence_(first_sequence),
      slots_(slots),
      separator_(schema.channel_separator),
      conversion_events_(schema.conversion_events),
      times_(schema.time_format, schema.time_zone),
      events_(part.events),
      channels_(part.channels),
      kinds_(part),
      codes_(slots.dimension_count),
      ids_(slots.id_count) {
  for (Dictionary& dictionary : part.dimensions) dimensions_.emplace_back(dictionary);
  for (const std::string_view event : part.events.texts()) {
    may_convert_.push_back(is_conversion(event) ? 1 : 0);
  }
}

void EventSink::begin_block(std::uint64_t number) { writer_.begin_piece(first_sequence_ + number); }

std::optional<RejectReason> EventSink::add(std::span<const std::string_view> slots) {
  const std::string_view visitor = slots[EventSlots::visitor];
  if (is_blank_text(visitor)) return RejectReason::empty_visitor;
  if (!times_.read(slots[EventSlots::time], time_)) return RejectReason::invalid_time;
  return add_labelled(slots, text_person_key(visitor), time_);
}

void EventSink::add_rows(const RowBatch& batch, std::vector<RowReject>& rejects) {
  reasons_.fill(taken);
  has_rejects_ = false;
  read_visitors(batch);
  read_times(batch);
  read_kinds(batch);
  for (std::size_t row = 0; has_rejects_ && row < batch.size(); ++row) {
    if (reasons_[row] != taken) row_kinds_[row] = not_plain;
  }
  if (dimensions_.empty()) return book_rows<false>(batch, rejects);
  book_rows<true>(batch, rejects);
}

template <bool has_dimensions>
void EventSink::book_rows(const RowBatch& batch, std::vector<RowReject>& rejects) {
  for (std::size_t row = 0; row < batch.size(); ++row) {
    if (row_kinds_[row] != not_plain) {
      add_plain<has_dimensions>(batch, row);
      continue;
    }
    if (reasons_[row] == taken) reasons_[row] = add_other(batch, row).value_or(taken);
    if (reasons_[row] != taken) {
      rejects.push_back({static_cast<std::uint32_t>(row), reasons_[row]});
    }
  }
}

void EventSink::reject(std::size_t row, RejectReason reason) {
  if (reasons_[row] == taken) reasons_[row] = reason;
  has_rejects_ = true;
}

// A hash is short where its length is known, and a call for each too much.
[[gnu::flatten]] void EventSink::read_visitors(const RowBatch& batch) {
  const RowBatch::Column visitors = batch.column(EventSlots::visitor);
  for (std::size_t row = 0; row < batch.size(); ++row) {
    const std::string_view visitor = visitors[row];
    if (is_blank_text(visitor)) reject(row, RejectReason::empty_visitor);
    keys_[row] = text_person_key(visitor);
  }
}

void EventSink::read_times(const RowBatch& batch) {
  const RowBatch::Column times = batch.column(EventSlots::time);
  for (std::size_t row = 0; row < batch.size(); ++row) {
    if (!times_.read(times[row], moments_[row])) reject(row, RejectReason::invalid_time);
  }
}

/// What the labels of rows say, where that is known and the row no conversion.
void EventSink::read_kinds(const RowBatch& batch) {
  if (slots_.channel_count != 1) return row_kinds_.fill(not_plain);
  const RowBatch::Column events = batch.column(EventSlots::event),
                         channels = batch.column(EventSlots::channels);
  for (std::size_t row = 0; row < batch.size(); ++row) {
    const std::string_view event = events[row], channel = channels[row];
    row_kinds_[row] = not_plain;
    if (!PairCache::are_short(event, channel)) continue;
    const PairCache::Texts texts = PairCache::padded(event, channel);
    const PairCache::Pair& pair = pairs_.at(texts);
    if (PairCache::holds(pair, texts)) row_kinds_[row] = pair.plain_kind;
  }
}

/// Adds a row that is no conversion.
template <bool has_dimensions>
inline void EventSink::add_plain(const RowBatch& batch, std::size_t row) {
  std::span<std::uint32_t> codes;
  if constexpr (has_dimensions) codes = codes_;
  for (std::size_t d = 0; d < codes.size(); ++d) {
    codes[d] = dimensions_[d].code(batch.column(slots_.dimensions + d)[row]);
  }
  writer_.append({keys_[row].high, keys_[row].low, row_kinds_[row], moments_[row].micros}, codes);
}

std::optional<RejectReason> EventSink::add_other(const RowBatch& batch, std::size_t row) {
  texts_.resize(batch.slots());
  batch.get(row, texts_);
  return add_labelled(texts_, keys_[row], moments_[row]);
}

/// Adds a row by its labels; they count where the row was added.
std::optional<RejectReason> EventSink::add_labelled(std::span<const std::string_view> slots,
                                                    const PersonKey& key, TimePoint time) {
  const std::string_view event = slots[EventSlots::event], channel = slots[EventSlots::channels];
  Labels labels;
  if (slots_.channel_count != 1 || !PairCache::are_short(event, channel)) {
    return add_looked_up(slots, key, time, labels);
  }
  const PairCache::Texts texts = PairCache::texts(event, channel);
  PairCache::Pair& pair = pairs_.at(texts);
  if (PairCache::holds(pair, texts)) {
    labels = {pair.kind, pair.converts};
    const ReadValue worth = read_worth(slots, labels);
    if (!worth.reason) book(slots, key, time, labels, worth.value);
    return worth.reason;
  }
  const std::optional<RejectReason> reason = add_looked_up(slots, key, time, labels);
  if (!reason) {
    pair = {texts, labels.kind, labels.converts, labels.converts ? not_plain : labels.kind};
  }
  return reason;
}

/// Adds a row by looking up its labels one by one, and says what they are where it was added.
std::optional<RejectReason> EventSink::add_looked_up(std::span<const std::string_view> slots,
                                                     const PersonKey& key, TimePoint time,
                                                     Labels& labels) {
  const std::string_view name = slots[EventSlots::event];
  std::uint32_t event = events_.find(name);
  labels.converts = event == LabelCache::unknown ? is_conversion(name) : may_convert_[event] != 0;
  const ReadValue worth = read_worth(slots, labels);
  if (worth.reason) return worth.reason;
  // Nothing is interned before here: a row that is rejected leaves no trace.
  if (event == LabelCache::unknown) event = intern_event(name);
  labels.kind = kinds_.code({event, channels_.code(channel(slots))});
  book(slots, key, time, labels, worth.value);
  return std::nullopt;
}

/// Only conversions have a value.
ReadValue EventSink::read_worth(std::span<const std::string_view> slots,
                                const Labels& labels) const {
  if (!labels.converts || slots_.value == EventSlots::none) return {};
  return read_value(slots[slots_.value]);
}

bool EventSink::is_conversion(std::string_view event) const noexcept {
  return conversion_events_.empty() ||
         std::find(conversion_events_.begin(), conversion_events_.end(), event) !=
             conversion_events_.end();
}

std::uint32_t EventSink::intern_event(std::string_view event) {
  const std::uint32_t code = events_.code(event);
  may_convert_.push_back(is_conversion(event) ? 1 : 0);
  return code;
}

std::string_view EventSink::joined_channel(std::span<const std::string_view> slots) {
  joined_.clear();
  for (const std::string_view text : slots.subspan(EventSlots::channels, slots_.channel_count)) {
    if (is_blank_text(text)) continue;
    if (!joined_.empty()) joined_ += separator_;
    joined_ += text;
  }
  return joined_;
}

void EventSink::book(std::span<const std::string_view> slots, const PersonKey& key, TimePoint time,
                     const Labels& labels, Micros value) {
  for (std::size_t d = 0; d < codes_.size(); ++d) {
    codes_[d] = dimensions_[d].code(slots[slots_.dimensions + d]);
  }
  writer_.append({key.high, key.low, labels.kind, time.micros}, codes_);
  if (!labels.converts) return;
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    const std::string_view text = slots[slots_.ids + i];
    ids_[i] = text.empty() ? Hash128{} : hash128(text);
  }
  writer_.append_conversion(key, value, ids_);
  if (slots_.currency != EventSlots::none) part_.see_currency(slots[slots_.currency]);
}

}  // namespace mta

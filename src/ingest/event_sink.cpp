#include "ingest/event_sink.hpp"

#include <algorithm>

#include "core/key_hash.hpp"
#include "ingest/time_text.hpp"
#include "ingest/value_text.hpp"

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
  const PersonKey key = text_person_key(visitor);
  TimePoint time;
  if (!times_.read(slots[EventSlots::time], time)) return RejectReason::invalid_time;
  Labels labels;
  if (slots_.channel_count != 1) return add_looked_up(slots, key, time, labels);
  const LabelPrint event(slots[EventSlots::event]), channel(slots[EventSlots::channels]);
  PairCache::Pair& pair = pairs_.at(event, channel);
  if (PairCache::holds(pair, event, channel) && !pair.converts) {
    code_dimensions(slots);
    writer_.append({key.high, key.low, pair.kind, time.micros}, codes_);
    return std::nullopt;
  }
  const std::optional<RejectReason> reason = add_looked_up(slots, key, time, labels);
  if (!reason && event.is_whole() && channel.is_whole())
    pair = {event, channel, labels.kind, true, labels.converts};
  return reason;
}

/// Adds a row by looking up its labels one by one; they count where the row was added.
std::optional<RejectReason> EventSink::add_looked_up(std::span<const std::string_view> slots,
                                                     const PersonKey& key, TimePoint time,
                                                     Labels& labels) {
  const std::string_view name = slots[EventSlots::event];
  std::uint32_t event = events_.find(name);
  labels.converts = event == LabelCache::unknown ? is_conversion(name) : may_convert_[event] != 0;
  Micros value;
  if (labels.converts && slots_.value != EventSlots::none) {
    const ReadValue read = read_value(slots[slots_.value]);
    if (read.reason) return read.reason;
    value = read.value;
  }
  // Nothing is interned before here: a row that is rejected leaves no trace.
  if (event == LabelCache::unknown) event = intern_event(name);
  labels.kind = kinds_.code({event, channels_.code(channel(slots))});
  code_dimensions(slots);
  writer_.append({key.high, key.low, labels.kind, time.micros}, codes_);
  if (labels.converts) add_conversion(key, value, slots);
  return std::nullopt;
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

void EventSink::add_conversion(const PersonKey& key, Micros value,
                               std::span<const std::string_view> slots) {
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    const std::string_view text = slots[slots_.ids + i];
    ids_[i] = text.empty() ? Hash128{} : hash128(text);
  }
  writer_.append_conversion(key, value, ids_);
  if (slots_.currency != EventSlots::none) part_.see_currency(slots[slots_.currency]);
}

}  // namespace mta

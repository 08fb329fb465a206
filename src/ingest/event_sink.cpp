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
  const std::optional<TimePoint> time = times_.parse(slots[EventSlots::time]);
  if (!time) return RejectReason::invalid_time;
  Name name = name_of_event(slots[EventSlots::event]);
  Micros value;
  if (name.may_convert && slots_.value != EventSlots::none) {
    const ReadValue read = read_value(slots[slots_.value]);
    if (read.reason) return read.reason;
    value = read.value;
  }
  // Nothing is interned before here: a row that is rejected leaves no trace.
  if (name.code == LabelCache::unknown) name.code = intern_event(slots[EventSlots::event]);
  const EventKind pair{name.code, channels_.code(channel(slots))};
  for (std::size_t d = 0; d < codes_.size(); ++d) {
    codes_[d] = dimensions_[d].code(slots[slots_.dimensions + d]);
  }
  writer_.append({key.high, key.low, kinds_.code(pair), time->micros}, codes_);
  if (name.may_convert) add_conversion(key, value, slots);
  return std::nullopt;
}

EventSink::Name EventSink::name_of_event(std::string_view event) noexcept {
  const std::uint32_t code = events_.find(event);
  return {code, code == LabelCache::unknown ? is_conversion(event) : may_convert_[code] != 0};
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

std::string_view EventSink::channel(std::span<const std::string_view> slots) {
  if (slots_.channel_count == 1) {
    const std::string_view text = slots[EventSlots::channels];
    return is_blank_text(text) ? std::string_view{} : text;
  }
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

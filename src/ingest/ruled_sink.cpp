#include "ingest/ruled_sink.hpp"

#include "ingest/time_text.hpp"

namespace mta {
namespace {

std::string_view text_at(std::span<const std::string_view> slots, std::size_t slot) noexcept {
  return slot == RuledColumns::none ? std::string_view{} : slots[slot];
}

}  // namespace

RuledSink::RuledSink(EventPart& part, std::uint64_t first_sequence, const Schema& schema,
                     const RuledColumns& columns)
    : events_(part, first_sequence, schema, columns.slots),
      judge_(schema.channel_rules),
      columns_(columns),
      separator_(schema.channel_separator),
      row_(columns.from.size()),
      rule_texts_(columns.columns.size()) {}

std::optional<RejectReason> RuledSink::add(std::span<const std::string_view> slots) {
  for (std::size_t i = 0; i < row_.size(); ++i) row_[i] = text_at(slots, columns_.from[i]);
  judge(slots);
  return events_.add(row_);
}

void RuledSink::judge(std::span<const std::string_view> slots) {
  const auto text = [&](std::size_t i) { return text_at(slots, columns_.texts[i]); };
  for (std::size_t i = 0; i < rule_texts_.size(); ++i) {
    rule_texts_[i] = text_at(slots, columns_.columns[i]);
  }
  const JudgedTouch& touch =
      judge_.judge({text(0), text(1), text(2), text(3), text(4), text(5), text(6)}, rule_texts_);
  row_[EventSlots::channels] = touch.channel;
  if (columns_.given_channels != 0) {
    const std::string_view given = given_channel(slots);
    if (!given.empty()) row_[EventSlots::channels] = given;
  }
  for (const RuledColumns::Derived& each : columns_.derived) {
    row_[each.slot] = derived_text(touch.source, each.dimension);
  }
}

std::string_view RuledSink::given_channel(std::span<const std::string_view> slots) {
  joined_.clear();
  for (const std::string_view text : slots.subspan(EventSlots::channels, columns_.given_channels)) {
    if (is_blank_text(text)) continue;
    if (!joined_.empty()) joined_ += separator_;
    joined_ += text;
  }
  return joined_;
}

}  // namespace mta

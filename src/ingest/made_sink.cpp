#include "ingest/made_sink.hpp"

#include "ingest/time_text.hpp"

namespace mta {
namespace {

std::string_view text_at(std::span<const std::string_view> slots, std::size_t slot) noexcept {
  return slot == MadeColumns::none ? std::string_view{} : slots[slot];
}

}  // namespace

MadeSink::MadeSink(EventPart& part, std::uint64_t first_sequence, const Schema& schema,
                   const MadeColumns& columns, std::unique_ptr<RowPersons> persons)
    : events_(part, first_sequence, schema, columns.slots),
      columns_(columns),
      persons_(std::move(persons)),
      separator_(schema.channel_separator),
      row_(columns.from.size()),
      rule_texts_(columns.columns.size()),
      identifiers_(columns.identifiers.size()) {
  if (schema.channel_rules.are_given()) judge_.emplace(schema.channel_rules);
}

std::optional<RejectReason> MadeSink::add(std::span<const std::string_view> slots) {
  for (std::size_t i = 0; i < row_.size(); ++i) {
    row_[i] = columns_.from[i] == MadeColumns::none ? columns_.fixed[i] : slots[columns_.from[i]];
  }
  if (judge_) judge(slots);
  if (!columns_.channels.empty()) {
    const std::string_view given = joined_channel(slots);
    if (!given.empty()) row_[EventSlots::channels] = given;
  }
  if (persons_ == nullptr) return events_.add(row_);
  identify(slots);
  const std::optional<RejectReason> reason = events_.add(row_);
  if (reason) {
    persons_->drop();
    return reason;
  }
  persons_->keep(events_.time());
  return std::nullopt;
}

void MadeSink::finish() {
  events_.finish();
  if (persons_ != nullptr) persons_->finish();
}

void MadeSink::judge(std::span<const std::string_view> slots) {
  const auto text = [&](std::size_t i) { return text_at(slots, columns_.texts[i]); };
  for (std::size_t i = 0; i < rule_texts_.size(); ++i) {
    rule_texts_[i] = text_at(slots, columns_.columns[i]);
  }
  const JudgedTouch& touch =
      judge_->judge({text(0), text(1), text(2), text(3), text(4), text(5), text(6)}, rule_texts_);
  // A text that is the same in all rows goes before the rules.
  if (row_[EventSlots::channels].empty()) row_[EventSlots::channels] = touch.channel;
  for (const MadeColumns::Derived& each : columns_.derived) {
    row_[each.slot] = derived_text(touch.source, each.dimension);
  }
}

void MadeSink::identify(std::span<const std::string_view> slots) {
  for (std::size_t i = 0; i < identifiers_.size(); ++i) {
    identifiers_[i] = text_at(slots, columns_.identifiers[i]);
  }
  row_[EventSlots::visitor] = persons_->visitor(identifiers_);
}

std::string_view MadeSink::joined_channel(std::span<const std::string_view> slots) {
  if (columns_.channels.size() == 1) {
    const std::string_view text = slots[columns_.channels.front()];
    return is_blank_text(text) ? std::string_view{} : text;
  }
  joined_.clear();
  for (const std::size_t slot : columns_.channels) {
    if (is_blank_text(slots[slot])) continue;
    if (!joined_.empty()) joined_ += separator_;
    joined_ += slots[slot];
  }
  return joined_;
}

}  // namespace mta

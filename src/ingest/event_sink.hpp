#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ingest/column_plan.hpp"
#include "ingest/event_writer.hpp"
#include "ingest/kind_cache.hpp"
#include "ingest/label_cache.hpp"
#include "ingest/row_sink.hpp"
#include "ingest/time_text.hpp"
#include "mta/ingest/events.hpp"
#include "mta/ingest/schema.hpp"
#include "mta/ingest/time_parser.hpp"

namespace mta {

/// Books rows of text as events of one part.
class EventSink final : public RowSink {
 public:
  /// Blocks are pieces `first_sequence` + their number. The part must outlive the sink.
  EventSink(EventPart& part, std::uint64_t first_sequence, const Schema& schema,
            const EventSlots& slots);

  void begin_block(std::uint64_t number) override;
  std::optional<RejectReason> add(std::span<const std::string_view> slots) override;
  /// To be called when there are no more rows; before, not all of them count.
  void finish() { writer_.finish(); }

 private:
  /// What a row's labels say.
  struct Labels {
    std::uint32_t kind = 0;
    bool converts = false;
  };
  [[nodiscard]] std::optional<RejectReason> add_looked_up(std::span<const std::string_view> slots,
                                                          const PersonKey& key, TimePoint time,
                                                          Labels& labels);
  void code_dimensions(std::span<const std::string_view> slots) {
    for (std::size_t d = 0; d < codes_.size(); ++d) {
      codes_[d] = dimensions_[d].code(slots[slots_.dimensions + d]);
    }
  }
  [[nodiscard]] bool is_conversion(std::string_view event) const noexcept;
  [[nodiscard]] std::uint32_t intern_event(std::string_view event);
  [[nodiscard]] std::string_view channel(std::span<const std::string_view> slots) {
    if (slots_.channel_count != 1) return joined_channel(slots);
    const std::string_view text = slots[EventSlots::channels];
    return is_blank_text(text) ? std::string_view{} : text;
  }
  [[nodiscard]] std::string_view joined_channel(std::span<const std::string_view> slots);
  void add_conversion(const PersonKey& key, Micros value, std::span<const std::string_view> slots);

  EventPart& part_;
  EventWriter writer_;
  std::uint64_t first_sequence_;
  EventSlots slots_;
  std::string separator_;
  std::vector<std::string> conversion_events_;
  TimeParser times_;
  LabelCache events_, channels_;
  std::vector<LabelCache> dimensions_;
  std::vector<std::uint8_t> may_convert_;  // by code of the event
  KindCache kinds_;
  PairCache pairs_;
  std::vector<std::uint32_t> codes_;  // of the row's dimensions
  std::vector<Hash128> ids_;
  std::string joined_;
};

}  // namespace mta

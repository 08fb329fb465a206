#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/column_plan.hpp"
#include "ingest/event_writer.hpp"
#include "ingest/kind_cache.hpp"
#include "ingest/label_cache.hpp"
#include "ingest/row_sink.hpp"
#include "ingest/text_times.hpp"
#include "ingest/value_text.hpp"
#include "mta/ingest/events.hpp"
#include "mta/ingest/schema.hpp"

namespace mta {

/// Books rows of text as events of one part.
class EventSink final : public RowSink {
 public:
  /// Blocks are pieces `first_sequence` + their number. The part must outlive the sink.
  EventSink(EventPart& part, std::uint64_t first_sequence, const Schema& schema,
            const EventSlots& slots);

  void begin_block(std::uint64_t number) override;
  std::optional<RejectReason> add(std::span<const std::string_view> slots) override;
  void add_rows(const RowBatch& batch, std::vector<RowReject>& rejects) override;
  /// Of the row that `add` took last.
  [[nodiscard]] TimePoint time() const noexcept { return time_; }
  /// To be called when there are no more rows; before, not all of them count.
  void finish() { writer_.finish(); }

 private:
  /// What a row's labels say.
  struct Labels {
    std::uint32_t kind = 0;
    bool converts = false;
  };
  void read_visitors(const RowBatch& batch);
  void read_times(const RowBatch& batch);
  void read_kinds(const RowBatch& batch);
  void reject(std::size_t row, RejectReason reason);
  template <bool has_dimensions>
  void book_rows(const RowBatch& batch, std::vector<RowReject>& rejects);
  template <bool has_dimensions>
  void add_plain(const RowBatch& batch, std::size_t row);
  [[nodiscard]] std::optional<RejectReason> add_other(const RowBatch& batch, std::size_t row);
  [[nodiscard]] std::optional<RejectReason> add_labelled(std::span<const std::string_view> slots,
                                                         const PersonKey& key, TimePoint time);
  [[nodiscard]] std::optional<RejectReason> add_looked_up(std::span<const std::string_view> slots,
                                                          const PersonKey& key, TimePoint time,
                                                          Labels& labels);
  [[nodiscard]] ReadValue read_worth(std::span<const std::string_view> slots,
                                     const Labels& labels) const;
  void book(std::span<const std::string_view> slots, const PersonKey& key, TimePoint time,
            const Labels& labels, Micros value);
  [[nodiscard]] bool is_conversion(std::string_view event) const noexcept;
  [[nodiscard]] std::uint32_t intern_event(std::string_view event);
  [[nodiscard]] std::string_view channel(std::span<const std::string_view> slots) {
    if (slots_.channel_count != 1) return joined_channel(slots);
    const std::string_view text = slots[EventSlots::channels];
    return is_blank_text(text) ? std::string_view{} : text;
  }
  [[nodiscard]] std::string_view joined_channel(std::span<const std::string_view> slots);

  EventPart& part_;
  EventWriter writer_;
  std::uint64_t first_sequence_;
  EventSlots slots_;
  std::string separator_;
  std::vector<std::string> conversion_events_;
  TextTimes times_;
  TimePoint time_;
  LabelCache events_, channels_;
  std::vector<LabelCache> dimensions_;
  std::vector<std::uint8_t> may_convert_;  // by code of the event
  KindCache kinds_;
  PairCache pairs_;
  std::vector<std::uint32_t> codes_;  // of the row's dimensions
  std::vector<Hash128> ids_;
  std::string joined_;
  // Of the rows of a batch:
  static constexpr auto taken = static_cast<RejectReason>(0xff);
  std::array<PersonKey, RowBatch::most_rows> keys_;
  std::array<TimePoint, RowBatch::most_rows> moments_;
  static constexpr std::uint32_t not_plain = PairCache::no_kind;
  std::array<std::uint32_t, RowBatch::most_rows> row_kinds_;
  std::array<RejectReason, RowBatch::most_rows> reasons_;  // or `taken`
  bool has_rejects_ = false;                               // one of them
  std::vector<std::string_view> texts_;                    // of one of them
};

}  // namespace mta

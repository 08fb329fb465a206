#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/event_sink.hpp"
#include "ingest/ruled_columns.hpp"
#include "ingest/touch_key.hpp"

namespace mta {

/// Gives rows of text their channel by rules, and books them as events of one part.
class RuledSink final : public RowSink {
 public:
  RuledSink(EventPart& part, std::uint64_t first_sequence, const Schema& schema,
            const RuledColumns& columns);

  void begin_block(std::uint64_t number) override { events_.begin_block(number); }
  std::optional<RejectReason> add(std::span<const std::string_view> slots) override;
  void finish() { events_.finish(); }

 private:
  void judge(std::span<const std::string_view> slots);
  [[nodiscard]] std::string_view given_channel(std::span<const std::string_view> slots);

  EventSink events_;
  ChannelJudge judge_;
  RuledColumns columns_;
  std::string separator_, joined_;
  std::vector<std::string_view> row_, rule_texts_;
};

}  // namespace mta

#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/event_sink.hpp"
#include "ingest/made_columns.hpp"
#include "ingest/touch_key.hpp"
#include "mta/ingest/row_persons.hpp"

namespace mta {

/// Makes rows of text what events are booked of: their channel by rules, texts that are the same in
/// all rows, whom they are of by identifiers. Books them as events of one part.
class MadeSink final : public RowSink {
 public:
  /// @param persons  nothing where the schema has no identifiers
  MadeSink(EventPart& part, std::uint64_t first_sequence, const Schema& schema,
           const MadeColumns& columns, std::unique_ptr<RowPersons> persons);

  void begin_block(std::uint64_t number) override { events_.begin_block(number); }
  std::optional<RejectReason> add(std::span<const std::string_view> slots) override;
  void finish();

 private:
  void judge(std::span<const std::string_view> slots);
  void identify(std::span<const std::string_view> slots);
  [[nodiscard]] std::string_view joined_channel(std::span<const std::string_view> slots);

  EventSink events_;
  MadeColumns columns_;
  std::optional<ChannelJudge> judge_;  // where there are rules
  std::unique_ptr<RowPersons> persons_;
  std::string separator_, joined_;
  std::vector<std::string_view> row_, rule_texts_, identifiers_;
};

}  // namespace mta

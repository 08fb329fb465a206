#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "ingest/column_plan.hpp"
#include "ingest/path_steps.hpp"
#include "ingest/row_sink.hpp"
#include "ingest/step_codes.hpp"
#include "ingest/value_text.hpp"
#include "mta/ingest/path_table.hpp"

namespace mta {

/// Books rows of text as rows of a path table. Once the first block is in, there is room for as
/// many more as the others will have: columns that grow by and by are copied, each time to fresh
/// memory.
class PathSink final : public RowSink {
 public:
  /// @param blocks  that are likely to come
  PathSink(PathTable& table, char separator, const PathSlots& slots, std::uint64_t blocks)
      : table_(table),
        separator_(separator),
        slots_(slots),
        blocks_(blocks),
        channels_(table.channels) {}

  void begin_block(std::uint64_t number) override {
    if (number != 1 || blocks_ < 2) return;
    const std::uint64_t rows = table_.rows() * (blocks_ + 1);
    table_.offsets.reserve(rows);
    table_.worth.reserve(rows);
    table_.nulls.reserve(rows);
    table_.touches.reserve(table_.touches.size() * (blocks_ + 1));
  }

  std::optional<RejectReason> add(std::span<const std::string_view> slots) override {
    const ReadValue conversions = read_count(slots[PathSlots::conversions]);
    if (conversions.reason) return conversions.reason;
    ReadValue value, nulls;
    if (slots_.value != PathSlots::none) value = read_amount(slots[slots_.value]);
    if (value.reason) return value.reason;
    if (slots_.nulls != PathSlots::none) nulls = read_count(slots[slots_.nulls]);
    if (nulls.reason) return nulls.reason;
    if (conversions.value.units == 0 && value.value.units != 0) {
      return RejectReason::value_without_conversions;
    }
    add_path(slots[PathSlots::path]);
    table_.worth.push_back({conversions.value, value.value});
    table_.nulls.push_back(nulls.value);
    return std::nullopt;
  }

 private:
  /// Most amounts of a path table are one digit.
  static ReadValue read_amount(std::string_view text) noexcept {
    if (text.size() == 1 && text[0] >= '0' && text[0] <= '9') {
      return {Micros{(text[0] - '0') * one_conversion.units}, std::nullopt};
    }
    return read_value(text);
  }

  static ReadValue read_count(std::string_view text) noexcept {
    const ReadValue read = read_amount(text);
    if (!read.reason && read.value.units < 0) return {{}, RejectReason::negative_count};
    return read;
  }

  void add_path(std::string_view path) {
    for (PathSteps steps(separator_, path); steps.any();) {
      const std::uint32_t channel = channels_.code(steps.next());
      if (channel != Dictionary::empty_code) table_.touches.push_back(channel);
    }
    table_.offsets.push_back(table_.touches.size());
  }

  PathTable& table_;
  char separator_;
  PathSlots slots_;
  std::uint64_t blocks_;
  StepCodes channels_;
};

}  // namespace mta

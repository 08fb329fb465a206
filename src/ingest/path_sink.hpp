#pragma once
#include <algorithm>

#include "ingest/column_plan.hpp"
#include "ingest/label_cache.hpp"
#include "ingest/row_sink.hpp"
#include "ingest/time_text.hpp"
#include "ingest/value_text.hpp"
#include "mta/ingest/path_table.hpp"

namespace mta {

/// Books rows of text as rows of a path table.
class PathSink final : public RowSink {
 public:
  PathSink(PathTable& table, char separator, const PathSlots& slots)
      : table_(table), separator_(separator), slots_(slots), channels_(table.channels) {}

  void begin_block(std::uint64_t) override {}

  std::optional<RejectReason> add(std::span<const std::string_view> slots) override {
    const ReadValue conversions = read_count(slots[PathSlots::conversions]);
    const ReadValue value =
        slots_.value == PathSlots::none ? ReadValue{} : read_value(slots[slots_.value]);
    const ReadValue nulls =
        slots_.nulls == PathSlots::none ? ReadValue{} : read_count(slots[slots_.nulls]);
    for (const ReadValue& read : {conversions, value, nulls}) {
      if (read.reason) return read.reason;
    }
    if (conversions.value.units == 0 && value.value.units != 0) {
      return RejectReason::value_without_conversions;
    }
    add_path(slots[PathSlots::path]);
    table_.worth.push_back({conversions.value, value.value});
    table_.nulls.push_back(nulls.value);
    return std::nullopt;
  }

 private:
  static ReadValue read_count(std::string_view text) noexcept {
    const ReadValue read = read_value(text);
    if (!read.reason && read.value.units < 0) return {{}, RejectReason::negative_count};
    return read;
  }

  void add_path(std::string_view path) {
    while (!path.empty()) {
      const std::size_t end = std::min(path.find(separator_), path.size());
      const std::string_view step = trim_blanks(path.substr(0, end));
      if (!step.empty()) table_.touches.push_back(channels_.code(step));
      path.remove_prefix(std::min(end + 1, path.size()));
    }
    table_.offsets.push_back(table_.touches.size());
  }

  PathTable& table_;
  char separator_;
  PathSlots slots_;
  LabelCache channels_;
};

}  // namespace mta

#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ingest/column_plan.hpp"
#include "ingest/row_sink.hpp"
#include "ingest/text_times.hpp"
#include "mta/ingest/row_persons.hpp"

namespace mta {

/// Where the texts of a link stand.
struct LinkColumns {
  static constexpr std::size_t none = EventSlots::none;
  ColumnPlan plan;
  std::vector<std::size_t> identifiers;  ///< slots, or none, as in the schema
  std::size_t time = none;
};

/// @throws Error{Errc::missing_column} where a column that the schema names is not there
[[nodiscard]] LinkColumns choose_link_columns(const Schema& schema, const ColumnNames& names);

/// Notes who belongs together, row by row.
class LinkSink final : public RowSink {
 public:
  LinkSink(const Schema& schema, const LinkColumns& columns, std::unique_ptr<RowPersons> persons)
      : columns_(columns),
        persons_(std::move(persons)),
        times_(schema.time_format, schema.time_zone),
        texts_(columns.identifiers.size()) {}

  void begin_block(std::uint64_t) override {}

  std::optional<RejectReason> add(std::span<const std::string_view> slots) override {
    TimePoint time{std::numeric_limits<std::int64_t>::min()};
    if (columns_.time != LinkColumns::none && !times_.read(slots[columns_.time], time)) {
      return RejectReason::invalid_time;
    }
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      const std::size_t slot = columns_.identifiers[i];
      texts_[i] = slot == LinkColumns::none ? std::string_view{} : slots[slot];
    }
    if (persons_->visitor(texts_).empty()) {
      persons_->drop();
      return RejectReason::empty_visitor;
    }
    persons_->keep(time);
    return std::nullopt;
  }

  void finish() { persons_->finish(); }

 private:
  LinkColumns columns_;
  std::unique_ptr<RowPersons> persons_;
  TextTimes times_;
  std::vector<std::string_view> texts_;
};

}  // namespace mta

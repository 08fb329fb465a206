#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ingest/row_batch.hpp"
#include "mta/ingest/ingest_report.hpp"

namespace mta {

/// Takes rows as the texts of their mapped columns, in the order of the plan's slots. One a worker.
class RowSink {
 public:
  RowSink() = default;
  RowSink(const RowSink&) = delete;
  RowSink& operator=(const RowSink&) = delete;
  virtual ~RowSink();
  virtual void begin_block(std::uint64_t number) = 0;
  /// Takes a row, or says why not: then nothing of it was kept. Texts are valid UTF-8.
  [[nodiscard]] virtual std::optional<RejectReason> add(
      std::span<const std::string_view> slots) = 0;
  /// Takes the rows of a batch, in their order: as `add` would, one by one. Those that it does not
  /// take are appended to `rejects`, in their order too.
  virtual void add_rows(const RowBatch& batch, std::vector<RowReject>& rejects);
};

}  // namespace mta

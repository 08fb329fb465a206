#include "ingest/row_sink.hpp"

namespace mta {

RowSink::~RowSink() = default;

void RowSink::add_rows(const RowBatch& batch, std::vector<RowReject>& rejects) {
  std::vector<std::string_view> slots(batch.slots());
  for (std::size_t row = 0; row < batch.size(); ++row) {
    batch.get(row, slots);
    const std::optional<RejectReason> reason = add(slots);
    if (reason) rejects.push_back({static_cast<std::uint32_t>(row), *reason});
  }
}

}  // namespace mta

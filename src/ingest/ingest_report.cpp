#include "mta/ingest/ingest_report.hpp"

#include <algorithm>
#include <numeric>

namespace mta {

std::string_view name_of(RejectReason reason) noexcept {
  constexpr std::array<std::string_view, reject_reasons> names = {
      "malformed_row",  "wrong_width",   "row_too_long",     "invalid_utf8",
      "empty_visitor",  "invalid_time",  "invalid_value",    "value_not_finite",
      "value_overflow", "negative_count", "value_without_conversions"};
  return names[static_cast<std::size_t>(reason)];
}

std::uint64_t IngestReport::rejected() const noexcept {
  return std::accumulate(rejected_by_reason.begin(), rejected_by_reason.end(), std::uint64_t{0});
}

void IngestReport::merge(const IngestReport& other) {
  rows += other.rows;
  events += other.events;
  for (std::size_t i = 0; i < reject_reasons; ++i) rejected_by_reason[i] += other.rejected_by_reason[i];
  for (const RejectExample& example : other.examples) {
    if (examples.size() < kept_examples) examples.push_back(example);
  }
  for (const ColumnChoice& choice : other.columns) {
    if (std::find(columns.begin(), columns.end(), choice) == columns.end()) columns.push_back(choice);
  }
}

}  // namespace mta

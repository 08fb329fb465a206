#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "mta/core/export.hpp"
#include "mta/core/units.hpp"

namespace mta {

/// Says whom the rows are of that carry identifiers of several kinds (Schema::identifiers), and
/// notes which were seen together. One for each thread that reads; for each row `visitor`, then
/// `keep` or `drop`.
class MTA_EXPORT RowPersons {
 public:
  virtual ~RowPersons();
  /// The text that stands for the row's visitor, valid until the next call; empty: it has none.
  /// @param identifiers  the row's texts, in the order of the schema
  [[nodiscard]] virtual std::string_view visitor(std::span<const std::string_view> identifiers) = 0;
  /// The row counts.
  virtual void keep(TimePoint time) = 0;
  /// The row was rejected.
  virtual void drop() = 0;
  /// There are no more rows: what was noted is handed over.
  virtual void finish() = 0;
};

/// Makes one for a thread; called from one thread at a time.
using RowPersonsMaker = std::function<std::unique_ptr<RowPersons>()>;

}  // namespace mta

#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/credits/credit_trail.hpp"

namespace mta {

enum class LedgerFormat { csv, ndjson };

/// Writes what each touch of each conversion earned under each model, a line each: the ledger that
/// an audit adds up. docs/formats/ledger.md has the columns. Touches that earned nothing have no
/// line; what no touch earned is a line of `(unattributed)` for each goal and model.
///
///   Promises  the same run gives the same bytes, on any number of threads; what its lines add up
///   to
///             is said at CreditTrail
///   Errors    whatever `write` throws ends the run
class MTA_EXPORT CreditLedger final : public CreditTrail {
 public:
  using Write = std::function<void(std::string_view lines)>;
  CreditLedger(LedgerFormat format, Write write) : format_(format), write_(std::move(write)) {}

  void begin(const TrailHead& head) override;
  void take(const CreditedJourney& journey) override;
  void end(std::span<const Worth> unattributed) override;

 private:
  struct Line;
  void add(const Line& line);
  void add_csv(const Line& line);
  void add_ndjson(const Line& line);

  LedgerFormat format_;
  Write write_;
  std::string goal_;
  std::vector<std::string> models_, dimensions_;
  std::string lines_;
  bool has_header_ = false;
};

}  // namespace mta

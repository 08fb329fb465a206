#pragma once
// One goal's answer: what its workers gathered, fitted and split.
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/credits/ledger.hpp"
#include "mta/credits/result.hpp"
#include "pipeline/goal_workers.hpp"

namespace mta {

/// Gives a goal's journeys to a sink, batch by batch, for the second time.
using Replay = std::function<void(std::vector<SecondPass>& workers)>;

/// What turns one goal's first pass into its answer.
struct Assembly {
  std::size_t width;  ///< of the keys asked for
  bool by_channel_only;
  std::function<CellNumbering()> fine_cells;  ///< channel first, then what was asked for
  Ledger::NameOf name_of;
  std::span<const std::string_view> channels;
  std::size_t workers;
  bool chains;
  std::optional<std::size_t> statistics;   ///< how many top paths
  std::vector<std::string> absent_stages;  ///< those that no event of the input could pass
};

/// Makes the answer to one goal of what the first pass gathered.
class GoalAssembly {
 public:
  GoalAssembly(const Assembly& assembly, std::span<const AnyModel> models, std::string name,
               std::vector<FirstPass>& workers);

  /// @param replay  called at most once
  [[nodiscard]] GoalResult finish(const Replay& replay);

  /// The fits of fitted models, and which is whose: known once it is finished.
  [[nodiscard]] std::span<const FittedCredit> fits() const noexcept { return fits_; }
  [[nodiscard]] std::span<const std::optional<std::size_t>> fit_of() const noexcept {
    return fit_of_;
  }

 private:
  void fit_all();
  [[nodiscard]] bool needs_touches(std::size_t m) const;
  void second_pass(const Replay& replay);
  [[nodiscard]] Ledger ledger_of(std::size_t m) const;
  void add_model(std::size_t m);
  void add_statistics();

  const Assembly& assembly_;
  std::span<const AnyModel> models_;
  std::vector<FirstPass>& workers_;
  std::vector<std::uint8_t> seen_;
  GoalResult result_;
  Worth unattributed_;
  std::vector<FittedCredit> fits_;
  std::vector<std::optional<Chain>> chains_;  // of each fit
  std::vector<std::optional<std::size_t>> fit_of_;
  std::vector<TouchShares> shares_;
  bool any_second_ = false;
};

}  // namespace mta

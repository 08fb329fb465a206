#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/credits/cell_numbering.hpp"
#include "mta/credits/result.hpp"
#include "mta/models/credit_sink.hpp"
#include "mta/models/model.hpp"

namespace mta {

/// Credit keyed by tuples of codes, in order of the tuples: whoever worked in what order, the same.
class MTA_EXPORT Ledger {
 public:
  using Tuple = std::vector<std::uint32_t>;

  /// Adds a worker's sums. Cells whose flag in `seen` is 0 are left out.
  /// @throws Error{Errc::overflow} where a model that hands out more than was booked has handed out
  /// more than 2^63 - 1 micro-units, to whomever
  void add(const CellNumbering& cells, std::span<const std::uint8_t> seen, const CreditSink& sink);
  void add(const Tuple& tuple, const Worth& credit) { rows_[tuple] += credit; }
  void add_unattributed(const Worth& credit) noexcept { unattributed_ += credit; }

  [[nodiscard]] const std::map<Tuple, Worth>& rows() const noexcept { return rows_; }
  [[nodiscard]] const Worth& unattributed() const noexcept { return unattributed_; }

  /// The rows with their names, sorted as reports show them: conversions, largest first, then key.
  /// Rows whose names agree are one.
  using NameOf = std::function<std::string_view(std::size_t dimension, std::uint32_t code)>;
  [[nodiscard]] std::vector<CreditRow> named(std::size_t width, const NameOf& name_of) const;

 private:
  std::map<Tuple, Worth> rows_;
  Worth unattributed_;
  WorthTotal handed_out_;  // by models that hand out more than was booked
};

/// What the second pass of a fitted model gathers, by tuples whose first code is the channel.
struct TouchShares {
  Ledger converting;  ///< each conversion split over its touches by effect
  std::map<Ledger::Tuple, std::uint64_t> null_touches;
};

/// The channel totals of a fit, apportioned over tuples (the channel's code dropped): in proportion to
/// what the channel's touches earned of their conversions, else to its touches in null journeys.
///
///   Promises  adds up to the fit's totals per channel, and so in all
///   Source    docs/architecture.md, "Touch credit"
[[nodiscard]] MTA_EXPORT Ledger distribute_channel_totals(const FittedCredit& fit,
                                                          const TouchShares& shares);

/// Each conversion over its own touches: adds up per conversion, the channel's code dropped.
[[nodiscard]] MTA_EXPORT Ledger distribute_by_journey(const TouchShares& shares);

}  // namespace mta

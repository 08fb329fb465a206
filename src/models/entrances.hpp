#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "models/chain_sweeps.hpp"
#include "models/counted_chain.hpp"

namespace mta {

/// Arcs of a chain by where they lead, in the order of sweeps.
struct IncomingArcs {
  /// @param order  in which states are swept over: neighbours should share their sources
  IncomingArcs(const AbsorbingChain& chain, std::vector<std::uint32_t> order);
  std::vector<std::uint32_t> place;  ///< of each state in the order
  SweepRows rows;
};

/// A chain without some of its states and arcs: what led there leaves. @param gone_arc  may be
/// empty
[[nodiscard]] AbsorbingChain without(const AbsorbingChain& chain, std::span<const char> gone_state,
                                     std::span<const char> gone_arc);

/// Where journeys come first to what is removed, for eight removals at once.
///
///   Promises  the same bits on every CPU; exact, by elimination, where sweeps do not end
///   Cost      some 25 sweeps over all arcs
class Entrances {
 public:
  /// @param mask       by state: bit l where it is removed in lane l
  /// @param visits     of each state where nothing is removed: where sweeps begin
  /// @param tolerance  of the sum of |errors| of the visits of a lane
  Entrances(const AbsorbingChain& chain, const IncomingArcs& incoming,
            std::span<const std::uint8_t> mask, std::span<const double> visits, double tolerance,
            std::size_t lanes);

  /// Visits of each state before the first that is removed; 0 at those.
  [[nodiscard]] const std::vector<Lanes>& visits() const noexcept { return visits_; }
  /// The probability, lane by lane, that a state is the first of those removed that a journey comes
  /// to.
  [[nodiscard]] Lanes first(std::uint32_t state) const noexcept;
  /// What is left of the largest sum of |errors| of a lane's visits; 0 where they are exact.
  [[nodiscard]] double error() const noexcept { return error_; }

 private:
  void eliminate(std::span<const std::uint8_t> mask, std::size_t lane);

  const AbsorbingChain& chain_;
  const IncomingArcs& incoming_;
  std::vector<Lanes> visits_;
  double error_ = 0;
};

/// Where sweeps give up: most chains take some 25.
inline constexpr std::size_t most_sweeps = 3000;

/// The largest error of a solution by sweeps.
[[nodiscard]] double largest_error(const SweepResult& result) noexcept;

}  // namespace mta

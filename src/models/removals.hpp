#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "models/counted_chain.hpp"
#include "models/entrances.hpp"

namespace mta {

/// What is taken out of a chain at once: states of the chain, and arcs by their index.
struct Removal {
  std::vector<std::uint32_t> states;
  std::vector<std::size_t> arcs;
};

/// What the chain loses without something, as a share of all it has.
struct RemovalShare {
  double conversions = 0, value = 0;
};

/// Removal effects one system of equations at a time, eight at once: for chains whose states are
/// too many for the inverse, and for what no column of it tells.
///
///   Promises  `error()` estimates what is left of the error of any answer so far, relative to the
///             probability of conversion, as changes fell; the same bits on every CPU
///   Cost      some 25 sweeps over all arcs for eight removals; where sweeps do not end,
///             elimination
class RemovalSolver {
 public:
  /// @param visits  of each state, from START
  /// @param order   in which states are swept over: neighbours should share their sources
  RemovalSolver(const AbsorbingChain& chain, std::vector<double> visits,
                std::vector<std::uint32_t> order);

  [[nodiscard]] double conversion_probability() const noexcept { return probability_; }
  [[nodiscard]] double value() const noexcept { return value_; }
  [[nodiscard]] double error() const noexcept;

  /// Whoever reaches what is removed goes to NULL. No arcs.
  [[nodiscard]] std::vector<RemovalShare> to_null(std::span<const Removal> removals);
  /// The same for one removal, of states and arcs.
  [[nodiscard]] RemovalShare to_null_with_arcs(const Removal& removal);
  /// Arcs into what is removed share their probability out among the others from there: a state
  /// that has no other leads to NULL. No arcs.
  [[nodiscard]] std::vector<RemovalShare> renormalized(std::span<const Removal> removals);

 private:
  void solve_ahead();
  [[nodiscard]] Entrances entrances(const AbsorbingChain& chain, const IncomingArcs& incoming,
                                    std::span<const Removal> removals);
  [[nodiscard]] RemovalShare lost_at(const Removal& removal, const Entrances& entrances,
                                     std::size_t lane) const;
  [[nodiscard]] RemovalShare share(const RemovalShare& lost) const noexcept;
  void add_renormalized(std::span<const Removal> removals, std::vector<RemovalShare>& shares);
  [[nodiscard]] std::vector<char> can_leave(std::span<const std::uint8_t> mask,
                                            std::size_t lane) const;
  [[nodiscard]] std::vector<Lanes> factors(std::span<const std::uint8_t> mask,
                                           std::size_t lanes) const;
  void eliminate_scaled(std::span<const std::uint8_t> mask, const std::vector<Lanes>& factor,
                        std::size_t lane, std::vector<Lanes>& x) const;
  [[nodiscard]] std::vector<std::uint8_t> masks(std::span<const Removal> removals) const;

  const AbsorbingChain& chain_;
  std::vector<double> visits_;
  IncomingArcs incoming_;
  std::vector<double> convert_, reward_;  // expected from each state
  double probability_ = 0, value_ = 0;
  double ahead_error_ = 0, entrance_error_ = 0;
};

}  // namespace mta

#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "mta/report/journey_graph_boost.hpp"
#include "report/path_length.hpp"

namespace mta::report {

/// The shortest way to conversion, around what is barred. Looks at graph and lengths as long as it
/// lives.
class PathSearch {
 public:
  using States = std::vector<std::uint32_t>;

  PathSearch(const BoostJourneyGraph& graph, std::span<const PathLength> lengths,
             const std::stop_token& stop);

  void bar_state(std::uint32_t state) { barred_states_[state] = 1; }
  void bar_arc(std::size_t place);
  /// Nothing is barred any more but states.
  void free_arcs();
  void free_states(std::span<const std::uint32_t> states);

  /// From `from` to conversion; of the shortest ones the first by its states' numbers. Empty where
  /// there is none. @throws Error{Errc::cancelled}
  [[nodiscard]] States shortest(std::uint32_t from);

 private:
  [[nodiscard]] bool reaches_conversion(std::uint32_t from);
  [[nodiscard]] std::uint32_t next_state(std::uint32_t state) const;

  const BoostJourneyGraph& graph_;
  std::span<const PathLength> lengths_;
  const std::stop_token& stop_;
  std::vector<char> barred_states_;
  std::vector<char> barred_arcs_;
  std::vector<std::size_t> barred_places_;  ///< which of those are barred
  std::vector<PathLength> left_;  ///< from each state to conversion, where it was looked at
};

}  // namespace mta::report

#pragma once
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <stop_token>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/models/chain.hpp"

namespace mta {

/// A way through the chain, and how many of those who start take exactly it.
struct JourneyPath {
  std::vector<std::uint32_t> states;  ///< from Chain::start to Chain::conversion, none twice
  double probability = 0;             ///< the product of its arcs'
  friend bool operator==(const JourneyPath&, const JourneyPath&) = default;
};

/// What a picture of the graph leaves out.
struct DotOptions {
  /// Arcs below it, and states that they alone touch, are not drawn. In [0, 1].
  double least_probability = 0;
  friend bool operator==(const DotOptions&, const DotOptions&) = default;
};

/// The graph that journeys walk: the states of a chain and the arcs between them. V states, E arcs.
///
///   Promises  the same chain gives the same answers, on every CPU; const calls are safe on any
///   thread Lengths   an arc is -log2 of its probability long, in fixed point of 2^-40, so that
///   lengths add
///             up exactly in any order. Of equally long paths the one of fewer arcs is the shorter:
///             arcs of probability 1 have a length, too. What then is equal is a tie.
///   Errors    construction: @throws Error{Errc::invalid_option} naming the state or arc where the
///             chain lacks its first three states, or an arc names none of the states, is not
///             behind the one before it (by `from`, then `to`), or has a count not above 0 or a
///             probability not in (0, 1]
///   Source    docs/graph.md, with formulas and a worked example
class MTA_EXPORT JourneyGraph {
 public:
  explicit JourneyGraph(Chain chain);
  JourneyGraph(JourneyGraph&&) noexcept;
  JourneyGraph& operator=(JourneyGraph&&) noexcept;
  ~JourneyGraph();

  [[nodiscard]] const Chain& chain() const noexcept;

  /// The `count` most probable paths from start to conversion that meet no state twice, or all
  /// where there are fewer: shortest first, ties by the states' numbers.
  /// @throws Error{Errc::cancelled} on `stop`
  ///   Cost      one search, O(E + V log V), for each state of each path found
  [[nodiscard]] std::vector<JourneyPath> most_probable_paths(std::size_t count,
                                                             std::stop_token stop = {}) const;

  /// The states that every path from start to conversion passes, in the order in which it meets
  /// them: the dominators of conversion, without itself and start. None where no path leads there.
  ///   Cost      O(V + E)
  [[nodiscard]] std::vector<std::uint32_t> unavoidable() const;

  /// The strongly connected component of each state: states share a number where each can be
  /// reached from the other. Numbered from 0 by the first state of each.
  ///   Cost      O(V + E)
  [[nodiscard]] std::vector<std::uint32_t> components() const;

  /// How much each state lies between others: over all ordered pairs of two other states of which
  /// one reaches the other, the share of the shortest paths between them that pass it; tied paths
  /// share equally. Not normalised: at most (V - 1)(V - 2). Up to 2^1023 tied paths between two
  /// states.
  /// @throws Error{Errc::cancelled} on `stop`
  ///   Cost      O(V E log V): a second for 2,000 states of 3 arcs, an hour for 100,000
  [[nodiscard]] std::vector<double> betweenness(std::stop_token stop = {}) const;

  /// Graphviz: from left to right, arcs as wide as they are probable and labelled with probability
  /// and count. Names look as in tables: what no line can show appears as an escape such as "\n".
  /// Failures to write show in the stream's state.
  /// @throws Error{Errc::invalid_option} where `least_probability` is not in [0, 1]
  ///   Cost      O(V + E)
  void write_dot(std::ostream& out, const DotOptions& options = {}) const;

  /// GraphML 1.0: nodes n0, n1, ... with `name`; edges e0, e1, ... with `count` (six places) and
  /// `probability` (as many digits as give the same double back). Characters that XML cannot hold
  /// appear as escapes such as "\x01". Failures to write show in the stream's state.
  ///   Cost      O(V + E)
  void write_graphml(std::ostream& out) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace mta

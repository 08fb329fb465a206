#include "report/path_ranking.hpp"

#include <algorithm>
#include <cstdint>
#include <set>
#include <tuple>
#include <utility>

#include "report/path_search.hpp"

namespace mta::report {
namespace {

using States = PathSearch::States;

struct Candidate {
  PathLength length;
  States states;
  /// It is the shortest of those that agree with an earlier path up to this place and differ there.
  std::size_t deviates_at = 0;

  friend bool operator<(const Candidate& a, const Candidate& b) {
    return std::tie(a.length, a.states) < std::tie(b.length, b.states);
  }
};

/// Yen's algorithm with Lawler's rule: a path's deviations are looked for where it deviated itself,
/// and behind, so that none is found twice.
class Ranking {
 public:
  Ranking(const BoostJourneyGraph& graph, std::span<const PathLength> lengths,
          const std::stop_token& stop)
      : graph_(graph), lengths_(lengths), search_(graph, lengths, stop) {}

  std::vector<JourneyPath> first(std::size_t count) {
    std::vector<JourneyPath> ranked;
    if (count > 0) consider(search_.shortest(Chain::start), 0);
    while (!candidates_.empty()) {
      found_.push_back(std::move(candidates_.extract(candidates_.begin()).value()));
      ranked.push_back({found_.back().states, probability(found_.back().states)});
      if (ranked.size() == count) break;
      add_deviations();
    }
    return ranked;
  }

 private:
  const JourneyArc* arc(std::uint32_t from, std::uint32_t to) const {
    const auto [begin, end] = out_edges(from, graph_);
    const auto at = std::lower_bound(begin, end, to, [this](const auto& edge, std::uint32_t state) {
      return target(edge, graph_) < state;
    });
    return &graph_[*at];
  }

  double probability(const States& path) const {
    double product = 1;
    for (std::size_t i = 1; i < path.size(); ++i) product *= arc(path[i - 1], path[i])->probability;
    return product;
  }

  void consider(States path, std::size_t deviates_at) {
    if (path.empty()) return;
    PathLength length;
    for (std::size_t i = 1; i < path.size(); ++i) {
      length = length + lengths_[arc(path[i - 1], path[i])->place];
    }
    candidates_.insert({length, std::move(path), deviates_at});
  }

  /// Bars how paths found so far go on after the first `root` states of `path`.
  void bar_continuations(const States& path, std::size_t root) {
    for (const Candidate& other : found_) {
      if (other.states.size() > root &&
          std::equal(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(root),
                     other.states.begin())) {
        search_.bar_arc(arc(other.states[root - 1], other.states[root])->place);
      }
    }
  }

  /// The shortest path for each place where one can leave the path found last.
  void add_deviations() {
    const States path = found_.back().states;
    const std::size_t first = found_.back().deviates_at;
    for (std::size_t i = 0; i < first; ++i) search_.bar_state(path[i]);
    for (std::size_t i = first; i + 1 < path.size(); ++i) {
      bar_continuations(path, i + 1);
      const States rest = search_.shortest(path[i]);
      if (!rest.empty()) {
        States whole(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(i));
        whole.insert(whole.end(), rest.begin(), rest.end());
        consider(std::move(whole), i);
      }
      search_.free_arcs();
      search_.bar_state(path[i]);
    }
    search_.free_states(path);
  }

  const BoostJourneyGraph& graph_;
  std::span<const PathLength> lengths_;
  PathSearch search_;
  std::vector<Candidate> found_;
  std::set<Candidate> candidates_;
};

}  // namespace

std::vector<JourneyPath> rank_paths(const BoostJourneyGraph& graph,
                                    std::span<const PathLength> lengths, std::size_t count,
                                    const std::stop_token& stop) {
  return Ranking(graph, lengths, stop).first(count);
}

}  // namespace mta::report

#include "mta/report/journey_graph.hpp"

#include <algorithm>
#include <boost/graph/strong_components.hpp>
#include <string>
#include <tuple>
#include <utility>

#include "mta/core/error.hpp"
#include "mta/report/journey_graph_boost.hpp"
#include "report/betweenness.hpp"
#include "report/graph_export.hpp"
#include "report/path_length.hpp"
#include "report/path_ranking.hpp"
#include "report/unavoidable_states.hpp"

namespace mta {
namespace {

/// What is wrong with an arc, or nothing.
std::string fault_of(const Chain& chain, std::size_t place) {
  const ChainArc& arc = chain.arcs[place];
  const auto states = static_cast<std::uint32_t>(chain.states.size());
  if (arc.from >= states || arc.to >= states) {
    return "must be between states below " + std::to_string(states);
  }
  if (place > 0) {
    const ChainArc& before = chain.arcs[place - 1];
    if (std::tie(before.from, before.to) >= std::tie(arc.from, arc.to)) {
      return "must stand behind the one before it, by from, then to";
    }
  }
  if (arc.count.units <= 0) {
    return "must have a count above 0, got " + std::to_string(arc.count.units) + " micro-units";
  }
  if (!(arc.probability > 0 && arc.probability <= 1)) {  // NaN lands here too
    return "must have a probability in (0, 1], got " + std::to_string(arc.probability);
  }
  return "";
}

Chain checked(Chain chain) {
  if (chain.states.size() < 3) {
    throw Error(Errc::invalid_option,
                "chain.states must begin with start, conversion and null, got " +
                    std::to_string(chain.states.size()) + " states");
  }
  for (std::size_t i = 0; i < chain.arcs.size(); ++i) {
    const std::string fault = fault_of(chain, i);
    if (fault.empty()) continue;
    throw Error(Errc::invalid_option, "chain.arcs[" + std::to_string(i) + "] (" +
                                          std::to_string(chain.arcs[i].from) + " to " +
                                          std::to_string(chain.arcs[i].to) + ") " + fault);
  }
  return chain;
}

/// The same groups, numbered by the first of each.
std::vector<std::uint32_t> numbered_by_first(const std::vector<std::uint32_t>& group,
                                             std::size_t groups) {
  const auto none = static_cast<std::uint32_t>(groups);
  std::vector<std::uint32_t> number(groups, none), numbered;
  std::uint32_t next = 0;
  for (const std::uint32_t one : group) {
    if (number[one] == none) number[one] = next++;
    numbered.push_back(number[one]);
  }
  return numbered;
}

}  // namespace

struct JourneyGraph::Impl {
  explicit Impl(Chain given) : chain(checked(std::move(given))), graph(boost_graph(chain)) {
    lengths.reserve(chain.arcs.size());
    for (const ChainArc& arc : chain.arcs) lengths.push_back(report::arc_length(arc.probability));
  }

  Chain chain;
  BoostJourneyGraph graph;
  std::vector<report::PathLength> lengths;  ///< of each arc
};

JourneyGraph::JourneyGraph(Chain chain) : impl_(std::make_unique<const Impl>(std::move(chain))) {}
JourneyGraph::JourneyGraph(JourneyGraph&&) noexcept = default;
JourneyGraph& JourneyGraph::operator=(JourneyGraph&&) noexcept = default;
JourneyGraph::~JourneyGraph() = default;

const Chain& JourneyGraph::chain() const noexcept { return impl_->chain; }

std::vector<JourneyPath> JourneyGraph::most_probable_paths(std::size_t count,
                                                           std::stop_token stop) const {
  return report::rank_paths(impl_->graph, impl_->lengths, count, stop);
}

std::vector<std::uint32_t> JourneyGraph::unavoidable() const {
  return report::unavoidable_states(impl_->graph);
}

std::vector<std::uint32_t> JourneyGraph::components() const {
  std::vector<std::uint32_t> group(num_vertices(impl_->graph));
  const auto index = get(boost::vertex_index, impl_->graph);
  const std::size_t groups = boost::strong_components(
      impl_->graph, boost::make_iterator_property_map(group.begin(), index));
  return numbered_by_first(group, groups);
}

std::vector<double> JourneyGraph::betweenness(std::stop_token stop) const {
  return report::betweenness(impl_->graph, impl_->lengths, stop);
}

void JourneyGraph::write_dot(std::ostream& out, const DotOptions& options) const {
  report::write_dot(out, impl_->chain, options);
}

void JourneyGraph::write_graphml(std::ostream& out) const {
  report::write_graphml(out, impl_->chain);
}

}  // namespace mta

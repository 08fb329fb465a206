#include "models/entrances.hpp"

#include <algorithm>
#include <numeric>

namespace mta {
namespace {

std::vector<std::uint32_t> places_in(std::span<const std::uint32_t> order) {
  std::vector<std::uint32_t> place(order.size());
  for (std::uint32_t p = 0; p < order.size(); ++p) place[order[p]] = p;
  return place;
}

/// Arcs of probability 0 are none to the elimination.
AbsorbingChain without_zeros(const AbsorbingChain& chain) {
  AbsorbingChain rest;
  for (std::size_t from = 0; from < chain.size(); ++from) {
    for (std::size_t arc = chain.row[from]; arc < chain.row[from + 1]; ++arc) {
      if (chain.probability[arc] == 0) continue;
      rest.to.push_back(chain.to[arc]);
      rest.probability.push_back(chain.probability[arc]);
    }
    rest.row.push_back(rest.to.size());
  }
  rest.start = chain.start;
  rest.leave = chain.leave;
  rest.convert = chain.convert;
  rest.reward = chain.reward;
  return rest;
}

}  // namespace

IncomingArcs::IncomingArcs(const AbsorbingChain& chain, std::vector<std::uint32_t> order)
    : place(places_in(order)) {
  rows.order = std::move(order);
  rows.row.assign(chain.size() + 1, 0);
  for (const std::uint32_t to : chain.to) ++rows.row[place[to] + 1];
  std::partial_sum(rows.row.begin(), rows.row.end(), rows.row.begin());
  rows.column.resize(chain.to.size());
  rows.value.resize(chain.to.size());
  std::vector<std::size_t> next(rows.row.begin(), rows.row.end() - 1);
  for (std::uint32_t from = 0; from < chain.size(); ++from) {
    for (std::size_t arc = chain.row[from]; arc < chain.row[from + 1]; ++arc) {
      const std::size_t at = next[place[chain.to[arc]]]++;
      rows.column[at] = from;
      rows.value[at] = chain.probability[arc];
    }
  }
}

AbsorbingChain without(const AbsorbingChain& chain, std::span<const char> gone_state,
                       std::span<const char> gone_arc) {
  AbsorbingChain rest = chain;
  for (std::uint32_t from = 0; from < chain.size(); ++from) {
    for (std::size_t arc = chain.row[from]; arc < chain.row[from + 1]; ++arc) {
      const bool gone =
          gone_state[from] || gone_state[chain.to[arc]] || (!gone_arc.empty() && gone_arc[arc]);
      if (!gone) continue;
      rest.leave[from] += rest.probability[arc];
      rest.probability[arc] = 0;
    }
    if (gone_state[from]) rest.start[from] = 0, rest.leave[from] = 1;
  }
  return rest;
}

double largest_error(const SweepResult& result) noexcept {
  return *std::max_element(result.error.begin(), result.error.end());
}

Entrances::Entrances(const AbsorbingChain& chain, const IncomingArcs& incoming,
                     std::span<const std::uint8_t> mask, std::span<const double> visits,
                     double tolerance, std::size_t lanes)
    : chain_(chain), incoming_(incoming), visits_(chain.size()) {
  for (std::size_t s = 0; s < visits_.size(); ++s) {
    for (std::size_t l = 0; l < sweep_lanes; ++l)
      visits_[s][l] = (mask[s] >> l & 1) != 0 ? 0.0 : visits[s];
  }
  const SweepResult result = solve_by_sweeps({.rows = incoming.rows,
                                              .b = {},
                                              .b_all = chain.start,
                                              .factor = {},
                                              .mask = mask,
                                              .tolerance = tolerance},
                                             visits_, most_sweeps);
  if (result.converged) {
    error_ = largest_error(result);
    return;
  }
  for (std::size_t l = 0; l < lanes; ++l) eliminate(mask, l);
}

void Entrances::eliminate(std::span<const std::uint8_t> mask, std::size_t lane) {
  std::vector<char> gone(chain_.size());
  for (std::size_t s = 0; s < gone.size(); ++s) gone[s] = static_cast<char>(mask[s] >> lane & 1);
  const ChainSolution exact = solve_chain(without_zeros(without(chain_, gone, {})));
  for (std::size_t s = 0; s < gone.size(); ++s) visits_[s][lane] = gone[s] ? 0.0 : exact.visits[s];
}

Lanes Entrances::first(std::uint32_t state) const noexcept {
  Lanes sum;
  sum.fill(chain_.start[state]);
  const std::uint32_t place = incoming_.place[state];
  for (std::size_t at = incoming_.rows.row[place]; at < incoming_.rows.row[place + 1]; ++at) {
    const Lanes& from = visits_[incoming_.rows.column[at]];
    for (std::size_t l = 0; l < sweep_lanes; ++l) sum[l] += incoming_.rows.value[at] * from[l];
  }
  return sum;
}

}  // namespace mta

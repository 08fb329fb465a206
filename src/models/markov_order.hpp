#pragma once
#include <span>
#include <vector>

#include "mta/models/markov.hpp"

namespace mta {

/// How well each order from 1 to that of the counts describes the journeys that were counted, in
/// parts: each part is left out in turn for the likelihood. docs/models/markov.md, "Order"
[[nodiscard]] std::vector<OrderFit> compare_orders(std::span<const GramCounts> parts,
                                                   const GramCounts& all, std::size_t channels);

/// The order that a criterion finds best: the lowest of those that tie.
[[nodiscard]] std::size_t best_order(std::span<const OrderFit> orders, ChooseOrder criterion);

}  // namespace mta

#pragma once
#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "mta/identity/sightings.hpp"

namespace mta {

/// The numbers of all identifiers in the order of their keys. Keys and numbers are sorted together:
/// looking keys up while sorting would miss the cache at every comparison.
[[nodiscard]] inline std::vector<std::uint32_t> numbers_by_key(const Sightings& sightings) {
  struct Keyed {
    std::uint64_t high;
    std::uint32_t low, number;
  };
  std::vector<Keyed> keyed(sightings.identifiers());
  for (std::uint32_t i = 0; i < keyed.size(); ++i) {
    const PersonKey key = sightings.identifier(i).key;
    keyed[i] = {key.high, key.low, i};
  }
  std::sort(keyed.begin(), keyed.end(), [](const Keyed& a, const Keyed& b) {
    return a.high != b.high ? a.high < b.high : a.low < b.low;
  });
  std::vector<std::uint32_t> numbers(keyed.size());
  std::transform(keyed.begin(), keyed.end(), numbers.begin(),
                 [](const Keyed& entry) { return entry.number; });
  return numbers;
}

/// The place of each number in an order.
[[nodiscard]] inline std::vector<std::uint32_t> places_in(const std::vector<std::uint32_t>& order) {
  std::vector<std::uint32_t> places(order.size());
  for (std::uint32_t place = 0; place < order.size(); ++place) places[order[place]] = place;
  return places;
}

}  // namespace mta

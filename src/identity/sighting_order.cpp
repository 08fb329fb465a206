#include "identity/sighting_order.hpp"

#include <algorithm>
#include <limits>

#include "identity/key_order.hpp"

namespace mta {
namespace {

/// What most comparisons need.
struct Place {
  std::int64_t first;
  std::uint32_t smallest, sighting;
};

std::vector<Place> places_of(const Sightings& sightings, const std::vector<std::uint32_t>& rank) {
  std::vector<Place> places(sightings.size());
  for (std::uint32_t i = 0; i < places.size(); ++i) {
    const Sighting seen = sightings.sighting(i);
    places[i] = {seen.first.micros, std::numeric_limits<std::uint32_t>::max(), i};
    for (const std::uint32_t member : seen.identifiers) {
      places[i].smallest = std::min(places[i].smallest, rank[member]);
    }
  }
  return places;
}

}  // namespace

std::vector<std::uint32_t> sightings_by_time(const Sightings& sightings) {
  const std::vector<std::uint32_t> rank = places_in(numbers_by_key(sightings));
  const auto ranks = [&](std::uint32_t sighting) {
    std::vector<std::uint32_t> sorted;
    for (const std::uint32_t member : sightings.sighting(sighting).identifiers) {
      sorted.push_back(rank[member]);
    }
    std::sort(sorted.begin(), sorted.end());
    return sorted;
  };
  std::vector<Place> places = places_of(sightings, rank);
  std::sort(places.begin(), places.end(), [&](const Place& a, const Place& b) {
    if (a.first != b.first) return a.first < b.first;
    if (a.smallest != b.smallest) return a.smallest < b.smallest;
    return a.sighting != b.sighting && ranks(a.sighting) < ranks(b.sighting);
  });
  std::vector<std::uint32_t> order(places.size());
  std::transform(places.begin(), places.end(), order.begin(),
                 [](const Place& place) { return place.sighting; });
  return order;
}

}  // namespace mta

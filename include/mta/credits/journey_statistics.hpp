#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/core/units.hpp"
#include "mta/journeys/journeys.hpp"
#include "mta/models/path_counts.hpp"

namespace mta {

/// What a goal's journeys look like, whatever the model. Worth of all path lengths, as of all time
/// lags where there are times, adds up to what was booked less what no touch could take.
struct JourneyStatistics {
  /// The touches one by one, and what their journeys came to.
  struct Path {
    std::vector<std::string> channels;
    Worth worth;
    Micros nulls;  ///< journeys of this path that did not convert
    friend bool operator==(const Path&, const Path&) = default;
  };
  struct Bin {
    std::uint64_t at = 0;
    Worth worth;
    friend bool operator==(const Bin&, const Bin&) = default;
  };
  /// What converting journeys were worth in which the channel had the first touch, the last, any,
  /// or some but not the last: those it assisted.
  struct Role {
    std::string channel;
    Worth first, last, any, assisted;
    friend bool operator==(const Role&, const Role&) = default;
  };
  /// Converting journeys that have both channels.
  struct Overlap {
    std::string a, b;
    Worth worth;
    friend bool operator==(const Overlap&, const Overlap&) = default;
  };

  std::uint64_t paths = 0;  ///< distinct ones, of null journeys as well
  std::vector<Path>
      top_paths;             ///< of those that converted, by conversions, then value, then channels
  std::vector<Bin> lengths;  ///< by number of touches
  std::vector<Bin> lags;     ///< by whole days (of 24 hours) from the first touch to the conversion
  std::vector<Role> roles;   ///< of channels in converting journeys, by `any`, then name
  std::vector<Overlap> overlaps;  ///< among the first of `roles`, by conversions, then value

  friend bool operator==(const JourneyStatistics&, const JourneyStatistics&) = default;
};

/// Counts journeys for their statistics: one worker's.
///
///   Promises  the same for any order and split of the journeys
///   Cost      add: a look-up of each path; memory: 4 bytes a touch and some 48 for each distinct
///   path
class MTA_EXPORT JourneyStatisticsCounts {
 public:
  explicit JourneyStatisticsCounts(std::size_t channels) : paths_(channels, PathKey::touches) {}

  /// @throws Error{Errc::overflow}
  void add(JourneysView journeys);
  void merge(const JourneyStatisticsCounts& other);

  /// @param names  of the channels, by number
  /// @param top    how many paths, and how many channels of overlaps
  /// Cost          O(touches of distinct paths + distinct converting paths * top^2)
  [[nodiscard]] JourneyStatistics finish(std::span<const std::string_view> names,
                                         std::size_t top) const;

 private:
  PathCounts paths_;
  std::map<std::uint64_t, Worth> lags_;
};

}  // namespace mta

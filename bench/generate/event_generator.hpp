#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "generate/permutation.hpp"
#include "mta/core/units.hpp"

namespace mta::bench {

struct GeneratorOptions {
  std::uint64_t events = 1'000'000;
  std::uint32_t channels = 20;  ///< 1 to 100,000; the share of the k-th is as 1 / k^1.1
  double mean_touches = 5;      ///< of a visitor, conversions not counted; 1 to 1,000
  std::uint64_t seed = 1;
};

enum class EventType : std::uint8_t { view, click, conversion };
enum class EventOrder {
  time,      ///< as a log has it
  shuffled,  ///< no order at all
  visitor,   ///< all of one visitor together, by time
};

/// Codes are indices in the generator's name lists; 0 is the empty name.
struct GeneratedEvent {
  std::uint64_t visitor = 0;
  std::int64_t time = 0;  ///< microseconds UTC, whole milliseconds
  EventType type = EventType::view;
  std::uint32_t channel = 0;
  std::uint32_t campaign = 0;
  Micros value;
};

/// Touchpoint events of an imagined shop over 90 days from 2024-01-01. About 3.0 % are conversions,
/// which have a value and neither channel nor campaign; a tenth of the touches has no campaign.
/// A visitor is active within one of three months; how many touches one has falls off
/// geometrically.
///
///   Promises  the same options give the same events on every machine; every order has the same
///   rows Errors    construction: @throws Error{Errc::invalid_option} Cost      O(channels) memory,
///   however many the events
class EventGenerator {
 public:
  explicit EventGenerator(const GeneratorOptions& options = {});

  [[nodiscard]] std::uint64_t size() const noexcept { return options_.events; }
  /// The event of rank i in time. @pre i < size()
  [[nodiscard]] GeneratedEvent event(std::uint64_t i) const noexcept;
  void for_each(EventOrder order, const std::function<void(const GeneratedEvent&)>& visit) const;

  [[nodiscard]] static const std::vector<std::string>& type_names();  ///< by EventType
  [[nodiscard]] const std::vector<std::string>& channel_names() const noexcept { return channels_; }
  [[nodiscard]] const std::vector<std::string>& campaign_names() const noexcept {
    return campaigns_;
  }

 private:
  /// A third of the time, with visitors of its own. A visitor owns consecutive slots; the
  /// permutation says which rank in time each slot has.
  struct Month {
    std::uint64_t first = 0;  ///< rank in time of its first event
    std::uint64_t events = 0;
    Permutation slot_of_rank;
  };
  void name_channels();
  void size_visitors();
  [[nodiscard]] std::size_t month_of(std::uint64_t rank) const noexcept;
  [[nodiscard]] std::int64_t time_of(std::uint64_t rank, std::uint64_t random) const noexcept;
  void add_touch(GeneratedEvent& event, std::uint64_t random) const noexcept;
  void for_each_visitor(const Month& month,
                        const std::function<void(const GeneratedEvent&)>& visit) const;

  GeneratorOptions options_;
  std::vector<Month> months_;
  std::vector<std::string> channels_{""}, campaigns_{""};
  std::vector<std::uint32_t> channel_limits_;  ///< a random number below the k-th means channel k
  std::vector<std::uint32_t> first_campaign_;  ///< of each channel, and one past the last
  std::vector<std::uint8_t> visitor_of_slot_;  ///< within a block of 256 visitors; repeats
  std::vector<std::uint32_t> first_slot_;  ///< of each visitor of a block, and one past the last
};

/// The events as another program would hold them: one vector per column.
struct GeneratedColumns {
  std::vector<std::uint64_t> visitor;
  std::vector<std::int64_t> time;
  std::vector<std::uint32_t> type, channel, campaign;  ///< codes: indices in the generator's names
  std::vector<Micros> value;
};
[[nodiscard]] GeneratedColumns generate_columns(const EventGenerator& generator,
                                                EventOrder order = EventOrder::time);

}  // namespace mta::bench

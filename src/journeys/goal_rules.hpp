#pragma once
// A goal, compiled against a vocabulary: what every kind of event is to it, without looking at
// text.
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "mta/journeys/bucket_events.hpp"
#include "mta/journeys/goal.hpp"

namespace mta {

/// What an event is to a goal.
enum class Role : std::uint8_t { other, touch, conversion };

class GoalRules {
 public:
  /// @throws Error{Errc::invalid_option} where a filter names a dimension that the events lack.
  GoalRules(const Goal& goal, const Events& events, const Vocabulary& vocabulary);

  [[nodiscard]] Role role(const BucketEvents& bucket, const BucketEvent& event) const noexcept {
    const std::uint8_t flags = kinds_[event.kind].flags;
    if ((flags & converts) != 0 && passes(conversion_dimensions_, bucket, event.row)) {
      return Role::conversion;
    }
    const bool touch = (flags & touches) != 0 && passes(touch_dimensions_, bucket, event.row);
    return touch ? Role::touch : Role::other;
  }
  /// Whether kinds alone decide what an event is: no filter names a dimension.
  [[nodiscard]] bool are_by_kind() const noexcept {
    return conversion_dimensions_.empty() && touch_dimensions_.empty();
  }
  struct KindRules {
    std::uint8_t flags;
    Role role;              ///< where no dimension has a say
    std::uint32_t channel;  ///< index plus 1; 0: none
  };
  [[nodiscard]] std::span<const KindRules> kinds() const noexcept { return kinds_; }
  /// Index of the event's channel plus 1; 0: none.
  [[nodiscard]] std::uint32_t channel_number(const BucketEvent& event) const noexcept {
    return kinds_[event.kind].channel;
  }
  /// @pre the event has a channel
  [[nodiscard]] ChannelId channel(const BucketEvent& event) const noexcept {
    return ChannelId{kinds_[event.kind].channel - 1};
  }

 private:
  static constexpr std::uint8_t touches = 1, converts = 2;
  /// A condition on a dimension that rides along: which of its codes pass.
  struct DimensionRule {
    std::size_t dimension;
    std::vector<std::uint8_t> passes;
  };
  using DimensionRules = std::vector<DimensionRule>;

  [[nodiscard]] static bool passes(const DimensionRules& rules, const BucketEvents& bucket,
                                   std::uint32_t row) noexcept {
    for (const DimensionRule& rule : rules) {
      if (rule.passes[bucket.dimension(rule.dimension, row)] == 0) return false;
    }
    return true;
  }
  [[nodiscard]] static DimensionRules compile(const Filter& filter, const Goal& goal,
                                              const Events& events, const Vocabulary& vocabulary);

  std::vector<KindRules> kinds_;
  DimensionRules conversion_dimensions_, touch_dimensions_;
};

}  // namespace mta

#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/journeys/journeys.hpp"

namespace mta {

/// Journeys with worth and equally many touches, a column each: what a kernel weighs and splits at
/// once. Touch i of journey j has index begin[j] + i in the view, and entry i * stride + j in
/// whatever is computed of it.
struct JourneyBlock {
  JourneysView journeys;                             ///< the batch: ages and channels
  std::size_t touches = 0;                           ///< of each journey
  std::size_t stride = 0;                            ///< >= journey.size()
  std::span<const std::uint32_t> journey;            ///< which of the view's; at most 64
  std::span<const std::uint64_t> begin;              ///< the first touch of each
  std::span<const std::int64_t> conversions, value;  ///< the worth of each, in micro-units
};

/// The journeys of a batch that have worth, put together by number of touches: made once, split by
/// every rule model. Reused from batch to batch, it allocates nothing once it has grown.
///
///   Promises  every journey with worth is in one block, or in `others` where it has more than
///             `longest` touches or an amount beyond 2^46 micro-units; those without are left out
///   Cost      assign: O(journeys), few nanoseconds each
class MTA_EXPORT WorthBatch {
 public:
  /// Longer journeys are few, and their touches many enough to be split one journey at a time.
  static constexpr std::size_t longest = 64;
  /// Entries of a block: touches * stride is at most this.
  static constexpr std::size_t largest_block = 1024;

  /// Borrows the journeys until the next call.
  /// @pre fewer than 2^32 journeys (asserted)
  void assign(JourneysView journeys);

  [[nodiscard]] JourneysView journeys() const noexcept { return journeys_; }
  /// All that have worth, in the view's order.
  [[nodiscard]] std::span<const std::uint32_t> with_worth() const noexcept {
    return std::span(with_worth_).first(count_);
  }
  [[nodiscard]] std::span<const std::uint32_t> others() const noexcept {
    return std::span(journey_).subspan(first_[longest + 1], count_ - first_[longest + 1]);
  }
  /// Calls visit(JourneyBlock) for every block.
  template <class Visit>
  void for_each_block(const Visit& visit) const {
    for (std::size_t touches = 1; touches <= longest; ++touches) {
      const std::size_t most = journeys_in_block(touches);
      for (std::size_t at = first_[touches]; at < first_[touches + 1]; at += most) {
        visit(block(touches, at, std::min(most, first_[touches + 1] - at)));
      }
    }
  }

 private:
  [[nodiscard]] static constexpr std::size_t journeys_in_block(std::size_t touches) noexcept {
    return std::min<std::size_t>(64, largest_block / touches / 8 * 8);
  }
  [[nodiscard]] JourneyBlock block(std::size_t touches, std::size_t at, std::size_t count) const;
  void find_worth();
  void place();

  JourneysView journeys_;
  std::size_t count_ = 0;                  // journeys with worth
  std::vector<std::uint32_t> with_worth_;  // they, at the front
  std::vector<std::uint8_t> group_;        // of each: its number of touches, or longest + 1
  std::vector<std::uint32_t> journey_;     // they, put together by group, as are the columns below
  std::array<std::size_t, longest + 3> first_{};  // where a group begins
  std::vector<std::uint64_t> begin_;
  std::vector<std::int64_t> conversions_,
      value_;  // a few entries longer, for vectors that reach over
};

}  // namespace mta

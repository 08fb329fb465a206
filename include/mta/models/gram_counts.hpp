#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/journeys/journeys.hpp"

namespace mta {

/// What begins and ends at a state of a chain, in micro-units.
struct StateEnds {
  std::uint64_t first = 0;        ///< journeys that begin here
  std::uint64_t conversions = 0;  ///< journeys that end here in a conversion
  std::uint64_t nulls = 0;        ///< journeys that end here in none
  std::int64_t value = 0;         ///< value of the journeys that end here, refunds included
  friend bool operator==(const StateEnds&, const StateEnds&) = default;
};

/// How journeys walk from gram to gram: a gram is the last `order` channels of a path, or all of a
/// path that is shorter. The states of a Markov chain of an order above 1.
///
///   Promises  counts that are equal compare equal, however they came about; grams without a count
///             are as good as absent; the counts of every lower order follow (`shortened`)
///   Cost      count: a look-up for each touch, one more for each journey; memory: 48 bytes or so
///   for
///             each pair of a gram and the channel after it, 4 * order + 40 for each gram
///   Requires  fewer than 2^32 - 1 grams (asserted)
class MTA_EXPORT GramCounts {
 public:
  /// Stands before the channels of a gram that is shorter than the order.
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  struct Step {
    std::uint32_t from = 0, to = 0;  ///< grams; the same one where a path repeats one channel
    std::uint32_t channel = 0;       ///< that leads there
    std::uint64_t count = 0;
  };

  explicit GramCounts(std::size_t order = 1);

  [[nodiscard]] std::size_t order() const noexcept { return order_; }
  /// Grams seen.
  [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }
  /// The channels of a gram, oldest first: `order` of them, `none` before a shorter one.
  [[nodiscard]] std::span<const std::uint32_t> gram(std::uint32_t state) const noexcept {
    return std::span(grams_).subspan(state * order_, order_);
  }
  [[nodiscard]] const StateEnds& ends(std::uint32_t state) const noexcept { return ends_[state]; }

  /// Counts a journey. Returns all counts that it reached, or-ed: one that passes 2^63 shows.
  std::uint64_t count(std::span<const ChannelId> path, Outcome outcome, std::uint64_t count,
                      Micros value);
  /// The same in pieces, for journeys side by side: counts that one begins with the gram of its
  /// path's first `order` channels and returns that gram. The others follow by `step`, then `end`.
  std::uint32_t begin(std::span<const ChannelId> path, std::uint64_t count, std::uint64_t& seen);

  /// Counts that a journey ended at a gram; the same return as `count`.
  std::uint64_t end(std::uint32_t state, Outcome outcome, std::uint64_t count,
                    Micros value) noexcept;

  /// The number of a gram, new where it is. @pre its channels are right-aligned, as `gram` has them
  std::uint32_t intern(std::span<const std::uint32_t> gram);
  /// Adds to what begins and ends at a gram; the same return as `count`.
  std::uint64_t add_ends(std::uint32_t state, const StateEnds& ends) noexcept;
  /// Adds a step and returns where it leads; `seen` collects the counts.
  std::uint32_t step(std::uint32_t from, std::uint32_t channel, std::uint64_t count,
                     std::uint64_t& seen);
  /// Has what `step` will look at brought nearer.
  void expect_step(std::uint32_t from, std::uint32_t channel) const noexcept;
  /// Bytes that steps are looked up in.
  [[nodiscard]] std::size_t step_room() const noexcept { return slots_.size() * sizeof(Slot); }

  /// All steps with a count, in no order.
  [[nodiscard]] std::vector<Step> steps() const;
  /// Grams with a count, in the order of their last channel, then the one before it, and so on.
  [[nodiscard]] std::vector<std::uint32_t> sorted_grams() const;
  /// What the same journeys count at a lower order. @pre 1 <= order <= this one's (asserted)
  [[nodiscard]] GramCounts shortened(std::size_t order) const;

  std::uint64_t merge(const GramCounts& other);
  [[nodiscard]] bool contains(const GramCounts& other) const;
  /// @pre contains(other)
  void subtract(const GramCounts& other);

  MTA_EXPORT friend bool operator==(const GramCounts& a, const GramCounts& b);

 private:
  struct Slot {
    std::uint64_t key = ~std::uint64_t{0};  // from * 2^32 + channel; all ones: free
    std::uint64_t count = 0;
    std::uint32_t to = 0;
  };

  [[nodiscard]] std::size_t slot_of(std::uint64_t key) const noexcept;
  [[nodiscard]] std::size_t index_of(std::span<const std::uint32_t> gram) const noexcept;
  [[nodiscard]] std::uint32_t find(std::span<const std::uint32_t> gram) const noexcept;
  [[nodiscard]] Slot& new_slot(std::uint64_t key);
  std::uint32_t add_gram(std::span<const std::uint32_t> gram);
  std::uint64_t walk(std::span<const std::uint32_t> channels, std::uint64_t count);
  [[nodiscard]] std::vector<std::uint32_t> numbers_in(const GramCounts& other) const;
  void grow_steps();
  void grow_index();

  std::size_t order_;
  std::vector<std::uint32_t> grams_;  // order_ channels each
  std::vector<StateEnds> ends_;
  std::vector<std::uint32_t> index_;  // gram + 1, 0: free; a power of two, at most half in use
  std::vector<Slot> slots_;           // likewise
  std::size_t used_ = 0;
  std::vector<std::uint32_t> first_, next_;  // room for grams at hand
};

}  // namespace mta

#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "mta/core/export.hpp"

namespace mta {

/// How often one channel followed another, in micro-units: a table of all pairs while channels are
/// few, a hash table of those that occur above that. Which of both depends on the number of
/// channels alone.
///
///   Promises  counts that are equal compare equal, however they came about; zeros are as good as
///   absent Cost      add: one cache line as a rule; memory: 8 bytes a pair, or 32 to 64 a pair
///   that occurs
class MTA_EXPORT TransitionCounts {
 public:
  /// Up to here the table of all pairs is the faster one (bench/models/markov_bench.cpp).
  static constexpr std::size_t largest_table = 512;

  struct Transition {
    std::uint32_t from = 0, to = 0;
    std::uint64_t count = 0;
    friend bool operator==(const Transition&, const Transition&) = default;
  };

  explicit TransitionCounts(std::size_t channels = 0);

  [[nodiscard]] std::size_t channels() const noexcept { return channels_; }
  /// The table of all pairs, row by row, or empty where there is none. Its diagonal stays 0.
  [[nodiscard]] std::span<std::uint64_t> table() noexcept { return table_; }
  /// Adds to a pair of two channels and returns its new count, which may pass 2^63: callers check.
  std::uint64_t add(std::uint32_t from, std::uint32_t to, std::uint64_t count);
  [[nodiscard]] std::uint64_t count(std::uint32_t from, std::uint32_t to) const noexcept;
  /// All counts above 0, by `from`, then `to`.
  [[nodiscard]] std::vector<Transition> sorted() const;

  /// Every count of `other` added; returns all new counts, or-ed.
  std::uint64_t merge(const TransitionCounts& other);
  /// @pre no count of `other` exceeds the one here
  void subtract(const TransitionCounts& other);
  [[nodiscard]] bool contains(const TransitionCounts& other) const;

  MTA_EXPORT friend bool operator==(const TransitionCounts& a, const TransitionCounts& b);

 private:
  struct Slot {
    std::uint64_t pair = 0;   // from * 2^32 + to
    std::uint64_t count = 0;  // 0: the slot is free
  };
  [[nodiscard]] std::size_t slot_of(std::uint64_t pair) const noexcept;
  void grow_to(std::size_t slots);

  std::size_t channels_ = 0;
  std::vector<std::uint64_t> table_;
  std::vector<Slot> slots_;  // a power of two of them, at most half of them in use
  std::size_t used_ = 0;
};

}  // namespace mta

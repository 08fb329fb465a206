#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "mta/core/bytes.hpp"
#include "mta/core/export.hpp"
#include "mta/journeys/journeys.hpp"

namespace mta {

/// What counts as the same path.
enum class PathKey {
  channels,  ///< the distinct channels, in byte order, whatever was touched first or twice
  touches,   ///< the touches one by one
};

/// How often each distinct path converted, for how much, and how often it did not: what models
/// learn that look at whole paths.
///
///   Promises  counts that are equal compare equal, however they came about; paths without a count
///             are as good as absent
///   Cost      add: a look-up and a comparison of the path; memory: 4 bytes a touch and some 48 for
///             each distinct path
class MTA_EXPORT PathCounts {
 public:
  /// In micro-units.
  struct Counts {
    std::uint64_t conversions = 0, nulls = 0;
    std::int64_t value = 0;  ///< refunds included
    friend bool operator==(const Counts&, const Counts&) = default;
  };

  explicit PathCounts(std::size_t channels = 0, PathKey key = PathKey::channels);

  [[nodiscard]] std::size_t channels() const noexcept { return channels_; }
  [[nodiscard]] PathKey key() const noexcept { return key_; }
  [[nodiscard]] std::size_t size() const noexcept { return counts_.size(); }
  [[nodiscard]] std::span<const std::uint32_t> path(std::size_t i) const noexcept {
    return std::span(touches_).subspan(begin_[i], begin_[i + 1] - begin_[i]);
  }
  [[nodiscard]] const Counts& counts(std::size_t i) const noexcept { return counts_[i]; }
  /// The counts of a path, all 0 where it was not seen.
  [[nodiscard]] Counts of(std::span<const std::uint32_t> path) const noexcept;
  /// Numbers of all paths with a count, in the order of their channels.
  [[nodiscard]] std::vector<std::size_t> sorted() const;

  /// Counts journeys. @throws Error{Errc::overflow} where a count passes 2^63 - 1; the state is
  /// then of no use
  void add(JourneysView journeys);
  /// Adds to the counts of a path that is as the key has it.
  void add(std::span<const std::uint32_t> path, const Counts& counts);

  void write(ByteWriter& writer) const;
  /// Reads what was written, into an empty state. Channel i of the bytes becomes numbers[i].
  /// @throws Error{Errc::corrupt_state}
  void read(ByteReader& reader, std::span<const std::uint32_t> numbers);

  /// @throws Error{Errc::overflow}
  MTA_EXPORT friend void merge(PathCounts& state, const PathCounts& other);
  /// @throws Error{Errc::foreign_state} where `other` was never added; the state is then unchanged
  MTA_EXPORT friend void subtract(PathCounts& state, const PathCounts& other);
  MTA_EXPORT friend bool operator==(const PathCounts& a, const PathCounts& b);

 private:
  [[nodiscard]] std::size_t slot_of(std::span<const std::uint32_t> path) const noexcept;
  [[nodiscard]] bool contains(const PathCounts& other) const;
  /// Returns all counts that it reached, or-ed: one that passes 2^63 shows.
  std::uint64_t count(std::size_t path, const Counts& counts) noexcept;
  std::size_t intern(std::span<const std::uint32_t> path);
  void grow();

  std::size_t channels_;
  PathKey key_;
  std::vector<std::size_t> begin_{0};
  std::vector<std::uint32_t> touches_;
  std::vector<Counts> counts_;
  std::vector<std::uint32_t> slots_;  // path + 1, 0: free; a power of two, at most half in use
  std::uint64_t value_size_ = 0;      // sum of |value|: bounds every partial sum, in any order
  std::vector<std::uint32_t> room_;
};

}  // namespace mta

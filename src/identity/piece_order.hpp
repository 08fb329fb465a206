#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "mta/ingest/events.hpp"

namespace mta {

/// The pieces of the input in order, by source: what says where a row comes after stitching. Making
/// one numbers the pieces of every source anew from 0, in their order.
///
///   Errors  @throws Error{Errc::overflow} where a source has 2^24 pieces or more
class PieceOrder {
 public:
  explicit PieceOrder(Events& events);

  [[nodiscard]] bool empty() const noexcept { return pieces_.empty(); }
  /// Of a row that went to another bucket. Rises by source, then the bucket it came from, then
  /// piece, behind all rows of the source that stayed: known for every row, and the same however
  /// the source was cut into pieces.
  [[nodiscard]] std::uint64_t moved(std::uint64_t before, std::size_t bucket) const;

  /// The sources, rising.
  [[nodiscard]] std::vector<std::uint64_t> sources() const;
  [[nodiscard]] static constexpr std::uint64_t source_of(std::uint64_t sequence) noexcept {
    return sequence >> 32;
  }

 private:
  std::map<std::uint64_t, std::uint64_t> pieces_;  // how many, by source
};

}  // namespace mta

#pragma once
#include <array>
#include <cstdint>

#include "mta/ingest/events.hpp"

namespace mta {

/// A small direct-mapped cache before a part's kinds: pairs repeat from row to row.
class KindCache {
 public:
  explicit KindCache(EventPart& part) noexcept : part_(&part) {}

  [[nodiscard]] std::uint32_t code(EventKind pair) {
    Known& known = known_[(pair.event * 37 + pair.channel) % known_.size()];
    if (!(known.pair == pair)) known = {pair, part_->kind(pair)};
    return known.kind;
  }

 private:
  struct Known {
    EventKind pair{~std::uint32_t{0}, 0};
    std::uint32_t kind = 0;
  };
  EventPart* part_;
  std::array<Known, 1024> known_{};
};

}  // namespace mta

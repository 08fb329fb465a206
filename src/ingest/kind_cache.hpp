#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <string_view>
#include <vector>

#include "ingest/label_print.hpp"
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
  std::array<Known, 256> known_{};
};

/// What is known of pairs of short texts (event, channel): one look tells all that a row's labels
/// say.
class PairCache {
 public:
  struct alignas(64) Pair {  // one cache line, wherever it stands
    LabelPrint event, channel;
    std::uint32_t kind = 0;
    bool is_known = false, converts = false;
  };

  PairCache() : pairs_(std::size_t{1} << bits) {}

  /// Where a pair is, or would be; `holds` says which.
  [[nodiscard]] Pair& at(const LabelPrint& event, const LabelPrint& channel) noexcept {
    const std::uint64_t mixed = event.head ^ std::rotl(event.tail, 29) ^
                                std::rotl(channel.head, 17) ^ std::rotl(channel.tail, 43) ^
                                (event.size << 8 | channel.size);
    return pairs_[static_cast<std::size_t>((mixed * 0x9e3779b97f4a7c15u) >> (64 - bits))];
  }
  [[nodiscard]] static bool holds(const Pair& pair, const LabelPrint& event,
                                  const LabelPrint& channel) noexcept {
    return pair.is_known && pair.event == event && pair.channel == channel;
  }

 private:
  static constexpr int bits =
      11;  // far more than there are pairs as a rule: two in one place cost dearly
  std::vector<Pair> pairs_;
};

}  // namespace mta

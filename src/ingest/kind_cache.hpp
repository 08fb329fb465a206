#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/golden_ratio.hpp"
#include "ingest/short_text.hpp"
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
  struct Texts {
    ShortText event, channel;
  };
  struct alignas(64) Pair {  // one cache line, wherever it stands
    Texts texts{{never, never}, {never, never}};
    std::uint32_t kind = 0;
    bool converts = false;
    std::uint32_t plain_kind = 0;  ///< the kind, or `no_kind` for one that converts
  };
  static constexpr std::uint32_t no_kind = ~std::uint32_t{0};

  PairCache() : pairs_(std::size_t{1} << bits) {}

  [[nodiscard]] static bool are_short(std::string_view event, std::string_view channel) noexcept {
    return event.size() <= ShortText::longest && channel.size() <= ShortText::longest;
  }
  /// @pre are_short
  [[nodiscard]] static Texts texts(std::string_view event, std::string_view channel) noexcept {
    return {ShortText::of(event), ShortText::of(channel)};
  }
  /// The same. @pre as ShortText::padded
  [[nodiscard]] static Texts padded(std::string_view event, std::string_view channel) noexcept {
    return {ShortText::padded(event), ShortText::padded(channel)};
  }

  /// Where a pair is, or would be; `holds` says which.
  [[nodiscard]] Pair& at(const Texts& texts) noexcept {
    // As a rule both are of one word: then these are the words of both.
    const ShortText::Words event = texts.event.words(), channel = texts.channel.words();
    const ShortText::Words both = event ^ ShortText::Words{channel[1], channel[0]};
    const std::uint64_t mixed = both[0] + both[1] * 0xd6e8'feb8'6659'fd93;
    return pairs_[static_cast<std::size_t>((mixed * golden_ratio) >> (64 - bits))];
  }
  [[nodiscard]] static bool holds(const Pair& pair, const Texts& texts) noexcept {
    const ShortText::Words differ = (pair.texts.event.words() ^ texts.event.words()) |
                                    (pair.texts.channel.words() ^ texts.channel.words());
    return (differ[0] | differ[1]) == 0;
  }

 private:
  /// In no UTF-8.
  static constexpr std::uint64_t never = ~std::uint64_t{0};

  static constexpr int bits =
      11;  // far more than there are pairs as a rule: two in one place cost dearly
  std::vector<Pair> pairs_;
};

}  // namespace mta

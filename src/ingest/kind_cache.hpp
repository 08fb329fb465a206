#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <string_view>
#include <vector>

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
    std::uint32_t sizes;  ///< of both
  };
  struct alignas(64) Pair {  // one cache line, wherever it stands
    Texts texts{{}, {}, no_sizes};
    std::uint32_t kind = 0;
    bool converts = false;
  };

  PairCache() : pairs_(std::size_t{1} << bits) {}

  [[nodiscard]] static bool are_short(std::string_view event, std::string_view channel) noexcept {
    return event.size() <= ShortText::longest && channel.size() <= ShortText::longest;
  }
  /// @pre are_short
  [[nodiscard]] static Texts texts(std::string_view event, std::string_view channel) noexcept {
    return {ShortText::of(event), ShortText::of(channel), sizes(event, channel)};
  }
  /// The same. @pre as ShortText::padded
  [[nodiscard]] static Texts padded(std::string_view event, std::string_view channel) noexcept {
    return {ShortText::padded(event), ShortText::padded(channel), sizes(event, channel)};
  }

  /// Where a pair is, or would be; `holds` says which.
  [[nodiscard]] Pair& at(const Texts& texts) noexcept {
    const std::uint64_t mixed = (texts.event.head + texts.channel.tail * 0xd6e8'feb8'6659'fd93) ^
                                (texts.event.tail + std::rotl(texts.channel.head, 23));
    return pairs_[static_cast<std::size_t>((mixed * 0x9e3779b97f4a7c15u) >> (64 - bits))];
  }
  [[nodiscard]] static bool holds(const Pair& pair, const Texts& texts) noexcept {
    const auto differ = [](const ShortText& a, const ShortText& b) {
      return (a.head ^ b.head) | (a.tail ^ b.tail);
    };
    return (differ(pair.texts.event, texts.event) | differ(pair.texts.channel, texts.channel) |
            (pair.texts.sizes ^ texts.sizes)) == 0;
  }

 private:
  static constexpr std::uint32_t no_sizes = ~std::uint32_t{0};
  static std::uint32_t sizes(std::string_view event, std::string_view channel) noexcept {
    return static_cast<std::uint32_t>(event.size() << 8 | channel.size());
  }

  static constexpr int bits =
      11;  // far more than there are pairs as a rule: two in one place cost dearly
  std::vector<Pair> pairs_;
};

}  // namespace mta

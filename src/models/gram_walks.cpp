#include "models/gram_walks.hpp"

#include <algorithm>
#include <array>

#include "core/golden_ratio.hpp"
#include "models/journey_counts.hpp"

namespace mta {
namespace {

std::size_t part_of(const Journey& journey, const JourneyEnd& end, std::size_t parts,
                    std::span<const std::uint64_t> name_hashes) noexcept {
  if (parts == 1) return 0;
  std::uint64_t hash = end.person.low;
  if (end.person == PersonKey{}) {
    for (const ChannelId channel : journey.channel) {
      const std::uint64_t name = name_hashes.empty() ? index(channel) : name_hashes[index(channel)];
      hash = (hash ^ name) * golden_ratio;
      hash ^= hash >> 29;
    }
  }
  return hash % parts;
}

/// Counts journeys gram by gram, several at once: each step waits for memory, where the table of
/// steps is large, and so they wait together.
class GramWalks {
 public:
  GramWalks(Markov::State& state, JourneysView journeys, Nulls nulls,
            std::span<const std::uint64_t> name_hashes) noexcept
      : state_(state), journeys_(journeys), nulls_(nulls), name_hashes_(name_hashes) {}

  std::uint64_t count() {
    const auto is_near = [](const GramCounts& grams) { return grams.step_room() <= near; };
    if (std::ranges::all_of(state_.grams, is_near)) {
      count_near();
    } else {
      count_together();
    }
    return seen_;
  }

 private:
  static constexpr std::size_t together = 8;
  static constexpr std::size_t near = std::size_t{512} << 10;  // stays in the second cache

  struct Walk {
    GramCounts* grams = nullptr;
    const ChannelId *at = nullptr, *end = nullptr;  // channels that are still to come
    std::uint64_t count = 0;
    std::uint32_t gram = 0;
    const JourneyEnd* journey = nullptr;
  };

  /// One after the other, while nothing is far away.
  void count_near() {
    for (const JourneyEnd* end = next(); end != nullptr; end = next()) {
      const Journey journey = journeys_[next_ - 1];
      seen_ |= grams_of(journey, *end)
                   .count(journey.channel, end->outcome, count_of(*end), end->worth.value);
    }
  }

  void count_together() {
    std::array<Walk, together> walks;
    std::size_t walking = 0;
    while (walking < together && begin(walks[walking])) ++walking;
    while (walking > 0) {
      for (std::size_t w = 0; w < walking;) {
        if (walks[w].at != walks[w].end) {
          step(walks[w]);
          expect(walks[w++]);
          continue;
        }
        finish(walks[w]);
        if (!begin(walks[w])) {
          walks[w] = walks[--walking];
        } else {
          expect(walks[w]);
        }
      }
    }
  }

  /// The next journey that counts, number next_ - 1; null where there is none.
  const JourneyEnd* next() {
    while (next_ < journeys_.size()) {
      const JourneyEnd& end = journeys_.end_of(next_++);
      if (nulls_ == Nulls::ignore && end.outcome == Outcome::null) continue;
      seen_ |= state_.value_size += size_of(end.worth.value);
      return &end;
    }
    return nullptr;
  }

  [[nodiscard]] GramCounts& grams_of(const Journey& journey, const JourneyEnd& end) noexcept {
    return state_.grams[part_of(journey, end, state_.grams.size(), name_hashes_)];
  }

  /// Begins the next journey that counts. False where there is none.
  bool begin(Walk& walk) {
    walk.journey = next();
    if (walk.journey == nullptr) return false;
    const Journey journey = journeys_[next_ - 1];
    walk.grams = &grams_of(journey, *walk.journey);
    walk.count = count_of(*walk.journey);
    walk.gram = walk.grams->begin(journey.channel, walk.count, seen_);
    walk.end = journey.channel.data() + journey.channel.size();
    walk.at = journey.channel.data() + std::min(journey.channel.size(), walk.grams->order());
    return true;
  }

  void step(Walk& walk) {
    walk.gram = walk.grams->step(walk.gram, static_cast<std::uint32_t>(index(*walk.at++)),
                                 walk.count, seen_);
  }

  static void expect(const Walk& walk) noexcept {
    if (walk.at == walk.end) return;
    walk.grams->expect_step(walk.gram, static_cast<std::uint32_t>(index(*walk.at)));
  }

  void finish(const Walk& walk) {
    const JourneyEnd& journey = *walk.journey;
    seen_ |= walk.grams->end(walk.gram, journey.outcome, walk.count, journey.worth.value);
  }

  Markov::State& state_;
  JourneysView journeys_;
  Nulls nulls_;
  std::span<const std::uint64_t> name_hashes_;
  std::size_t next_ = 0;
  std::uint64_t seen_ = 0;
};

}  // namespace

std::uint64_t count_grams(Markov::State& state, JourneysView journeys, Nulls nulls,
                          std::span<const std::uint64_t> name_hashes) {
  return GramWalks(state, journeys, nulls, name_hashes).count();
}

}  // namespace mta

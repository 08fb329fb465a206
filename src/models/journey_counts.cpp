#include "models/journey_counts.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "simd/pair_codes.hpp"

namespace mta {
namespace {

constexpr auto unit = static_cast<std::uint64_t>(one_conversion.units);

std::uint64_t count_value(Markov::State& state, ChannelId last, Micros value) noexcept {
  std::int64_t& sum = state.ends[index(last)].value;
  sum = (Micros{sum} + value).units;
  return state.value_size += size_of(value);
}

std::uint64_t count_ends(Markov::State& state, ChannelId first, ChannelId last, Outcome outcome,
                         std::uint64_t count) noexcept {
  Markov::State::Ends& end = state.ends[index(last)];
  const std::uint64_t seen = (outcome == Outcome::converted ? end.conversions : end.nulls) += count;
  return seen | (state.ends[index(first)].first += count);
}

/// Counts journeys where there is a table of all pairs. The touches of many journeys are one stream
/// of codes, a code a pair of neighbours; where a journey begins, the code is that of a pair on the
/// diagonal, which is cleared in the end: so are equal neighbours, which collapse. No loop is as
/// short as a journey. Journeys that stand for one conversion are counted as 1, in the narrow
/// counts here; the others at once in the state.
class StreamCounts {
 public:
  explicit StreamCounts(Markov::State& state) noexcept
      : state_(state),
        table_(state.transitions.table()),
        channels_(static_cast<std::uint32_t>(state.ends.size())) {
    clear();
  }

  std::uint64_t count(JourneysView journeys) {
    while (journeys.size() > 0) journeys = journeys.from(count_some(journeys));
    flush();
    for (std::size_t c = 0; c < channels_; ++c) table_[c * (channels_ + 1)] = 0;
    return seen_;
  }

 private:
  static constexpr std::size_t longest_stream = 4096;
  // Where channels are few, a pair often follows itself, and waits for its count to be stored: four
  // tables take turns.
  static constexpr std::size_t most_private = 32, turns = 4;

  /// Journeys that begin at a channel, and those that end there, by Outcome.
  struct Ends {
    std::uint32_t first = 0;
    std::array<std::uint32_t, 3> ended = {};
  };

  /// Counts the first journeys; returns how many.
  std::size_t count_some(const JourneysView& journeys) {
    const std::uint64_t base = journeys.begin_of(0);
    const std::span channel = journeys.channel().subspan(
        base, std::min<std::uint64_t>(journeys.touches(), longest_stream));
    simd::pair_codes(codes_of(channel), channels_, std::span(pair_).subspan(1, channel.size() - 1));
    const std::size_t n = cut_stream(journeys, base, channel);
    if (n == 0) return count_longer(journeys);
    count_pairs(journeys.end_of(n - 1).end_of_touches - base);
    return n;
  }

  /// Counts the ends of journeys while they last, and breaks the stream between them. The loop that
  /// every journey passes: what it changes is held in registers.
  std::size_t cut_stream(const JourneysView& journeys, std::uint64_t base,
                         std::span<const ChannelId> channel) noexcept {
    Markov::State::Ends* const sums = state_.ends.data();
    std::uint64_t size = state_.value_size, seen = 0;
    std::size_t n = 0, begin = 0;
    for (const std::size_t all = journeys.size(); n < all; ++n) {
      const JourneyEnd& journey = journeys.end_of(n);
      const std::size_t end = journey.end_of_touches - base;
      if (end > channel.size()) break;
      const std::size_t last = index(channel[end - 1]);
      sums[last].value = (Micros{sums[last].value} + journey.worth.value).units;
      seen |= size += size_of(journey.worth.value);
      if (journey.count == one_conversion && journey.outcome != Outcome::refunded) {
        pair_[begin] = 0;
        ++ends_[index(channel[begin])].first;
        ++ends_[last].ended[static_cast<std::size_t>(journey.outcome)];
      } else {
        std::fill(&pair_[begin], &pair_[end], 0);  // out of the stream
        count_apart(channel.subspan(begin, end - begin), journey);
      }
      begin = end;
    }
    state_.value_size = size;
    seen_ |= seen;
    return n;
  }

  static std::span<const std::uint32_t> codes_of(std::span<const ChannelId> channel) noexcept {
    static_assert(sizeof(ChannelId) == sizeof(std::uint32_t));
    return {reinterpret_cast<const std::uint32_t*>(channel.data()), channel.size()};
  }

  /// The first journey, which is longer than a stream.
  std::size_t count_longer(JourneysView journeys) noexcept {
    const Journey journey = journeys[0];
    seen_ |= count_value(state_, journey.channel.back(), journey.worth.value);
    count_apart(journey.channel, journeys.end_of(0));
    return 1;
  }

  [[gnu::noinline]] void count_apart(std::span<const ChannelId> channel,
                                     const JourneyEnd& journey) noexcept {
    const std::uint64_t count = count_of(journey);
    seen_ |= count_ends(state_, channel.front(), channel.back(), journey.outcome, count);
    for (std::size_t t = 1; t < channel.size(); ++t) {
      const std::size_t pair = index(channel[t - 1]) * channels_ + index(channel[t]);
      seen_ |= table_[pair] += channel[t - 1] == channel[t] ? 0 : count;
    }
  }

  void count_pairs(std::size_t pairs) noexcept {
    if (channels_ <= most_private) {
      count_in_turns(pairs);
    } else {
      std::uint64_t seen = 0;
      for (std::size_t t = 0; t < pairs; ++t) seen |= table_[pair_[t]] += unit;
      seen_ |= seen;
    }
    counted_ += pairs;
    if (counted_ >> 31 != 0) flush();
  }

  void count_in_turns(std::size_t pairs) noexcept {
    const std::size_t size = table_.size();
    std::uint32_t* const count = counts_.data();
    std::size_t t = 0;
    for (; t + turns <= pairs; t += turns) {
      ++count[pair_[t]];
      ++count[pair_[t + 1] + size];
      ++count[pair_[t + 2] + 2 * size];
      ++count[pair_[t + 3] + 3 * size];
    }
    for (; t < pairs; ++t) ++count[pair_[t]];
  }

  /// Adds what is counted here to the state.
  void flush() noexcept {
    if (channels_ <= most_private) {
      for (std::size_t pair = 0; pair < table_.size(); ++pair) {
        std::uint64_t count = 0;
        for (std::size_t turn = 0; turn < turns; ++turn) {
          count += counts_[turn * table_.size() + pair];
        }
        seen_ |= table_[pair] += count * unit;
      }
    }
    for (std::size_t c = 0; c < channels_; ++c) {
      Markov::State::Ends& end = state_.ends[c];
      seen_ |= end.first += ends_[c].first * unit;
      seen_ |= end.conversions += ended(c, Outcome::converted) * unit;
      seen_ |= end.nulls += ended(c, Outcome::null) * unit;
    }
    clear();
  }

  [[nodiscard]] std::uint64_t ended(std::size_t c, Outcome outcome) const noexcept {
    return ends_[c].ended[static_cast<std::size_t>(outcome)];
  }

  void clear() noexcept {
    if (channels_ <= most_private) std::fill_n(counts_.begin(), turns * table_.size(), 0);
    std::fill_n(ends_.begin(), channels_, Ends{});
    counted_ = 0;
  }

  Markov::State& state_;
  std::span<std::uint64_t> table_;
  std::uint32_t channels_;
  std::uint64_t seen_ = 0, counted_ = 0;
  std::array<std::uint32_t, longest_stream> pair_;
  std::array<std::uint32_t, turns * most_private * most_private> counts_;
  std::array<Ends, TransitionCounts::largest_table> ends_;
};

/// Transitions one by one.
std::uint64_t count_one(Markov::State& state, const Journey& journey, const JourneyEnd& end) {
  const std::uint64_t count = count_of(end);
  const ChannelId last = journey.channel.back();
  std::uint64_t seen = count_value(state, last, journey.worth.value);
  seen |= count_ends(state, journey.channel.front(), last, journey.outcome, count);
  for (std::size_t t = 1; t < journey.channel.size(); ++t) {
    const ChannelId from = journey.channel[t - 1], to = journey.channel[t];
    if (from == to) continue;
    seen |= state.transitions.add(static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to),
                                  count);
  }
  return seen;
}

std::uint64_t count_sparse(Markov::State& state, JourneysView journeys) {
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < journeys.size(); ++i) {
    seen |= count_one(state, journeys[i], journeys.end_of(i));
  }
  return seen;
}

}  // namespace

std::uint64_t count_journeys(Markov::State& state, JourneysView journeys) {
  const std::span<std::uint64_t> table = state.transitions.table();
  if (table.empty()) return count_sparse(state, journeys);
  return StreamCounts(state).count(journeys);
}

std::uint64_t count_converting(Markov::State& state, JourneysView journeys) {
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < journeys.size(); ++i) {
    if (journeys.end_of(i).outcome == Outcome::null) continue;
    seen |= count_one(state, journeys[i], journeys.end_of(i));
  }
  return seen;
}

}  // namespace mta

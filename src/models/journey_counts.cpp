#include "models/journey_counts.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

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
/// of codes, a code a pair of neighbours. No pair of equal neighbours is counted, so the diagonal
/// of the table is free: where a journey begins, the code is that of its first channel twice. Only
/// the first code has two meanings, as what is not to be counted has it too; how many journeys
/// begin there is what remains of all journeys. No loop is as short as a journey. Journeys that
/// stand for one conversion are counted as 1, in the narrow counts here; the others at once in the
/// state.
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
    return seen_;
  }

 private:
  static constexpr std::size_t longest_stream = 4096;
  static constexpr std::size_t most_journeys = 1024;
  // Where channels are few, a pair often follows itself, and waits for its count to be stored: four
  // tables take turns.
  static constexpr std::size_t most_private = 32, turns = 4, turn = most_private * most_private;

  static constexpr int value_bits = 53;

  /// Journeys that end at a channel.
  struct Ends {
    std::uint64_t value = 0;                  // their sum, which wraps as its size is seen to
    std::array<std::uint32_t, 2> ended = {};  // by Outcome: null, converted
  };

  /// Counts the first journeys; returns how many.
  std::size_t count_some(const JourneysView& journeys) {
    const std::uint64_t base = journeys.begin_of(0);
    std::size_t n = std::min(journeys.size(), most_journeys);
    const auto touches = [&] { return journeys.end_of(n - 1).end_of_touches - base; };
    while (n > 1 && touches() > longest_stream) n /= 2;
    if (touches() > longest_stream) return count_longer(journeys);
    const std::span channel = journeys.channel().subspan(base, touches());
    simd::pair_codes(codes_of(channel), channels_, std::span(pair_).subspan(1, channel.size() - 1));
    cut_stream(journeys.first(n), channel);
    count_pairs(channel.size());
    return n;
  }

  /// Counts the ends of journeys, and writes the codes of their beginnings into the stream. The
  /// loop that every journey passes: what it changes is held in registers.
  void cut_stream(const JourneysView& journeys, std::span<const ChannelId> channel) noexcept {
    const std::uint64_t base = journeys.begin_of(0);
    const std::uint32_t* const code = codes_of(channel).data();
    const std::uint32_t diagonal = channels_ + 1;
    Ends* const ends = ends_.data();
    std::uint32_t* const pair = pair_.data();
    std::uint64_t size = 0, any = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < journeys.size(); ++i) {
      const JourneyEnd& journey = journeys.end_of(i);
      const std::size_t end = journey.end_of_touches - base;
      const auto value = static_cast<std::uint64_t>(journey.worth.value.units);
      Ends& last = ends[code[end - 1]];
      last.value += value;
      size += value;
      any |= value;
      if (journey.count == one_conversion && journey.outcome != Outcome::refunded) [[likely]] {
        pair[begin] = code[begin] * diagonal;
        ++last.ended[static_cast<std::size_t>(journey.outcome)];
      } else {
        take_out(channel, begin, journeys, i);
      }
      begin = end;
    }
    journeys_ += journeys.size();
    static_assert(most_journeys <= std::size_t{1} << (63 - value_bits));
    if (any >> value_bits == 0) {
      seen_ |= state_.value_size += size;
    } else {
      add_sizes(journeys);
    }
  }

  /// Counts a journey of the stream, which begins at a touch of it, out of the stream.
  [[gnu::noinline]] void take_out(std::span<const ChannelId> channel, std::size_t begin,
                                  const JourneysView& journeys, std::size_t i) noexcept {
    const std::size_t touches = journeys[i].channel.size();
    std::fill_n(&pair_[begin], touches, 0);
    count_apart(channel.subspan(begin, touches), journeys.end_of(i));
    --journeys_;
  }

  /// The sizes of all values, where some are negative, or many of one size might be beyond 2^63.
  [[gnu::noinline]] void add_sizes(const JourneysView& journeys) noexcept {
    for (std::size_t i = 0; i < journeys.size(); ++i) {
      seen_ |= state_.value_size += size_of(journeys.end_of(i).worth.value);
    }
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

  void count_apart(std::span<const ChannelId> channel, const JourneyEnd& journey) noexcept {
    const std::uint64_t count = count_of(journey);
    seen_ |= count_ends(state_, channel.front(), channel.back(), journey.outcome, count);
    for (std::size_t t = 1; t < channel.size(); ++t) {
      if (channel[t - 1] == channel[t]) continue;
      seen_ |= table_[index(channel[t - 1]) * channels_ + index(channel[t])] += count;
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
    std::uint32_t* const count = counts_.data();
    std::size_t t = 0;
    for (; t + 2 * turns <= pairs; t += 2 * turns) {
      count_turns(count, &pair_[t]);
      count_turns(count, &pair_[t + turns]);
    }
    for (; t < pairs; ++t) ++count[pair_[t]];
  }

  static void count_turns(std::uint32_t* count, const std::uint32_t* pair) noexcept {
    static_assert(turns == 4);
    ++count[pair[0]];
    ++count[turn + pair[1]];
    ++count[2 * turn + pair[2]];
    ++count[3 * turn + pair[3]];
  }

  /// Adds what is counted here to the state.
  void flush() noexcept {
    if (channels_ <= most_private) {
      for (std::size_t pair = 0; pair < table_.size(); ++pair) {
        // 32 bits hold the sum: so many touches are never counted between two flushes.
        const std::uint32_t count = counts_[pair] + counts_[turn + pair] +
                                    counts_[2 * turn + pair] + counts_[3 * turn + pair];
        seen_ |= table_[pair] += count * unit;
      }
    }
    flush_ends();
    clear();
  }

  void flush_ends() noexcept {
    std::uint64_t at_first = journeys_ * unit;
    for (std::size_t c = 0; c < channels_; ++c) {
      Markov::State::Ends& end = state_.ends[c];
      const std::uint64_t begun = std::exchange(table_[c * (channels_ + 1)], 0);
      seen_ |= end.first += c == 0 ? 0 : begun;
      at_first -= c == 0 ? 0 : begun;
      seen_ |= end.conversions += ended(c, Outcome::converted) * unit;
      seen_ |= end.nulls += ended(c, Outcome::null) * unit;
      end.value = static_cast<std::int64_t>(static_cast<std::uint64_t>(end.value) + ends_[c].value);
    }
    seen_ |= state_.ends[0].first += at_first;
  }

  [[nodiscard]] std::uint64_t ended(std::size_t c, Outcome outcome) const noexcept {
    return ends_[c].ended[static_cast<std::size_t>(outcome)];
  }

  void clear() noexcept {
    if (channels_ <= most_private) std::fill_n(counts_.begin(), turns * turn, 0);
    std::fill_n(ends_.begin(), channels_, Ends{});
    counted_ = journeys_ = 0;
  }

  Markov::State& state_;
  std::span<std::uint64_t> table_;
  std::uint32_t channels_;
  std::uint64_t seen_ = 0, counted_ = 0, journeys_ = 0;
  std::array<std::uint32_t, longest_stream> pair_;
  std::array<std::uint32_t, turns * turn> counts_;
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

#include "mta/models/markov.hpp"

#include <array>
#include <cassert>
#include <string>

#include "mta/core/error.hpp"

namespace mta {
namespace {

/// Counts stay below 2^63. Each step adds less than that, so a count that passes 2^63 shows its top
/// bit before it can wrap; all are or-ed, and looked at once.
void expect_no_overflow(std::uint64_t seen) {
  if (seen >> 63 != 0) {
    throw Error(Errc::overflow,
                "markov: a count of transitions or a sum of |value| must stay below 2^63 "
                "micro-units, and did not");
  }
}

std::uint64_t size_of(Micros amount) noexcept {
  const auto bits = static_cast<std::uint64_t>(amount.units);
  return amount.units < 0 ? 0 - bits : bits;
}

/// The ends of all journeys, and `follow(from, to, count)` for every step between channels.
template <class Follow>
std::uint64_t count_journeys(Markov::State& state, JourneysView journeys, const Follow& follow) {
  const std::span<const ChannelId> channel = journeys.channel();
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < journeys.size(); ++i) {
    const JourneyEnd& journey = journeys.end_of(i);
    const std::size_t begin = journeys.begin_of(i), end = journey.end_of_touches;
    Markov::State::Ends& last = state.ends[index(channel[end - 1])];
    last.value = (Micros{last.value} + journey.worth.value).units;
    seen |= state.value_size += size_of(journey.worth.value);
    if (journey.outcome == Outcome::refunded) continue;
    assert(journey.count.units >= 0);
    const auto count = static_cast<std::uint64_t>(journey.count.units);
    seen |= state.ends[index(channel[begin])].first += count;
    seen |= (journey.outcome == Outcome::converted ? last.conversions : last.nulls) += count;
    for (std::size_t touch = begin + 1; touch < end; ++touch) {
      seen |= follow(index(channel[touch - 1]), index(channel[touch]), count);
    }
  }
  return seen;
}

}  // namespace

Markov::Markov(const MarkovOptions& options) : options_(options) {
  if (options.order != 1) {
    throw Error(Errc::invalid_option,
                "markov.order must be 1, the only order there is so far, got " +
                    std::to_string(options.order));
  }
}

void Markov::describe(OptionFields& fields, MarkovOptions& options) {
  static constexpr std::array<std::string_view, 2> ways = {"channel_total", "journey"};
  fields.integer("order", options.order);
  fields.choice("distribute", options.distribute, ways);
}

Markov::State Markov::start(std::size_t channels) const { return State(channels); }

void Markov::accumulate(State& state, JourneysView journeys) const {
  const std::size_t n = state.ends.size();
  if (std::uint64_t* const table = state.transitions.table().data(); table != nullptr) {
    // Equal neighbours collapse: they add 0 to the diagonal, which costs less than a branch.
    expect_no_overflow(count_journeys(
        state, journeys, [table, n](std::size_t from, std::size_t to, std::uint64_t count) {
          return table[from * n + to] += from == to ? 0 : count;
        }));
    return;
  }
  expect_no_overflow(count_journeys(
      state, journeys, [&state](std::size_t from, std::size_t to, std::uint64_t count) {
        if (from == to) return std::uint64_t{0};
        return state.transitions.add(static_cast<std::uint32_t>(from),
                                     static_cast<std::uint32_t>(to), count);
      }));
}

void merge(Markov::State& state, const Markov::State& other) {
  assert(state.ends.size() == other.ends.size());
  std::uint64_t seen = state.transitions.merge(other.transitions);
  for (std::size_t c = 0; c < state.ends.size(); ++c) {
    Markov::State::Ends& mine = state.ends[c];
    const Markov::State::Ends& added = other.ends[c];
    seen |= mine.first += added.first;
    seen |= mine.conversions += added.conversions;
    seen |= mine.nulls += added.nulls;
    mine.value = (Micros{mine.value} + Micros{added.value}).units;
  }
  seen |= state.value_size += other.value_size;
  expect_no_overflow(seen);
}

void subtract(Markov::State& state, const Markov::State& other) {
  assert(state.ends.size() == other.ends.size());
  bool learnt =
      state.value_size >= other.value_size && state.transitions.contains(other.transitions);
  for (std::size_t c = 0; c < state.ends.size(); ++c) {
    const Markov::State::Ends& mine = state.ends[c];
    const Markov::State::Ends& taken = other.ends[c];
    learnt = learnt && mine.first >= taken.first && mine.conversions >= taken.conversions &&
             mine.nulls >= taken.nulls;
  }
  if (!learnt) {
    throw Error(Errc::foreign_state,
                "markov: a state that is subtracted must have been added before, and holds more");
  }
  state.transitions.subtract(other.transitions);
  for (std::size_t c = 0; c < state.ends.size(); ++c) {
    Markov::State::Ends& mine = state.ends[c];
    const Markov::State::Ends& taken = other.ends[c];
    mine.first -= taken.first;
    mine.conversions -= taken.conversions;
    mine.nulls -= taken.nulls;
    mine.value = (Micros{mine.value} - Micros{taken.value}).units;
  }
  state.value_size -= other.value_size;
}

}  // namespace mta

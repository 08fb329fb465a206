#include "mta/models/markov.hpp"

#include <array>
#include <cassert>
#include <string>

#include "models/journey_counts.hpp"
#include "mta/core/error.hpp"

namespace mta {
namespace {

/// Counts stay below 2^63; all are or-ed, and looked at once.
void expect_no_overflow(std::uint64_t seen) {
  if (seen >> 63 != 0) {
    throw Error(Errc::overflow,
                "markov: a count of transitions or a sum of |value| must stay below 2^63 "
                "micro-units, and did not");
  }
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
  expect_no_overflow(count_journeys(state, journeys));
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

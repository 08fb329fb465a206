#include <cassert>
#include <string>

#include "mta/core/error.hpp"
#include "mta/models/markov.hpp"

// The bytes of a Markov state's body: docs/formats/state.md.
namespace mta {
namespace {

__extension__ typedef __int128 Wide;

[[noreturn]] void corrupt(const char* why) {
  throw Error(Errc::corrupt_state, std::string("not the bytes of a state of markov: ") + why);
}

std::uint64_t read_count(ByteReader& reader) {
  const std::uint64_t count = reader.u64();
  if (count >> 63 != 0) corrupt("a count of 2^63 or more");
  return count;
}

void read_ends(ByteReader& reader, std::span<const std::uint32_t> numbers, Markov::State& state) {
  if (reader.count(4 * 8) != numbers.size()) corrupt("another number of channels");
  Wide size = 0;
  for (const std::uint32_t number : numbers) {
    assert(number < state.ends.size());
    Markov::State::Ends& ends = state.ends[number];
    ends.first = read_count(reader);
    ends.conversions = read_count(reader);
    ends.nulls = read_count(reader);
    ends.value = reader.i64();
    size += ends.value < 0 ? -Wide{ends.value} : Wide{ends.value};
  }
  state.value_size = read_count(reader);
  if (size > Wide{state.value_size}) corrupt("values beyond the sum of their sizes");
}

void read_transitions(ByteReader& reader, std::span<const std::uint32_t> numbers,
                      Markov::State& state) {
  std::uint64_t before = 0;
  for (std::size_t left = reader.count(4 + 4 + 8); left > 0; --left) {
    const std::uint32_t from = reader.u32(), to = reader.u32();
    const std::uint64_t count = read_count(reader), pair = std::uint64_t{from} << 32 | to;
    if (from >= numbers.size() || to >= numbers.size()) corrupt("a transition of no channel");
    if (pair <= before || from == to || count == 0) corrupt("transitions out of order");
    before = pair;
    state.transitions.add(numbers[from], numbers[to], count);
  }
}

/// Journeys that come to a channel also leave it.
void expect_whole_journeys(const Markov::State& state) {
  std::vector<Wide> balance(state.ends.size());
  for (std::size_t c = 0; c < balance.size(); ++c) {
    balance[c] =
        Wide{state.ends[c].first} - Wide{state.ends[c].conversions} - Wide{state.ends[c].nulls};
  }
  for (const TransitionCounts::Transition& step : state.transitions.sorted()) {
    balance[step.from] -= Wide{step.count};
    balance[step.to] += Wide{step.count};
  }
  for (const Wide rest : balance) {
    if (rest != 0) corrupt("counts of no whole journeys");
  }
}

}  // namespace

void Markov::write(const State& state, ByteWriter& writer) const {
  writer.u64(state.ends.size());
  for (const State::Ends& ends : state.ends) {
    writer.u64(ends.first);
    writer.u64(ends.conversions);
    writer.u64(ends.nulls);
    writer.i64(ends.value);
  }
  writer.u64(state.value_size);
  const std::vector<TransitionCounts::Transition> steps = state.transitions.sorted();
  writer.u64(steps.size());
  for (const TransitionCounts::Transition& step : steps) {
    writer.u32(step.from);
    writer.u32(step.to);
    writer.u64(step.count);
  }
}

Markov::State Markov::read(ByteReader& reader, std::span<const std::uint32_t> numbers,
                           std::size_t channels) const {
  State state(channels);
  read_ends(reader, numbers, state);
  read_transitions(reader, numbers, state);
  expect_whole_journeys(state);
  return state;
}

}  // namespace mta

#include <algorithm>
#include <cassert>
#include <string>

#include "models/counted_chain.hpp"
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

StateEnds read_end(ByteReader& reader, Wide& size) {
  StateEnds ends;
  ends.first = read_count(reader);
  ends.conversions = read_count(reader);
  ends.nulls = read_count(reader);
  ends.value = reader.i64();
  size += ends.value < 0 ? -Wide{ends.value} : Wide{ends.value};
  return ends;
}

void read_ends(ByteReader& reader, std::span<const std::uint32_t> numbers, Markov::State& state) {
  if (reader.count(4 * 8) != numbers.size()) corrupt("another number of channels");
  Wide size = 0;
  for (const std::uint32_t number : numbers) {
    assert(number < state.ends.size());
    state.ends[number] = read_end(reader, size);
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
void expect_whole_journeys(const CountedChain& state) {
  std::vector<Wide> balance(state.ends.size());
  for (std::size_t c = 0; c < balance.size(); ++c) {
    balance[c] =
        Wide{state.ends[c].first} - Wide{state.ends[c].conversions} - Wide{state.ends[c].nulls};
  }
  for (const CountedChain::Step& step : state.steps) {
    balance[step.from] -= Wide{step.count};
    balance[step.to] += Wide{step.count};
  }
  for (const Wide rest : balance) {
    if (rest != 0) corrupt("counts of no whole journeys");
  }
}

void write_ends(ByteWriter& writer, const StateEnds& ends) {
  writer.u64(ends.first);
  writer.u64(ends.conversions);
  writer.u64(ends.nulls);
  writer.i64(ends.value);
}

void write_grams(ByteWriter& writer, const GramCounts& grams) {
  const std::vector<std::uint32_t> sorted = grams.sorted_grams();
  std::vector<std::uint32_t> number(grams.size());
  writer.u64(sorted.size());
  for (std::uint32_t i = 0; i < sorted.size(); ++i) {
    number[sorted[i]] = i;
    for (const std::uint32_t channel : grams.gram(sorted[i])) writer.u32(channel);
    write_ends(writer, grams.ends(sorted[i]));
  }
  std::vector<GramCounts::Step> steps = grams.steps();
  for (GramCounts::Step& step : steps) step.from = number[step.from];
  std::ranges::sort(steps, [](const GramCounts::Step& a, const GramCounts::Step& b) {
    return a.from != b.from ? a.from < b.from : a.channel < b.channel;
  });
  writer.u64(steps.size());
  for (const GramCounts::Step& step : steps) {
    writer.u32(step.from);
    writer.u32(step.channel);
    writer.u64(step.count);
  }
}

/// The channels of a gram in the numbering of the state that is read.
std::vector<std::uint32_t> read_gram(ByteReader& reader, std::span<const std::uint32_t> numbers,
                                     std::size_t order) {
  std::vector<std::uint32_t> gram(order);
  bool begun = false;
  for (std::uint32_t& channel : gram) {
    channel = reader.u32();
    if (channel == GramCounts::none && !begun) continue;
    if (channel >= numbers.size()) corrupt("a gram of no channel");
    channel = numbers[channel];
    begun = true;
  }
  if (!begun) corrupt("a gram without channels");
  return gram;
}

void read_grams(ByteReader& reader, std::span<const std::uint32_t> numbers, GramCounts& grams,
                Wide& size) {
  std::uint64_t seen = 0;
  const std::size_t count = reader.count(4 * grams.order() + 4 * 8);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t state = grams.intern(read_gram(reader, numbers, grams.order()));
    if (state != i) corrupt("a gram twice");
    seen |= grams.add_ends(state, read_end(reader, size));
  }
  std::uint64_t before = 0;
  for (std::size_t left = reader.count(4 + 4 + 8), first = left; left > 0; --left) {
    const std::uint32_t from = reader.u32(), channel = reader.u32();
    const std::uint64_t steps = read_count(reader), key = std::uint64_t{from} << 32 | channel;
    if (from >= count || channel >= numbers.size()) corrupt("a step of no gram");
    if ((left != first && key <= before) || steps == 0) corrupt("steps out of order");
    before = key;
    if (grams.gram(from).front() == GramCounts::none) corrupt("a step after the end of a path");
    if (grams.step(from, numbers[channel], steps, seen) >= count) corrupt("a step to no gram");
  }
  if (seen >> 63 != 0) corrupt("a count of 2^63 or more");
  expect_whole_journeys(CountedChain(grams));
}

}  // namespace

void Markov::write(const State& state, ByteWriter& writer) const {
  if (uses_grams()) {
    for (const GramCounts& part : state.grams) write_grams(writer, part);
    writer.u64(state.value_size);
    return;
  }
  writer.u64(state.ends.size());
  for (const StateEnds& ends : state.ends) write_ends(writer, ends);
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
  State state = start(channels);
  if (uses_grams()) {
    Wide size = 0;
    for (GramCounts& part : state.grams) read_grams(reader, numbers, part, size);
    state.value_size = read_count(reader);
    if (size > Wide{state.value_size}) corrupt("values beyond the sum of their sizes");
    return state;
  }
  read_ends(reader, numbers, state);
  read_transitions(reader, numbers, state);
  expect_whole_journeys(CountedChain(state));
  return state;
}

}  // namespace mta

#include "mta/models/markov.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>

#include "models/gram_walks.hpp"
#include "models/journey_counts.hpp"
#include "mta/core/error.hpp"
#include "mta/core/hash.hpp"

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

constexpr std::int64_t largest_order = 64;

std::string_view trimmed(std::string_view text) noexcept {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

/// "a + b" or "a > b" by its parts.
struct RemovalText {
  std::vector<std::string> names;
  bool in_order = false;
};

[[noreturn]] void refuse_removal(const char* rule, const std::string& text) {
  throw Error(Errc::invalid_option, std::string("markov.remove ") + rule + ", got \"" + text + '"');
}

RemovalText split_removal(const std::string& text, std::int64_t order) {
  RemovalText removal;
  removal.in_order = text.find('>') != std::string::npos;
  const char separator = removal.in_order ? '>' : '+';
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    const std::string_view part = trimmed(std::string_view(text).substr(begin, end - begin));
    if (part.empty()) refuse_removal("must name channels between + or >", text);
    removal.names.emplace_back(part);
    begin = end + 1;
  }
  if (removal.in_order && removal.names.size() > static_cast<std::size_t>(order) + 1) {
    refuse_removal("must hold sequences of at most order + 1 channels", text);
  }
  return removal;
}

}  // namespace

Markov::Markov(const MarkovOptions& options) : options_(options) {
  if (options.order < 1 || options.order > largest_order) {
    throw Error(Errc::invalid_option, "markov.order must be from 1 to " +
                                          std::to_string(largest_order) + ", got " +
                                          std::to_string(options.order));
  }
  if (options.nulls == Nulls::ignore && options.choose_order == ChooseOrder::penalized_auc) {
    throw Error(
        Errc::invalid_option,
        "markov.choose_order must be \"none\" or \"log_likelihood\" where nulls are ignored, got "
        "\"penalized_auc\": no order tells conversions from nothing");
  }
  for (const std::string& text : options.remove) {
    const bool in_order = split_removal(text, options.order).in_order;
    if (in_order && options.removed == Removed::renormalized) {
      refuse_removal("must not hold sequences where removed is \"renormalize\"", text);
    }
  }
}

void Markov::describe(OptionFields& fields, MarkovOptions& options) {
  static constexpr std::array<std::string_view, 3> choices = {"none", "penalized_auc",
                                                              "log_likelihood"};
  static constexpr std::array<std::string_view, 2> removed = {"null", "renormalize"};
  static constexpr std::array<std::string_view, 2> nulls = {"count", "ignore"};
  fields.integer("order", options.order);
  fields.choice("choose_order", options.choose_order, choices);
  fields.choice("removed", options.removed, removed);
  fields.choice("nulls", options.nulls, nulls);
  fields.texts("remove", options.remove);
  describe_distribute(fields, options.distribute);
}

Markov Markov::bind(const ModelContext& context) const {
  Markov bound(*this);
  bound.remove_.clear();
  bound.name_hashes_.clear();
  if (options_.choose_order != ChooseOrder::none) {
    for (const std::string_view name : context.channels) bound.name_hashes_.push_back(hash64(name));
  }
  for (const std::string& text : options_.remove) {
    const RemovalText parts = split_removal(text, options_.order);
    ChannelSequence& sequence = bound.remove_.emplace_back();
    sequence.in_order = parts.in_order;
    for (const std::string& name : parts.names) {
      const auto at = std::ranges::lower_bound(context.channels, name);
      if (at == context.channels.end() || *at != name) {
        throw Error(Errc::invalid_option,
                    "markov.remove must name channels of the journeys, got \"" + name + "\" in \"" +
                        text + '"');
      }
      sequence.channels.push_back(static_cast<ChannelId>(at - context.channels.begin()));
    }
  }
  return bound;
}

Markov::State Markov::start(std::size_t channels) const {
  if (!uses_grams()) return State(channels);
  const std::size_t parts = options_.choose_order == ChooseOrder::none ? 1 : folds;
  return {channels, static_cast<std::size_t>(options_.order), parts};
}

void Markov::accumulate(State& state, JourneysView journeys) const {
  if (uses_grams()) {
    expect_no_overflow(count_grams(state, journeys, options_.nulls, name_hashes_));
  } else if (options_.nulls == Nulls::ignore) {
    expect_no_overflow(count_converting(state, journeys));
  } else {
    expect_no_overflow(count_journeys(state, journeys));
  }
}

void merge(Markov::State& state, const Markov::State& other) {
  assert(state.channels == other.channels && state.grams.size() == other.grams.size());
  std::uint64_t seen = state.transitions.merge(other.transitions);
  for (std::size_t part = 0; part < state.grams.size(); ++part) {
    seen |= state.grams[part].merge(other.grams[part]);
  }
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
  assert(state.channels == other.channels && state.grams.size() == other.grams.size());
  bool learnt =
      state.value_size >= other.value_size && state.transitions.contains(other.transitions);
  for (std::size_t part = 0; part < state.grams.size(); ++part) {
    learnt = learnt && state.grams[part].contains(other.grams[part]);
  }
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
  for (std::size_t part = 0; part < state.grams.size(); ++part) {
    state.grams[part].subtract(other.grams[part]);
  }
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

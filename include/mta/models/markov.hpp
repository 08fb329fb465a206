#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/models/chain.hpp"
#include "mta/models/gram_counts.hpp"
#include "mta/models/model.hpp"
#include "mta/models/transition_counts.hpp"

namespace mta {

struct CountedChain;

/// Channels that are removed together: any of them, or all of them one after the other.
struct ChannelSequence {
  std::vector<ChannelId> channels;
  bool in_order = false;
};

/// What becomes of those who would have come to a removed channel.
enum class Removed {
  to_null,       ///< they break off
  renormalized,  ///< they go where the others from there go, in the same proportions
};

/// What journeys without a conversion are.
enum class Nulls {
  count,   ///< part of the chain
  ignore,  ///< left out, as some tools do by default: all journeys convert
};

/// By what the order is chosen, from 1 up to `MarkovOptions::order`.
enum class ChooseOrder {
  none,            ///< the order is the one given
  penalized_auc,   ///< the largest area under the ROC curve, less a penalty for parameters
  log_likelihood,  ///< the largest out-of-sample log-likelihood
};

/// Call sites name what they change: `{.distribute = Distribute::journey}`.
struct MarkovOptions {
  /// How many touches make a state, 1 to 64; the largest tried where one is chosen.
  std::int64_t order = 1;
  ChooseOrder choose_order = ChooseOrder::none;
  Removed removed = Removed::to_null;
  Nulls nulls = Nulls::count;
  /// What else is removed, for its effect alone: sets of channels ("Search + Display"), and
  /// sequences of them ("Search > Display"), of at most order + 1, for to_null alone. Blanks around
  /// + and > do not count.
  std::vector<std::string> remove = {};
  Distribute distribute = Distribute::channel_total;  ///< how credit reaches single touches
  friend bool operator==(const MarkovOptions&, const MarkovOptions&) = default;
};

/// One arc of the chain. Nodes below the number of states are states; the others have names below.
struct MarkovArc {
  std::uint32_t from = 0, to = 0;
  double probability = 0;
  Micros count = {};  ///< journeys that took it
};

/// How well an order describes the journeys. docs/models/markov.md, "Order"
struct OrderFit {
  std::size_t order = 1;
  double auc = 0;             ///< of the probability to convert after the last state
  double auc_100 = 0;         ///< the same over 100 thresholds, as ChannelAttribution has it
  double penalized_auc = 0;   ///< of auc_100
  double log_likelihood = 0;  ///< out of sample, over all touches and ends
};

/// What Markov learnt, and why the credit is what it is. The channels' columns are part of
/// `explained`; `conversion_probability`, the order chosen, and the effects of `remove` of
/// `numbers`.
struct MarkovFit : FittedCredit {
  std::size_t order = 1;
  std::size_t channels = 0;
  std::size_t states = 0;  ///< channels at order 1
  /// Channels of each state, oldest first: `order` each, GramCounts::none before those of a shorter
  /// one.
  std::vector<std::uint32_t> grams;
  /// All above 0, by `from`, then `to`; those of each node add up to 1.
  std::vector<MarkovArc> arcs;
  /// Of each channel: in [0, 1], or below it where renormalized.
  std::vector<double> removal_effect_conversions;
  std::vector<double> removal_effect_value;  ///< refunds may push these below 0 or above 1
  std::vector<double> expected_visits;       ///< of each state, from START
  double conversion_probability = 0;
  std::vector<OrderFit> orders;  ///< where the order is chosen: from 1 up

  [[nodiscard]] std::uint32_t start() const noexcept { return static_cast<std::uint32_t>(states); }
  [[nodiscard]] std::uint32_t conversion() const noexcept { return start() + 1; }
  [[nodiscard]] std::uint32_t null() const noexcept { return start() + 2; }
};

/// Markov chain of any order, exact: a channel earns in proportion to the share of conversions that
/// would be lost if every journey broke off on reaching it. docs/models/markov.md
class MTA_EXPORT Markov {
 public:
  using Options = MarkovOptions;
  static constexpr ModelInfo info{.name = "markov", .kind = ModelKind::fitted, .state_version = 2};
  /// Part of the journeys that is left out in turn where an order is chosen.
  static constexpr std::size_t folds = 4;

  /// @throws Error{Errc::invalid_option} naming the field, the rule and the value given.
  explicit Markov(const MarkovOptions& options = {});

  [[nodiscard]] const MarkovOptions& options() const noexcept { return options_; }
  static void describe(OptionFields& fields, MarkovOptions& options);
  [[nodiscard]] Distribute distribute() const noexcept { return options_.distribute; }
  /// @throws Error{Errc::invalid_option} where `remove` names a channel that is not there
  [[nodiscard]] Markov bind(const ModelContext& context) const;

  /// Integer counts of transitions, ends and worth. A fresh state is the identity of `merge`;
  /// `subtract` undoes it.
  struct State;
  [[nodiscard]] State start(std::size_t channels) const;
  /// @throws Error{Errc::overflow} where a count passes 2^63 - 1 micro-units; the state is then of
  /// no use
  void accumulate(State& state, JourneysView journeys) const;
  /// Cost  order 1, n channels: O(n^3) where most follow most, 2 s for 2,000; far less where few
  ///       follow few. Above: some 25 sweeps over all transitions for every eight channels
  [[nodiscard]] MarkovFit finish(const State& state) const;
  /// Of each state: how many steps its journey takes until it ends, on average.
  /// Cost  a factorisation, as that of `finish` at order 1
  [[nodiscard]] std::vector<double> steps_to_absorption(const State& state) const;
  /// The chain by name. @param channels  names, by number
  [[nodiscard]] Chain chain(const State& state, std::span<const std::string_view> channels) const;

  void write(const State& state, ByteWriter& writer) const;
  /// @throws Error{Errc::corrupt_state} where the bytes are no counts of whole journeys
  [[nodiscard]] State read(ByteReader& reader, std::span<const std::uint32_t> numbers,
                           std::size_t channels) const;

 private:
  [[nodiscard]] CountedChain counted(const State& state, MarkovFit& fit) const;
  [[nodiscard]] bool uses_grams() const noexcept {
    return options_.order > 1 || options_.choose_order != ChooseOrder::none;
  }

  MarkovOptions options_;
  std::vector<ChannelSequence> remove_;     // options_.remove, once channels are known
  std::vector<std::uint64_t> name_hashes_;  // of the channels, once known, where an order is chosen
};

struct Markov::State {
  using Ends = StateEnds;

  /// Of order 1.
  explicit State(std::size_t number = 0) : channels(number), transitions(number), ends(number) {}
  /// Of grams, in so many parts.
  State(std::size_t number, std::size_t order, std::size_t parts)
      : channels(number), grams(parts, GramCounts(order)) {}
  friend bool operator==(const State&, const State&) = default;

  std::size_t channels;

  TransitionCounts transitions;
  std::vector<Ends> ends;  ///< by channel
  /// Above order 1, or where the order is chosen, everything but `value_size` is here: one part, or
  /// `folds` of them, by person, or by the names of a path's channels where there are no persons.
  std::vector<GramCounts> grams;
  std::uint64_t value_size = 0;  ///< sum of |value|: bounds every partial sum, in any order
};

/// Adds what `other` learnt. @throws Error{Errc::overflow}
MTA_EXPORT void merge(Markov::State& state, const Markov::State& other);
/// Takes back what `other` learnt. @throws Error{Errc::foreign_state} where that was never added;
/// the state is then unchanged
MTA_EXPORT void subtract(Markov::State& state, const Markov::State& other);

static_assert(FittedModel<Markov> && BoundModel<Markov>);

}  // namespace mta

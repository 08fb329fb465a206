#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/models/model.hpp"
#include "mta/models/transition_counts.hpp"

namespace mta {

/// Call sites name what they change: `{.distribute = Distribute::journey}`.
struct MarkovOptions {
  std::int64_t order = 1;  ///< how many touches make a state; 1 is what there is
  Distribute distribute = Distribute::channel_total;  ///< how credit reaches single touches
  friend bool operator==(const MarkovOptions&, const MarkovOptions&) = default;
};

/// One arc of the chain. Nodes below the number of channels are channels; the others have names
/// below.
struct MarkovArc {
  std::uint32_t from = 0, to = 0;
  double probability = 0;
};

/// What Markov learnt, and why the credit is what it is. `removal_effect_conversions` and
/// `removal_effect_value` are columns of `explained`, `conversion_probability` is one of `numbers`.
struct MarkovFit : FittedCredit {
  std::size_t channels = 0;
  std::vector<MarkovArc>
      arcs;  ///< all above 0, by `from`, then `to`; those of each node add up to 1
  std::vector<double> removal_effect_conversions;  ///< of each channel, in [0, 1]
  std::vector<double> removal_effect_value;        ///< refunds may push these below 0 or above 1
  double conversion_probability = 0;

  [[nodiscard]] std::uint32_t start() const noexcept {
    return static_cast<std::uint32_t>(channels);
  }
  [[nodiscard]] std::uint32_t conversion() const noexcept { return start() + 1; }
  [[nodiscard]] std::uint32_t null() const noexcept { return start() + 2; }
};

/// Markov chain of order 1, exact: a channel earns in proportion to the share of conversions that
/// would be lost if every journey broke off on reaching it. docs/models/markov.md
class MTA_EXPORT Markov {
 public:
  using Options = MarkovOptions;
  static constexpr ModelInfo info{.name = "markov", .kind = ModelKind::fitted, .state_version = 1};

  /// @throws Error{Errc::invalid_option} naming the field, the rule and the value given.
  explicit Markov(const MarkovOptions& options = {});

  [[nodiscard]] const MarkovOptions& options() const noexcept { return options_; }
  static void describe(OptionFields& fields, MarkovOptions& options);
  [[nodiscard]] Distribute distribute() const noexcept { return options_.distribute; }

  /// Integer counts of transitions, ends and worth. A fresh state is the identity of `merge`;
  /// `subtract` undoes it.
  struct State;
  [[nodiscard]] State start(std::size_t channels) const;
  /// @throws Error{Errc::overflow} where a count passes 2^63 - 1 micro-units; the state is then of
  /// no use
  void accumulate(State& state, JourneysView journeys) const;
  /// Cost  n channels: O(n^3) where most follow most, 2 s for 2,000; far less where few follow few
  [[nodiscard]] MarkovFit finish(const State& state) const;

  void write(const State& state, ByteWriter& writer) const;
  /// @throws Error{Errc::corrupt_state} where the bytes are no counts of whole journeys
  [[nodiscard]] State read(ByteReader& reader, std::span<const std::uint32_t> numbers,
                           std::size_t channels) const;

 private:
  MarkovOptions options_;
};

struct Markov::State {
  /// What begins and ends at a channel, in micro-units.
  struct Ends {
    std::uint64_t first = 0;        ///< journeys that begin here
    std::uint64_t conversions = 0;  ///< journeys that end here in a conversion
    std::uint64_t nulls = 0;        ///< journeys that end here in none
    std::int64_t value = 0;         ///< value of the journeys that end here, refunds included
    friend bool operator==(const Ends&, const Ends&) = default;
  };

  explicit State(std::size_t channels = 0) : transitions(channels), ends(channels) {}
  friend bool operator==(const State&, const State&) = default;

  TransitionCounts transitions;
  std::vector<Ends> ends;        ///< by channel
  std::uint64_t value_size = 0;  ///< sum of |value|: bounds every partial sum, in any order
};

/// Adds what `other` learnt. @throws Error{Errc::overflow}
MTA_EXPORT void merge(Markov::State& state, const Markov::State& other);
/// Takes back what `other` learnt. @throws Error{Errc::foreign_state} where that was never added;
/// the state is then unchanged
MTA_EXPORT void subtract(Markov::State& state, const Markov::State& other);

static_assert(FittedModel<Markov>);

}  // namespace mta

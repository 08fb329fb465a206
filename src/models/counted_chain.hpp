#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "models/absorbing_chain.hpp"
#include "mta/models/markov.hpp"

namespace mta {

/// A chain as it was counted: what begins and ends at each state, and how often one state followed
/// another. Equal neighbours are collapsed: no state follows itself.
struct CountedChain {
  __extension__ typedef unsigned __int128 Wide;
  using Step = TransitionCounts::Transition;

  explicit CountedChain(const Markov::State& state);
  /// The grams of that order, numbered as GramCounts::sorted_grams has them.
  explicit CountedChain(const GramCounts& grams);

  [[nodiscard]] std::size_t size() const noexcept { return ends.size(); }
  [[nodiscard]] std::span<const Step> steps_from(std::uint32_t state) const noexcept {
    return std::span(steps).subspan(row[state], row[state + 1] - row[state]);
  }
  /// The channels of a state, oldest first; GramCounts::none before those of a shorter one.
  [[nodiscard]] std::span<const std::uint32_t> gram(std::uint32_t state) const noexcept {
    return std::span(grams).subspan(state * order, order);
  }

  std::size_t order = 1;
  std::vector<std::uint32_t> grams;  ///< `order` channels for each state
  std::vector<Step> steps;           ///< by `from`, then `to`
  std::vector<double> probability;   ///< of each step, among all that leave its state
  std::vector<StateEnds> ends;
  std::vector<std::size_t> row;  ///< steps from state s: [row[s], row[s + 1])
  std::vector<Wide> out;         ///< all that leave a state, ends included
  Wide starts = 0;

 private:
  void index_steps();
};

/// What counts are parts of.
class Whole {
 public:
  explicit Whole(CountedChain::Wide count) noexcept
      : count_(count >> 63 == 0  // as it is as a rule, and far quicker
                   ? static_cast<double>(static_cast<std::int64_t>(count))
                   : static_cast<double>(count)) {}

  /// A count as a part of it, each rounded once. @pre below 2^63
  [[nodiscard]] double share(std::uint64_t part) const noexcept {
    return static_cast<double>(static_cast<std::int64_t>(part)) / count_;
  }

 private:
  double count_;
};

/// A count as a part of another, each rounded once.
[[nodiscard]] inline double ratio(CountedChain::Wide part, CountedChain::Wide whole) noexcept {
  const Whole all(whole);
  return part >> 63 == 0 ? all.share(static_cast<std::uint64_t>(part))
                         : static_cast<double>(part) / static_cast<double>(whole);
}

/// Which states of a chain are looked at.
enum class Keep {
  converting,  ///< those that START reaches and that can convert: all others have no effect
  reached,     ///< all that START reaches
};

/// States of a counted chain as a chain of probabilities.
struct RestrictedChain {
  explicit RestrictedChain(const CountedChain& counted, Keep keep = Keep::converting);

  std::vector<std::uint32_t> kept;  ///< states of the counted chain
  AbsorbingChain chain;
};

}  // namespace mta

#pragma once
// What one worker gathers for one goal, in the first pass over its journeys and in the second.
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "mta/credits/cell_numbering.hpp"
#include "mta/credits/journey_statistics.hpp"
#include "mta/credits/ledger.hpp"
#include "mta/journeys/fates.hpp"
#include "mta/models/any_model.hpp"

namespace mta {

/// Which of many numbers occurred.
class Occurrences {
 public:
  /// @pre every number < count; the count never falls
  template <class Number>
  void mark(std::span<const Number> numbers, std::size_t count) {
    flags_.resize(count);
    while (missing_ < count && flags_[missing_] != 0) ++missing_;
    if (missing_ == count) return;  // all did, as is usual soon
    for (const Number number : numbers) flags_[index(number)] = 1;
  }
  [[nodiscard]] std::span<const std::uint8_t> flags() const noexcept { return flags_; }

 private:
  std::vector<std::uint8_t> flags_;
  std::size_t missing_ = 0;  // all before it occurred
};

/// First pass: rule models credit at once, fitted models learn.
class FirstPass {
 public:
  FirstPass(std::span<const AnyModel> models, CellNumbering cells, std::size_t channels);

  void take(JourneysView journeys, const BucketEvents* bucket);

  /// Adds a rule model's sums to a ledger.
  void add_to(Ledger& ledger, std::size_t model) const {
    ledger.add(cells_, cells_seen_.flags(), sinks_[model]);
  }
  [[nodiscard]] AnyState& state(std::size_t model) const noexcept { return *states_[model]; }
  /// A flag for each channel: is it in a journey?
  [[nodiscard]] std::span<const std::uint8_t> channels_seen() const noexcept {
    return channels_seen_.flags();
  }

  GoalCounts counts;
  std::optional<JourneyStatisticsCounts> statistics;  ///< where asked for

 private:
  /// The journeys, with the event of each touch where a model asks for it.
  [[nodiscard]] JourneysView with_events(JourneysView journeys, const BucketEvents* bucket);

  std::span<const AnyModel> models_;
  CellNumbering cells_;
  std::size_t channels_;
  Occurrences cells_seen_, channels_seen_;
  bool has_rules_ = false, asks_events_ = false;
  std::vector<std::uint32_t> event_of_touch_;  // of the batch at hand
  WorthBatch worth_;                           // of the batch at hand, where there are rule models
  std::vector<CreditSink> sinks_;              // one a model; idle for fitted ones
  std::vector<std::unique_ptr<AnyState>> states_;  // one a model; none for rule models
};

/// Second pass: fitted models credit single touches. The numbering's first dimension is the
/// channel.
class SecondPass {
 public:
  SecondPass(std::span<const FittedCredit> fits, CellNumbering cells);

  void take(JourneysView journeys, const BucketEvents* bucket);
  void add_to(TouchShares& shares, std::size_t fit) const;

 private:
  std::span<const FittedCredit> fits_;
  CellNumbering cells_;
  std::vector<std::uint8_t> in_converting_;
  std::vector<std::uint64_t> null_counts_;
  std::vector<CreditSink> sinks_;
};

}  // namespace mta

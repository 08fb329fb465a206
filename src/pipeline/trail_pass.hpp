#pragma once
// What each touch of a goal's journeys earned under each model, for a CreditTrail.
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "mta/core/apportion.hpp"
#include "mta/credits/credit_trail.hpp"
#include "mta/journeys/bucket_events.hpp"
#include "mta/models/any_model.hpp"

namespace mta {

/// A goal's models, ready to credit: which fit is whose is as GoalAssembly has it.
struct CreditingModels {
  std::span<const AnyModel> models;
  std::span<const FittedCredit> fits;
  std::span<const std::optional<std::size_t>> fit_of;
};

/// What a channel's touches have earned of their own conversions: weights of the channel's totals.
struct ChannelWeights {
  std::uint64_t conversions = 0, value = 0, nulls = 0;
  bool value_usable = true;  ///< refunds may leave a touch with less than nothing
};

/// A channel's totals, handed out touch by touch.
class ChannelSplit {
 public:
  ChannelSplit(const Worth& total, const ChannelWeights& weights);
  /// What is left where there is nothing to split by.
  [[nodiscard]] const Worth& unattributed() const noexcept { return unattributed_; }
  /// The part of the next touch, which earned this of its own conversion.
  [[nodiscard]] Worth next(const Worth& earned, std::uint64_t nulls) noexcept;

 private:
  enum class By { conversions, value, nulls };
  By conversions_by_, value_by_;
  RunningSplit conversions_, value_;
  Worth unattributed_;
};

/// One goal's journeys with what each touch earned. Where a fitted model distributes channel
/// totals, all journeys are weighed first; then each bucket's are taken, and handed over in the
/// order of their persons.
class TrailPass {
 public:
  explicit TrailPass(const CreditingModels& models);

  [[nodiscard]] bool needs_weights() const noexcept { return needs_weights_; }
  void weigh(JourneysView journeys);
  void end_weighing();

  /// To be called before a bucket's journeys are taken.
  void begin_bucket(const BucketEvents& bucket);
  void take(JourneysView journeys, const BucketEvents& bucket);
  /// Gives the journeys taken to the trail, those of other persons apart.
  /// @param persons  rising; empty: all
  void hand_over(const BucketEvents& bucket, const Vocabulary& vocabulary,
                 std::span<const PersonKey> persons, CreditTrail& trail);

  /// What no touch earned under each model, beside worth that no journey has.
  [[nodiscard]] std::span<const Worth> unattributed() const noexcept { return unattributed_; }

 private:
  struct Taken {
    JourneyEnd end;
    std::size_t begin_of_touches;
  };
  struct Touch {
    TimePoint time;
    ChannelId channel;
    std::uint32_t row;
  };

  [[nodiscard]] bool is_apportioned(std::size_t m) const {
    return models_.fit_of[m] && models_.models[m].distribute() == Distribute::channel_total;
  }
  /// Touches are numbered as the view has them.
  [[nodiscard]] CreditSink touch_sink(JourneysView journeys);
  void apportion(const Taken& journey);
  void add_touches(JourneysView journeys);
  [[nodiscard]] TimePoint time_of(const JourneyEnd& end, Seconds age, std::uint32_t row) const;

  CreditingModels models_;
  bool needs_weights_ = false;
  std::vector<std::vector<ChannelWeights>> weights_;  // by model, then channel
  std::vector<std::vector<ChannelSplit>> splits_;
  std::vector<Worth> unattributed_;
  std::vector<CellId> cells_;
  std::vector<std::uint32_t> event_of_touch_;
  WorthBatch worth_;
  std::vector<TimePoint> time_of_row_;  // of the bucket at hand
  std::vector<Taken> taken_;
  std::vector<Touch> touches_;
  std::vector<Worth> credit_;  // by touch, then model
};

}  // namespace mta

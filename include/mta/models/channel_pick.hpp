#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/models/channel_patterns.hpp"
#include "mta/models/model.hpp"

namespace mta {

/// Which of the touches that pass earn.
enum class Pick { first, last, all };

/// What becomes of a journey where no touch passes.
enum class Otherwise {
  any,           ///< the same pick from all its touches
  unattributed,  ///< nobody earns: all is `(unattributed)`
};

struct NonDirectOptions {
  std::vector<std::string> direct = {"direct", "(direct)"};  ///< patterns: see ChannelPatterns
  Otherwise otherwise = Otherwise::any;
  friend bool operator==(const NonDirectOptions&, const NonDirectOptions&) = default;
};

struct PaidOptions {
  /// Patterns: see ChannelPatterns. The paid channels of Google Analytics 4's default channel
  /// group.
  std::vector<std::string> paid = {"Paid *", "Display", "Cross-network"};
  Otherwise otherwise = Otherwise::any;
  friend bool operator==(const PaidOptions&, const PaidOptions&) = default;
};

/// Every channel passes but Direct.
struct MTA_EXPORT NonDirectChannels {
  using Options = NonDirectOptions;
  static constexpr std::string_view names[] = {"first_non_direct", "last_non_direct"};  ///< by Pick
  static void describe(OptionFields& fields, Options& options);
  static ChannelPatterns patterns(std::string_view model, const Options& options);
  static constexpr std::uint8_t passes = 0;  ///< the flag, of those patterns, of what passes
};

/// Paid channels pass.
struct MTA_EXPORT PaidChannels {
  using Options = PaidOptions;
  static constexpr std::string_view names[] = {"first_paid", "last_paid", "linear_paid"};
  static void describe(OptionFields& fields, Options& options);
  static ChannelPatterns patterns(std::string_view model, const Options& options);
  static constexpr std::uint8_t passes = 1;
};

/// Weighs 1 each touch that is picked from those whose channel has the flag `passes`.
MTA_EXPORT void weigh_pick(Pick pick, Otherwise otherwise, std::span<const std::uint8_t> flags,
                           std::uint8_t passes, std::span<const ChannelId> channel,
                           std::span<double> weight) noexcept;

/// The first or last touch, or all alike, of those whose channel passes.
/// docs/models/last_non_direct.md, docs/models/last_paid.md and those of their names
template <Pick pick, class Channels>
class ChannelPick {
 public:
  using Options = typename Channels::Options;
  static constexpr ModelInfo info{.name = Channels::names[static_cast<std::size_t>(pick)],
                                  .kind = ModelKind::rule};

  /// @throws Error{Errc::invalid_option} naming the field, the rule and the value given.
  explicit ChannelPick(const Options& options = {})
      : options_(options), patterns_(Channels::patterns(info.name, options)) {}

  [[nodiscard]] const Options& options() const noexcept { return options_; }
  static void describe(OptionFields& fields, Options& options) {
    Channels::describe(fields, options);
  }
  [[nodiscard]] ChannelPick bind(const ModelContext& context) const {
    ChannelPick bound = *this;
    bound.flags_ = patterns_.flags(context.channels);
    return bound;
  }
  /// @pre the model is bound
  void weigh(const Journey& journey, std::span<double> weight) const noexcept {
    weigh_pick(pick, options_.otherwise, flags_, Channels::passes, journey.channel, weight);
  }

 private:
  Options options_;
  ChannelPatterns patterns_;
  std::vector<std::uint8_t> flags_;  // by ChannelId
};

using FirstNonDirect = ChannelPick<Pick::first, NonDirectChannels>;
using LastNonDirect = ChannelPick<Pick::last, NonDirectChannels>;
using FirstPaid = ChannelPick<Pick::first, PaidChannels>;
using LastPaid = ChannelPick<Pick::last, PaidChannels>;
using LinearPaid = ChannelPick<Pick::all, PaidChannels>;
static_assert(RuleModel<LastNonDirect> && BoundModel<LastNonDirect>);
static_assert(RuleModel<LinearPaid> && BoundModel<LinearPaid>);

}  // namespace mta

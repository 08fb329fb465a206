#include "mta/models/time_decay.hpp"

#include <array>
#include <string>
#include <type_traits>

#include "mta/core/error.hpp"
#include "simd/decay_block.hpp"

namespace mta {
namespace {

// What a spec can write down: whole microseconds, and no more than parse_duration reads.
constexpr Seconds shortest{1e-6};
constexpr Seconds longest = days(200'000.0 * 366.0);

bool within(Seconds least, Seconds given) noexcept {  // NaN is not
  return given >= least && given <= longest;
}

[[noreturn]] void refuse(const std::string& rule, double given, const char* unit) {
  throw Error(Errc::invalid_option, "time_decay." + rule + ", got " + std::to_string(given) + unit);
}

}  // namespace

TimeDecay::TimeDecay(const TimeDecayOptions& options)
    : options_(options), half_life_(options.half_life) {
  if (!within(shortest, options.half_life)) {
    refuse("half_life must be finite and > 0 (from 1 microsecond to 200,000 years)",
           options.half_life.count(), " s");
  }
  if (options.step != Seconds{0} && !within(shortest, options.step)) {
    refuse("step must be 0 s or a finite duration (from 1 microsecond to 200,000 years)",
           options.step.count(), " s");
  }
  if (!(options.window_share >= 0 && options.window_share <= 1e6)) {
    refuse("window_share must be from 0 to 1e6", options.window_share, "");
  }
}

void TimeDecay::describe(OptionFields& fields, TimeDecayOptions& options) {
  fields.duration("half_life", options.half_life);
  fields.duration("step", options.step);
  fields.number("window_share", options.window_share);
}

TimeDecay TimeDecay::bind(const ModelContext& context) const {
  TimeDecay bound = *this;
  if (options_.window_share == 0) return bound;
  bound.half_life_ = context.lookback * options_.window_share;
  if (!within(shortest, bound.half_life_)) {
    refuse("window_share needs a goal whose lookback is a duration > 0, not unlimited",
           context.lookback.count(), " s");
  }
  return bound;
}

void TimeDecay::weigh_block(const JourneyBlock& block, std::span<double> weight) const noexcept {
  if (options_.step > Seconds{0}) {
    std::array<double, WorthBatch::longest> alone{};
    const std::span of_one = std::span(alone).first(block.touches);
    for (std::size_t j = 0; j < block.journey.size(); ++j) {
      weigh_ages(block.journeys.age().subspan(block.begin[j], block.touches), of_one);
      for (std::size_t i = 0; i < block.touches; ++i) weight[i * block.stride + j] = of_one[i];
    }
    return;
  }
  // Seconds hold a double and nothing else.
  static_assert(sizeof(Seconds) == sizeof(double) && std::is_standard_layout_v<Seconds>);
  const auto* const age = reinterpret_cast<const double*>(block.journeys.age().data());
  simd::decay_block({age, block.begin, block.touches}, half_life_.count(), block.stride,
                    weight.data());
}

}  // namespace mta

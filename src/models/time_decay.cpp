#include "mta/models/time_decay.hpp"

#include <string>
#include <type_traits>

#include "mta/core/error.hpp"
#include "simd/decay_block.hpp"

namespace mta {
namespace {

// What a spec can write down: whole microseconds, and no more than parse_duration reads.
constexpr Seconds shortest{1e-6};
constexpr Seconds longest = days(200'000.0 * 366.0);

}  // namespace

TimeDecay::TimeDecay(const TimeDecayOptions& options) : options_(options) {
  if (!(options.half_life >= shortest && options.half_life <= longest)) {  // NaN lands here too
    throw Error(
        Errc::invalid_option,
        "time_decay.half_life must be finite and > 0 (from 1 microsecond to 200,000 years), got " +
            std::to_string(options.half_life.count()) + " s");
  }
}

void TimeDecay::describe(OptionFields& fields, TimeDecayOptions& options) {
  fields.duration("half_life", options.half_life);
}

void TimeDecay::weigh_block(const JourneyBlock& block, std::span<double> weight) const noexcept {
  // Seconds hold a double and nothing else.
  static_assert(sizeof(Seconds) == sizeof(double) && std::is_standard_layout_v<Seconds>);
  const auto* const age = reinterpret_cast<const double*>(block.journeys.age().data());
  simd::decay_block({age, block.begin, block.touches}, options_.half_life.count(), block.stride,
                    weight.data());
}

}  // namespace mta

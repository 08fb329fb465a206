#include "mta/models/time_decay.hpp"

#include <string>

#include "mta/core/error.hpp"

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

}  // namespace mta

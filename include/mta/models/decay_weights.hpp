#pragma once
#include <span>

#include "mta/core/export.hpp"
#include "mta/core/units.hpp"

namespace mta {

/// Weight of each touch by its age: weight[i] = 2^(-(age[i] - youngest) / half_life).
///
///   Shapes    age, weight: one entry per touch of a single journey, n >= 1
///   Units     age, half_life: seconds before the conversion; weight: in [0, 1]
///   Promises  the newest touch weighs exactly 1, however old the journey is; the same bits on
///   every CPU Requires  age.size() == weight.size(), age finite and >= 0, half_life > 0 (asserted)
///   Cost      O(n), one exp2 per touch; never allocates; safe on any thread
///   Source    docs/models/time_decay.md, equation 1 and worked example
MTA_EXPORT void decay_weights(std::span<const Seconds> age, Seconds half_life,
                              std::span<double> weight) noexcept;

/// The same by whole steps of age: weight[i] = 2^(-(s[i] - least) * step / half_life), s[i] the
/// whole steps in age[i], least the fewest in any.
///
///   Units     ages and the step in whole microseconds, whatever a double makes of them: an age of
///             three steps is three steps, never two and a fraction
///   Requires  as above, step >= 1 microsecond, ages below 2^63 microseconds (asserted)
///   Source    docs/models/time_decay.md, equation 2 and worked example
MTA_EXPORT void decay_weights(std::span<const Seconds> age, Seconds half_life, Seconds step,
                              std::span<double> weight) noexcept;

}  // namespace mta

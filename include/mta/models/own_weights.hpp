#pragma once
#include <functional>
#include <span>

#include "mta/core/export.hpp"
#include "mta/models/any_model.hpp"

namespace mta {

/// Gives each touch of a journey a weight, finite and >= 0; `weight` has an entry for each touch
/// and holds zeros on entry. All zeros: the journey's worth is `(unattributed)`.
using WeighFunction = std::function<void(const Journey& journey, std::span<double> weight)>;

/// A rule model made of one function: worth is split over its weights by law 1, as under any other.
///
///     registry.add(own_weights({.name = "newest_twice"},
///                              [](const Journey&, std::span<double> weight) { ... }));
///
///   Promises  what the function has seen depends on the journey alone; it is called from several
///             threads at once
///   Requires  the weights depend on the journey alone, else runs differ
///   Errors    @throws Error{Errc::invalid_option} where there is no function, or `promise` has no
///             name or is not that of a rule model that conserves; crediting throws
///             Error{Errc::invalid_weight} where a weight is negative or not finite
///
/// @param promise  its name, which is copied, and what it needs (times, events)
[[nodiscard]] MTA_EXPORT AnyModel own_weights(const ModelInfo& promise, WeighFunction weigh);

}  // namespace mta

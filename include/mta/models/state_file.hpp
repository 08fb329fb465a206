#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mta/core/export.hpp"
#include "mta/models/any_model.hpp"

namespace mta {

/// A state as versioned, checksummed little-endian bytes, keyed by channel name, with a fingerprint
/// of model, options and `scope` (the goal and window it was learnt under). docs/formats/state.md.
[[nodiscard]] MTA_EXPORT std::string save_state(const AnyModel& model, const AnyState& state,
                                                std::span<const std::string_view> channels,
                                                std::string_view scope);

/// The channels a saved state speaks of, in its own order. @throws Error{Errc::corrupt_state}
[[nodiscard]] MTA_EXPORT std::vector<std::string> state_channels(std::string_view bytes);

/// Reads a state into the numbering of `channels`, which must hold all of the state's (byte order).
/// @throws Error{Errc::corrupt_state}; Errc::foreign_state where model, version, options or scope
///         differ, or a channel is not in `channels`
[[nodiscard]] MTA_EXPORT std::unique_ptr<AnyState> load_state(
    const AnyModel& model, std::string_view bytes, std::span<const std::string_view> channels,
    std::string_view scope);

}  // namespace mta
